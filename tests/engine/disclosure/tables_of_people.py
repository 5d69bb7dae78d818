"""Tables for the tests: invented people, cross-tabulated."""

import numpy as np

from biotoop.engine.disclosure.tables import Dimension, Table

AREA = Dimension(name="area", categories=("A", "B", "C", "D", "E", "F"))
AGE = Dimension(name="age", categories=("18-29", "30-49", "50-64", "65+"))
SEX = Dimension(name="sex", categories=("m", "f", "x"))
LONELY = Dimension(name="lonely", categories=("no", "some", "strong"), answer=True)


def people(seed, n, dimensions=(AREA, AGE, SEX, LONELY)):
    """Draw a category for each person and characteristic; some categories are rare."""
    rng = np.random.default_rng(seed)
    return {
        part.name: rng.choice(
            len(part.categories), n, p=rng.dirichlet(np.full(len(part.categories), 1.2))
        )
        for part in dimensions
    }


def tabulate(data, *dimensions, name=None, where=None, population=()):
    """Count people by characteristics, among those for whom ``where`` holds."""
    keep = slice(None) if where is None else where
    shape = tuple(len(part.categories) for part in dimensions)
    places = np.ravel_multi_index([data[part.name][keep] for part in dimensions], shape)
    counts = np.bincount(places, minlength=int(np.prod(shape))).reshape(shape)
    name = name or " x ".join(part.name for part in dimensions)
    return Table(name=name, dimensions=dimensions, counts=counts, population=population)


def one_way(*counts, name="band"):
    """Make a table of one characteristic."""
    categories = tuple(f"{name}{number}" for number in range(1, len(counts) + 1))
    part = Dimension(name=name, categories=categories)
    return Table(name=name, dimensions=(part,), counts=np.array(counts))
