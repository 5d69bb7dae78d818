"""Formulas as R's fixest writes them: ``y ~ d * age + C(income) | unit + period``."""

import re
from itertools import combinations

import attrs

from biotoop.engine.datasets.store import Factor, Term, is_stored
from biotoop.engine.effects.refusals import Refused

_NAME = r"[^\W\d]\w*"
_FACTOR = re.compile(
    rf"(?:(?:C|i|factor)\(\s*(?P<category>{_NAME})\s*\)"
    rf"|I\(\s*(?P<raised>{_NAME})\s*\^\s*(?P<power>[2-9])\s*\)"
    rf"|log\(\s*(?P<log>{_NAME})\s*\)"
    rf"|(?P<plain>{_NAME}))"
)


@attrs.frozen(kw_only=True)
class Formula:
    """A formula, taken apart.

    Attributes
    ----------
    text
        As it was written.
    outcome
        What is explained.
    terms
        Covariates, the one in question first; a product has more than one factor.
    effects
        The sets of effects: the unit first, then the period, and others.
    """

    text: str
    outcome: Factor
    terms: tuple[Term, ...]
    effects: tuple[str, ...]

    @property
    def x(self) -> tuple[str, ...]:
        """Columns of the covariates, each once."""
        return tuple(dict.fromkeys(factor.name for term in self.terms for factor in term))

    @property
    def categories(self) -> tuple[str, ...]:
        """Those written as ``C(name)``: every code gets its own effect."""
        found = (factor.name for term in self.terms for factor in term if factor.category)
        return tuple(dict.fromkeys(found))

    @property
    def made(self) -> bool:
        """Whether something must be made of the columns first."""
        return not (self.outcome.plain and all(map(is_stored, self.terms)))

    @property
    def unit(self) -> str:
        """The first set of effects."""
        return self.effects[0]

    @property
    def period(self) -> str:
        """The second set of effects."""
        return self.effects[1]


def parse_formula(text: str) -> Formula:
    """Take a formula apart.

    Raises
    ------
    Refused
        A set of effects is named twice, or the formula is not of the form
        ``y ~ d * x + C(z) + I(w^2) + log(v) | unit + period``.
    """
    parts = re.fullmatch(r"\s*([^~|]+)~([^~|]+)\|([^~|]+)", text)
    if parts is None:
        raise Refused("panel.refused.formula", formula=text, part=text)
    left, middle, right = (part.strip() for part in parts.groups())
    effects = tuple(item.strip() for item in right.split("+"))
    for name in effects:
        if re.fullmatch(_NAME, name) is None:
            raise Refused("panel.refused.formula", formula=text, part=name)
    if len(set(effects)) < len(effects):
        raise Refused("panel.refused.two_effects", formula=text, effects=effects)
    return _read(text, left, middle, effects)


def parse_comparison(text: str) -> Formula:
    """Take a formula without sets of effects apart.

    Raises
    ------
    Refused
        The formula is not of the form ``y ~ d * x + C(z) + I(w^2)``.
    """
    parts = re.fullmatch(r"\s*([^~|]+)~([^~|]+)", text)
    if parts is None:
        raise Refused("panel.refused.comparison", formula=text)
    return _read(text, parts[1].strip(), parts[2].strip(), ())


def _read(text: str, left: str, middle: str, effects: tuple[str, ...]) -> Formula:
    outcome = _factor(text, left)
    if outcome.category or outcome.power > 1:
        raise Refused("panel.refused.formula", formula=text, part=left)
    found: dict[frozenset[Factor], Term] = {}
    for item in middle.replace("**", "^").split("+"):
        for term in _crossed(text, item.strip()):
            found.setdefault(frozenset(term), term)
    return Formula(text=text, outcome=outcome, terms=tuple(found.values()), effects=effects)


def _crossed(text: str, item: str) -> list[Term]:
    """Write ``a * b`` as a, b and a:b."""
    pieces = [tuple(_factor(text, part) for part in piece.split(":")) for piece in item.split("*")]
    return [
        tuple(dict.fromkeys(factor for piece in chosen for factor in piece))
        for size in range(1, len(pieces) + 1)
        for chosen in combinations(pieces, size)
    ]


def _factor(text: str, part: str) -> Factor:
    found = _FACTOR.fullmatch(part.strip())
    if found is None:
        raise Refused("panel.refused.formula", formula=text, part=part.strip() or text)
    name = found["category"] or found["raised"] or found["log"] or found["plain"]
    return Factor(
        name=name,
        category=found["category"] is not None,
        power=int(found["power"] or 1),
        log=found["log"] is not None,
    )


def require_two(asked: Formula) -> None:
    """Refuse any but two sets of effects: unit and period."""
    if len(asked.effects) != 2:
        raise Refused("panel.refused.two_effects", formula=asked.text, effects=asked.effects)


def require_columns(asked: Formula) -> None:
    """Refuse terms that are no columns, where covariates are cells."""
    for term in (*asked.terms, (asked.outcome,)):
        if not is_stored(term):
            part = ":".join(factor.shown for factor in term)
            raise Refused("panel.refused.columns_only", formula=asked.text, part=part)
