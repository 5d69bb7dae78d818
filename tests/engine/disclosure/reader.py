"""A reader who attacks what was released, written apart from the engine.

The reader sees the released tables only, and reasons about the full cross-table of all
characteristics: every shown cell is a sum of its cells.
"""

import itertools

import numpy as np
from scipy.optimize import linprog


def crossed(released):
    """Give the characteristics of all tables with their categories."""
    found = {}
    for table in released:
        for part in table.dimensions:
            found[part.name] = part.categories
    return found


def rows_of(released):
    """Give, for each cell of each table, which cells of the full cross-table it adds up."""
    categories = crossed(released)
    people = list(itertools.product(*categories.values()))
    for table in released:
        choices = [(*part.categories, None) for part in table.dimensions]
        for chosen, value in zip(itertools.product(*choices), table.values, strict=True):
            row = np.ones(len(people))
            for part, category in zip(table.dimensions, chosen, strict=True):
                axis = list(categories).index(part.name)
                if category is not None:
                    row *= np.array([cell[axis] == category for cell in people])
            yield (table.name, chosen), row, value


def intervals(released, only=None):
    """Work out the interval of hidden cells (table, categories), or of those asked for."""
    cells = list(rows_of(released))
    shown = [(row, value) for _, row, value in cells if value is not None]
    matrix = np.array([row for row, _ in shown]) if shown else None
    values = [value for _, value in shown] if shown else None
    found = {}
    for name, row, value in cells:
        if value is None and (only is None or name in only):
            least, most = (linprog(sign * row, A_eq=matrix, b_eq=values) for sign in (1, -1))
            found[name] = (least.fun, np.inf if most.status == 3 else -most.fun)
    return found
