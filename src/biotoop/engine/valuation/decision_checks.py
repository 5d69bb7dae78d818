"""What makes a decision unfit for value of information."""

from collections.abc import Iterator

import attrs

from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.engine.valuation.decision import Decision, Option
from biotoop.engine.valuation.model import SOCIETY, Valuation


def check_decision(
    decision: Decision, valuation: Valuation, theory: TheoryOfChange, *prefix: str | int
) -> tuple[Problem, ...]:
    """Hold a decision against the valuation and the theory that it names.

    Parameters
    ----------
    decision
        The decision, a part of study.yaml.
    valuation, theory
        What it names.
    *prefix
        Where the decision stands in its document, such as ``"decision"``.
    """
    return tuple(
        attrs.evolve(fault, where=(*prefix, *fault.where))
        for fault in (
            *_options(decision, valuation),
            *_studies(decision, theory),
            *_payer(decision, valuation),
        )
    )


def _options(decision: Decision, valuation: Valuation) -> Iterator[Problem]:
    without = [option for option in decision.options if option.without]
    if len(without) != 1:
        yield problem("valuation.one_without", "options", count=len(without))
    seen: set[str] = set()
    for place, option in enumerate(decision.options):
        where = ("options", place)
        if option.id in seen:
            yield problem("valuation.double_id", *where, "id", name=option.id)
        seen.add(option.id)
        if option.without and (option.items or option.costs):
            yield problem("valuation.without_is_nil", *where, option=option.id)
        yield from _posts(option, valuation, where)


def _posts(option: Option, valuation: Valuation, where: tuple[str | int, ...]) -> Iterator[Problem]:
    for key, named, posts in (
        ("items", option.items, valuation.items),
        ("costs", option.costs, valuation.costs),
    ):
        known = {post.id for post in posts}
        for place, name in enumerate(named or ()):
            if name not in known:
                yield problem("valuation.unknown_item", *where, key, place, name=name)


def _studies(decision: Decision, theory: TheoryOfChange) -> Iterator[Problem]:
    links = tuple(link.code for link in theory.links)
    for place, study in enumerate(decision.studies):
        for number, code in enumerate(study.links):
            if code not in links:
                yield problem("valuation.unknown_link", "studies", place, "links", number,
                              name=code, allowed=links or ("-",))  # fmt: skip


def _payer(decision: Decision, valuation: Valuation) -> Iterator[Problem]:
    allowed = (SOCIETY, *(party.code for party in valuation.parties))
    if decision.payer not in allowed:
        yield problem("valuation.unknown_party", "payer", name=decision.payer, allowed=allowed)
