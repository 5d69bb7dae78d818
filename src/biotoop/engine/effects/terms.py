"""Covariates as a plan writes them - ``age``, ``age^2``, ``age:educ``, ``re74==0`` - as columns."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.sums import by_columns

_FACTOR = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z0-9_]*)(?:\^(?P<power>[2-9])|==(?P<value>[^:^=]+))?\Z"
)


def columns_of(terms: Sequence[str]) -> tuple[str, ...]:
    """Give the columns that terms are made of, each once, in order of appearance.

    Raises
    ------
    Refused
        A term is not written as a name, a power, an equality or a product of these.
    """
    return tuple(dict.fromkeys(part["name"] for term in terms for part in _factors(term)))


def _factors(term: str) -> list[re.Match[str]]:
    found = [_FACTOR.match(part.strip()) for part in term.split(":")]
    whole = [part for part in found if part is not None]
    if len(whole) < len(found):
        raise Refused("effects.refused.term", term=term)
    return whole


def expand(
    columns: Mapping[str, Vector],
    categories: Mapping[str, tuple[str, ...]],
    terms: Sequence[str],
) -> tuple[Matrix, tuple[str, ...]]:
    """Turn terms into regressors.

    Parameters
    ----------
    columns
        Values per cell; codes from 0 for the categorical ones.
    categories
        Labels of the codes; these columns become indicators, without the first that occurs.
    terms
        As in the plan.

    Returns
    -------
    tuple
        Regressors of shape (c, k), and their names.
    """
    cells = len(next(iter(columns.values()))) if columns else 0
    parts: list[Vector] = []
    names: list[str] = []
    for term in terms:
        made: list[tuple[str, Vector]] = [("", np.ones(cells))]
        for part in _factors(term):
            factor = _factor(part, columns, categories)
            made = [
                (f"{left}:{right}" if left else right, value * other)
                for left, value in made
                for right, other in factor
            ]
        names.extend(name for name, _ in made)
        parts.extend(value for _, value in made)
    return by_columns(np.array(parts).T) if parts else np.empty((cells, 0)), tuple(names)


def _factor(
    part: re.Match[str], columns: Mapping[str, Vector], categories: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, Vector]]:
    name, power, value = part["name"], part["power"], part["value"]
    values = columns[name]
    labels = categories.get(name)
    if value is not None:
        return [(part.group(), _equal(values, value, labels, part.group()))]
    if labels is None:
        return [(part.group(), values ** int(power or 1))]
    present = np.unique(values).astype(int)[1:]
    return [(f"{name}={labels[code]}", (values == code).astype(np.float64)) for code in present]


def _equal(values: Vector, value: str, labels: tuple[str, ...] | None, term: str) -> Vector:
    if labels is not None:
        code = labels.index(value) if value in labels else -1
        return np.asarray(values == code, dtype=np.float64)
    try:
        return np.asarray(values == float(value), dtype=np.float64)
    except ValueError as error:
        raise Refused("effects.refused.term", term=term) from error
