"""Formulas as R's fixest writes them: ``y ~ d + age + C(income) | unit + period``."""

import re

import attrs

from biotoop.engine.effects.refusals import Refused

_NAME = r"[^\W\d]\w*"
_TERM = re.compile(rf"(?:(?P<kind>C|i|factor)\(\s*(?P<inner>{_NAME})\s*\)|(?P<plain>{_NAME}))")


@attrs.frozen(kw_only=True)
class Formula:
    """A formula, taken apart.

    Attributes
    ----------
    outcome
        What is explained.
    x
        Covariates, the one in question first.
    categories
        Those written as ``C(name)``: every code gets its own effect.
    effects
        The sets of effects: the unit first, then the period, and others.
    """

    outcome: str
    x: tuple[str, ...]
    categories: tuple[str, ...]
    effects: tuple[str, ...]

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
        ``y ~ d + x + C(z) | unit + period``.
    """
    parts = re.fullmatch(r"\s*([^~|]+)~([^~|]+)\|([^~|]+)", text)
    if parts is None:
        raise Refused("panel.refused.formula", formula=text, part=text)
    left, middle, right = (part.strip() for part in parts.groups())
    effects = [item.strip() for item in right.split("+")]
    for name in (left, *effects):
        if re.fullmatch(_NAME, name) is None:
            raise Refused("panel.refused.formula", formula=text, part=name)
    if len(set(effects)) < len(effects):
        raise Refused("panel.refused.two_effects", formula=text, effects=tuple(effects))
    x, categories = [], []
    for item in (part.strip() for part in middle.split("+")):
        found = _TERM.fullmatch(item)
        if found is None:
            raise Refused("panel.refused.formula", formula=text, part=item)
        x.append(found["plain"] or found["inner"])
        if found["inner"]:
            categories.append(found["inner"])
    return Formula(
        outcome=left,
        x=tuple(dict.fromkeys(x)),
        categories=tuple(categories),
        effects=tuple(effects),
    )


def require_two(formula: str, asked: Formula) -> None:
    """Refuse any but two sets of effects: unit and period."""
    if len(asked.effects) != 2:
        raise Refused("panel.refused.two_effects", formula=formula, effects=asked.effects)
