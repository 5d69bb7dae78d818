"""What a schema cannot say of claims: whether each fits its target, its respondent and itself."""

from collections.abc import Iterable, Iterator, Sequence

import attrs

from biotoop.engine.core.csv_source import Table
from biotoop.engine.core.problems import Problem, problem, warning
from biotoop.engine.evidence.bundle import Life
from biotoop.engine.evidence.bundling import life_of
from biotoop.engine.evidence.labels import word_of
from biotoop.engine.evidence.model import (
    Asked,
    Claim,
    Family,
    Method,
    RivalRelation,
    Stance,
)
from biotoop.engine.evidence.targets import Target, TargetKind, Targets

LINK_STANCES = (Stance.SUPPORTS, Stance.CONTRADICTS, Stance.NUANCES, Stance.NOT_MENTIONED)
NODE_STANCES = tuple(stance for stance in Stance if stance not in LINK_STANCES)
_CLAIM_FAMILIES = (Family.SELF_REPORT, Family.OBSERVATION, Family.REGISTRATION)


def check_claims(table: Table[Claim], targets: Targets | None, *, file: str) -> tuple[Problem, ...]:
    """Give every fault of meaning in a table of claims, with file and line.

    Parameters
    ----------
    table
        The claims as read.
    targets
        The targets of the theory; None when the theory itself cannot be read.
    file
        Name shown in messages.
    """
    pairs = list(zip(table.rows, table.lines, strict=True))
    found = [
        attrs.evolve(fault, line=line)
        for claim, line in pairs
        for fault in _faults_of(claim, targets)
    ]
    unsound = list(zip(table.unsound, table.unsound_lines, strict=True))
    found.extend(_unsound_targets(unsound, targets))
    found.extend(_doubles(sorted([*pairs, *unsound], key=lambda pair: pair[1])))
    found.extend(_lives(pairs))
    found.extend(_open_quotes(pairs))
    found.extend(_without_code(pairs))
    if targets is not None:
        found.extend(_changed_texts(pairs, targets))
    placed = [attrs.evolve(fault, file=file) for fault in found]
    return tuple(sorted(placed, key=lambda fault: fault.line or 0))


def allowed_stances(target: Target) -> tuple[Stance, ...]:
    """Give the stances that a claim on a target may take."""
    return NODE_STANCES if target.kind is TargetKind.NODE else LINK_STANCES


def unknown_target(record: str, target: str, targets: Targets, *where: str | int) -> Problem:
    """Say that the theory has no such target, with the code that was probably meant.

    Parameters
    ----------
    record
        Code of the claim, test or other record that names it.
    target
        What it names.
    targets
        All that there is.
    *where
        Path in the document.
    """
    near = targets.near(target)
    if near is None:
        return problem("evidence.unknown_target", *where, id=record, target=target)
    return problem("evidence.unknown_target_near", *where, id=record, target=target, near=near)


def _faults_of(claim: Claim, targets: Targets | None) -> Iterator[Problem]:
    if targets is not None:
        target = targets.find(claim.target)
        if target is None:
            yield unknown_target(claim.id, claim.target, targets, "target")
        else:
            yield from _stance_faults(claim, target)
    yield from _person_faults(claim)
    yield from _rival_faults(claim)
    yield from _node_faults(claim)
    yield from _gathering_faults(claim)


def _stance_faults(claim: Claim, target: Target) -> Iterator[Problem]:
    allowed = allowed_stances(target)
    if claim.stance not in allowed:
        kind = "node" if target.kind is TargetKind.NODE else "link"
        yield problem(
            f"evidence.stance_not_for_{kind}",
            "stance",
            id=claim.id,
            stance=claim.stance.value,
            target=claim.target,
            allowed=tuple(stance.value for stance in allowed),
        )


def _person_faults(claim: Claim) -> Iterator[Problem]:
    if claim.count > 1 and claim.respondent is not None:
        yield problem(
            "evidence.count_with_respondent",
            "count",
            id=claim.id,
            count=claim.count,
            respondent=claim.respondent,
        )


def _rival_faults(claim: Claim) -> Iterator[Problem]:
    if claim.rival is not None and claim.rival_relation is None:
        allowed = tuple(relation.value for relation in RivalRelation)
        yield problem(
            "evidence.rival_without_relation",
            "rival_relation",
            id=claim.id,
            rival=claim.rival,
            allowed=allowed,
        )
    if claim.rival is None and claim.rival_relation is not None:
        yield problem("evidence.relation_without_rival", "rival", id=claim.id)
    if claim.rival_relation is RivalRelation.EXCLUDES and claim.stance is Stance.SUPPORTS:
        yield warning("evidence.supports_excluding_rival", "rival_relation", id=claim.id)
    if claim.rival_relation is RivalRelation.ADDS and claim.rival_share is None:
        yield warning("evidence.rival_without_share", "rival_share", id=claim.id)


def _node_faults(claim: Claim) -> Iterator[Problem]:
    if claim.stance is Stance.MISSING and claim.proposes is None:
        yield problem("evidence.missing_without_proposal", "proposes", id=claim.id)
    if claim.stance is not Stance.MISSING and claim.proposes is not None:
        yield problem("evidence.proposal_without_missing", "proposes", id=claim.id)
    if claim.importance is not None and claim.stance in LINK_STANCES:
        yield problem("evidence.importance_of_link", "importance", id=claim.id)


def _gathering_faults(claim: Claim) -> Iterator[Problem]:
    if claim.family is not None and claim.family not in _CLAIM_FAMILIES:
        allowed = tuple(family.value for family in _CLAIM_FAMILIES)
        yield problem(
            "evidence.family_not_for_claims",
            "family",
            id=claim.id,
            family=claim.family.value,
            allowed=allowed,
        )
    if not claim.searched and claim.stance is not Stance.NOT_MENTIONED:
        yield warning("evidence.said_but_not_searched", "searched", id=claim.id)
    if claim.stance is Stance.NOT_MENTIONED and claim.asked is Asked.ASKED and claim.searched:
        yield warning("evidence.asked_but_not_mentioned", "asked", id=claim.id)
    if claim.method is Method.MEMBER_CHECK and claim.asked is Asked.UNPROMPTED:
        yield warning("evidence.member_check_unprompted", "asked", id=claim.id)


Pairs = Sequence[tuple[Claim, int]]


def _unsound_targets(pairs: Pairs, targets: Targets | None) -> Iterator[Problem]:
    """Tell of rows with another fault that the theory has no such target either."""
    for claim, line in pairs:
        if targets is not None and targets.find(claim.target) is None:
            fault = unknown_target(claim.id, claim.target, targets, "target")
            yield attrs.evolve(fault, line=line)


def _doubles(pairs: Pairs) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for claim, line in pairs:
        if claim.id in first:
            fault = problem("evidence.double_id", "id", id=claim.id, first=first[claim.id])
            yield attrs.evolve(fault, line=line)
        first.setdefault(claim.id, line)


def _lives(pairs: Pairs) -> Iterator[Problem]:
    """Warn when one person has two ages, places or roles."""
    first: dict[tuple[str, Life], str] = {}
    for claim, line in pairs:
        for life in Life:
            value = life_of(claim, life)
            if claim.respondent is None or value is None:
                continue
            known = first.setdefault((claim.respondent, life), value)
            if known != value:
                fault = warning(
                    "evidence.two_lives",
                    f"life_{life.value}",
                    respondent=claim.respondent,
                    what=word_of("evidence.life", life),
                    first=known,
                    second=value,
                )
                yield attrs.evolve(fault, line=line)


def _open_quotes(pairs: Pairs) -> Iterator[Problem]:
    """Warn once for all quotes that readers may not see."""
    lines = [line for claim, line in pairs if claim.quote is not None and not claim.quote_consent]
    if lines:
        fault = warning("evidence.quotes_without_consent", "quote_consent", count=len(lines))
        yield attrs.evolve(fault, line=lines[0])


def _without_code(pairs: Pairs) -> Iterator[Problem]:
    """Warn once for all rows outside group talks that cannot be told to be of one person."""
    lines = [
        line
        for claim, line in pairs
        if claim.respondent is None and claim.method is not Method.GROUP_TALK
    ]
    if lines:
        fault = warning("evidence.no_respondent", "respondent", count=len(lines))
        yield attrs.evolve(fault, line=lines[0])


def _changed_texts(pairs: Pairs, targets: Targets) -> Iterator[Problem]:
    """Warn once for each target whose text changed after it was judged."""
    lines: dict[str, list[int]] = {}
    for claim, line in pairs:
        target = targets.find(claim.target)
        if target is not None and target.has_changed(claim.text_hash):
            lines.setdefault(target.code, []).append(line)
    for code, found in lines.items():
        fault = warning("evidence.changed_text", "text_hash", target=code, count=len(found))
        yield attrs.evolve(fault, line=found[0])


def quotable(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Keep the claims whose quote a reader may see."""
    return tuple(claim for claim in claims if claim.quote is not None and claim.quote_consent)
