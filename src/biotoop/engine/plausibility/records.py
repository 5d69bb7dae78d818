"""All records of a study, sorted by the target on which they bear."""

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

import attrs

from biotoop.engine.core.errors import InvalidValue
from biotoop.engine.core.messages import note
from biotoop.engine.evidence.claim_checks import allowed_stances
from biotoop.engine.evidence.model import (
    CertaintyJudgement,
    Claim,
    Judgements,
    LiteratureItem,
    Override,
    Test,
)
from biotoop.engine.evidence.targets import Target, TargetKind, Targets
from biotoop.engine.plausibility.estimate_evidence import EstimateEvidence
from biotoop.engine.plausibility.routes import links_between
from biotoop.engine.theory.model import NodeKind, TheoryOfChange


class _Record(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def target(self) -> str: ...


R = TypeVar("R", bound=_Record)
J = TypeVar("J", CertaintyJudgement, Override)


@attrs.frozen(kw_only=True)
class Records:
    """All that bears on one target.

    ``rivals`` tells whether the theory names another explanation; ``unmanipulated`` whether the
    target is a link whose start is no intervention; ``detour`` whether its ends are joined by
    another way as well.
    """

    target: Target
    claims: tuple[Claim, ...] = ()
    tests: tuple[Test, ...] = ()
    literature: tuple[LiteratureItem, ...] = ()
    estimates: tuple[EstimateEvidence, ...] = ()
    certainty: CertaintyJudgement | None = None
    override: Override | None = None
    rivals: bool = False
    unmanipulated: bool = False
    detour: bool = False


@attrs.frozen(kw_only=True)
class Sorted:
    """The records of each target, looked up by code."""

    by_code: Mapping[str, Records]

    def of(self, target: Target) -> Records:
        """Give the records of a target; none when nothing bears on it."""
        return self.by_code.get(target.code) or Records(target=target)

    @property
    def routes(self) -> tuple[str, ...]:
        """Codes of the routes as a whole on which something bears."""
        return tuple(
            code
            for code, records in self.by_code.items()
            if records.target.kind is TargetKind.ROUTE
        )


def sort_records(
    targets: Targets,
    claims: Iterable[Claim],
    tests: Iterable[Test],
    literature: Iterable[LiteratureItem],
    estimates: Iterable[EstimateEvidence],
    judgements: Judgements,
) -> Sorted:
    """Sort all records by target, in an order that does not depend on that of the rows.

    Raises
    ------
    InvalidValue
        A record names a target that the theory does not have, a stance or kind of record that
        does not fit it, or a code that another record of its kind has as well.
    """
    said = _by_target("claim", claims, targets, nodes=True)
    tested = _by_target("test", tests, targets)
    published = _by_target("literature", literature, targets)
    estimated = _by_target("estimate", estimates, targets)
    certainty = _latest(judgements.certainty, targets)
    overrides = _latest(judgements.overrides, targets)
    for target, members in said.items():
        _refuse_strange_stances(target, members)
    found = {
        target.code: target
        for part in (said, tested, published, estimated, certainty, overrides)
        for target in part
    }
    return Sorted(
        by_code={
            code: Records(
                target=found[code],
                claims=tuple(said.get(found[code], ())),
                tests=tuple(tested.get(found[code], ())),
                literature=tuple(published.get(found[code], ())),
                estimates=tuple(estimated.get(found[code], ())),
                certainty=certainty.get(found[code]),
                override=overrides.get(found[code]),
            )
            for code in sorted(found)
        }
    )


def find_target(code: str, record: str, targets: Targets) -> Target:
    """Give a target, or refuse a record that names what is not there."""
    target = targets.find(code)
    if target is None:
        allowed = note("plausibility.allowed_targets")
        raise InvalidValue(field=f"{record}: target", value=code, allowed=allowed)
    return target


def _by_target(
    kind: str, records: Iterable[R], targets: Targets, *, nodes: bool = False
) -> dict[Target, list[R]]:
    found: dict[Target, list[R]] = {}
    seen: set[str] = set()
    for record in records:
        target = find_target(record.target, record.id, targets)
        if target.kind is TargetKind.NODE and not nodes:
            allowed = note("plausibility.allowed_steps")
            raise InvalidValue(field=f"{record.id}: target", value=record.target, allowed=allowed)
        if record.id in seen:
            allowed = note("plausibility.allowed_ids")
            raise InvalidValue(field=f"{kind}: id", value=record.id, allowed=allowed)
        seen.add(record.id)
        found.setdefault(target, []).append(record)
    return found


def _latest(judged: Iterable[J], targets: Targets) -> dict[Target, J]:
    """Keep the latest judgement on each target; of one day, the last that is written down."""
    found: dict[Target, J] = {}
    for each in judged:
        target = find_target(each.target, each.assessor, targets)
        if target not in found or each.date >= found[target].date:
            found[target] = each
    return found


def _refuse_strange_stances(target: Target, claims: list[Claim]) -> None:
    allowed = allowed_stances(target)
    for claim in claims:
        if claim.stance not in allowed:
            raise InvalidValue(
                field=f"{claim.id}: stance",
                value=claim.stance.value,
                allowed=tuple(stance.value for stance in allowed),
            )


def in_place(records: Records, theory: TheoryOfChange, targets: Targets) -> Records:
    """Add what the theory knows of a link or route: rivals, who manipulates, other ways."""
    target = records.target
    if target.kind is TargetKind.LINK:
        link = targets.links[target.code]
        return attrs.evolve(
            records,
            rivals=bool(link.rivals),
            unmanipulated=targets.nodes[link.from_].kind is not NodeKind.INTERVENTION,
            detour=bool(records.estimates) and targets.has_detour(target.code),
        )
    start, _, end = target.code.partition(">")
    steps = links_between(theory, start, end)
    return attrs.evolve(records, rivals=all(link.rivals for link in steps))
