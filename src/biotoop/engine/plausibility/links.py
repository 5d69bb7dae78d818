"""The scheme applied to one link, or to one route as a whole."""

import math
from collections.abc import Iterator, Sequence

import attrs

from biotoop.engine.core.messages import Note, note
from biotoop.engine.evidence.bundle import Bundle, Life, VoiceGroup
from biotoop.engine.evidence.bundling import LifeValues, bundle, life_of, voice_groups
from biotoop.engine.evidence.labels import word_of
from biotoop.engine.evidence.model import (
    Claim,
    Grade,
    LiteratureItem,
    Stance,
    Test,
)
from biotoop.engine.plausibility.certainty_hints import hints_of
from biotoop.engine.plausibility.effects_weight import weigh_estimates
from biotoop.engine.plausibility.estimate_evidence import EstimateEvidence
from biotoop.engine.plausibility.grading import Circumstances, Facts, gather, grade_of, harmful
from biotoop.engine.plausibility.link_result import (
    CertaintyView,
    LinkAssessment,
    ProposedCondition,
)
from biotoop.engine.plausibility.one_person import leave_each_out, share_of
from biotoop.engine.plausibility.publications import weigh_literature
from biotoop.engine.plausibility.reasons import reasons_of, sentence_of
from biotoop.engine.plausibility.records import Records
from biotoop.engine.plausibility.scheme_model import Scheme
from biotoop.engine.plausibility.sensitivity import sensitivity_of
from biotoop.engine.plausibility.tracing import weigh_tests
from biotoop.engine.plausibility.voices import weigh_voices
from biotoop.engine.plausibility.weights import (
    EstimateWeight,
    FamilyWeight,
    GroupKind,
    GroupWeight,
    LiteratureWeight,
    TestWeight,
)


@attrs.frozen(kw_only=True)
class _Weighed:
    groups: tuple[GroupWeight, ...]
    tests: tuple[TestWeight, ...]
    estimates: tuple[EstimateWeight, ...]
    literature: tuple[LiteratureWeight, ...]

    @property
    def parts(
        self,
    ) -> tuple[tuple[TestWeight, ...], tuple[EstimateWeight, ...], tuple[LiteratureWeight, ...]]:
        return self.tests, self.estimates, self.literature


def assess_target(
    records: Records, scheme: Scheme, *, scheme_hash: str, known_lives: LifeValues
) -> LinkAssessment:
    """Apply the scheme to one link or route as a whole.

    Parameters
    ----------
    records
        All that bears on it.
    scheme, scheme_hash
        The convention, and its hash.
    known_lives
        Every age, place and role of the study, to tell who was not heard.
    """
    target = records.target
    voices = voice_groups(records.claims)
    said = bundle(target, records.claims, voices, known_lives)
    weighed = _weigh(records, voices, scheme)
    given = _circumstances(records, said, weighed)
    facts = gather([share_of(group) for group in weighed.groups], given, scheme)
    computed = grade_of(facts, scheme)
    person = leave_each_out(weighed.groups, given, computed, scheme)
    families = _families(weighed.groups, facts, scheme)
    sensitivity = sensitivity_of(families, facts.log_k, scheme)
    what = word_of("plausibility.what", target.kind)
    changed = _changed(records, said)
    return LinkAssessment(
        target=target.code,
        kind=target.kind,
        text_hash=target.text_hash,
        scheme_version=scheme.version,
        scheme_hash=scheme_hash,
        k=math.exp(facts.log_k),
        log_k=facts.log_k,
        computed=computed,
        grade=person.grade,
        override=records.override,
        why=reasons_of(facts, person, scheme),
        sentence=sentence_of(facts.log_k, what, sensitivity, scheme),
        bundle=said,
        families=families,
        n_eff=facts.n_eff,
        tests=weighed.tests,
        estimates=weighed.estimates,
        literature=weighed.literature,
        harm=math.exp(given.log_harm or 0.0),
        sensitivity=sensitivity,
        certainty=CertaintyView(
            judgement=records.certainty,
            hints=hints_of(facts, said, records.claims, weighed.parts, scheme.floors),
        ),
        proposed_conditions=_proposed_conditions(records.claims),
        changed_text=changed,
        warnings=tuple(_warnings(records, weighed, person.grade, changed, scheme)),
    )


def _weigh(records: Records, said: Sequence[VoiceGroup], scheme: Scheme) -> _Weighed:
    voices = tuple(weigh_voices(group, scheme) for group in said)
    tests, test_groups = weigh_tests(records.tests, scheme)
    estimates, estimate_groups = weigh_estimates(
        records.estimates, scheme, unmanipulated=records.unmanipulated
    )
    literature, literature_groups = weigh_literature(records.literature, scheme)
    return _Weighed(
        groups=(*voices, *test_groups, *estimate_groups, *literature_groups),
        tests=tests,
        estimates=estimates,
        literature=literature,
    )


def _circumstances(records: Records, said: Bundle, weighed: _Weighed) -> Circumstances:
    counting = [each for each in weighed.estimates if each.counts]
    return Circumstances(
        respondents=said.respondents,
        comparison=any(each.comparison for each in counting),
        log_harm=math.fsum(each.log_harm for each in counting) if counting else None,
        certainty=None if records.certainty is None else records.certainty.overall,
        rival=records.rivals or any(test.counts for test in weighed.tests),
    )


def _families(
    groups: Sequence[GroupWeight], facts: Facts, scheme: Scheme
) -> tuple[FamilyWeight, ...]:
    return tuple(
        FamilyWeight(
            family=family,
            rho=scheme.families.of(family),
            log_ratio=weight,
            groups=tuple(group for group in groups if group.family is family),
        )
        for family, weight in facts.weights.items()
    )


def _changed(records: Records, said: Bundle) -> tuple[str, ...]:
    """Give the codes of evidence that judged an earlier text of the target."""
    others: tuple[Test | EstimateEvidence | LiteratureItem, ...]
    others = (*records.tests, *records.estimates, *records.literature)
    later = sorted(each.id for each in others if records.target.has_changed(each.text_hash))
    return (*said.changed_text, *later)


def _proposed_conditions(claims: Sequence[Claim]) -> tuple[ProposedCondition, ...]:
    """Give the conditions that those who contradict name, instead of averaging them away."""
    by_condition: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda each: each.id):
        if claim.searched and claim.stance is Stance.CONTRADICTS and claim.condition is not None:
            by_condition.setdefault(claim.condition, []).append(claim)
    return tuple(
        ProposedCondition(
            condition=condition,
            people=_people(by_condition[condition]),
            claims=tuple(claim.id for claim in by_condition[condition]),
            for_whom=_lives(by_condition[condition]),
        )
        for condition in sorted(by_condition)
    )


def _people(claims: Sequence[Claim]) -> int:
    coded = {claim.respondent for claim in claims if claim.respondent is not None}
    return len(coded) + sum(claim.count for claim in claims if claim.respondent is None)


def _lives(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(sorted({v for claim in claims for life in Life if (v := life_of(claim, life))}))


def _warnings(
    records: Records,
    weighed: _Weighed,
    grade: Grade,
    changed: tuple[str, ...],
    scheme: Scheme,
) -> Iterator[Note]:
    """Give what a reader must know first; harm comes before all."""
    if grade is not Grade.ADVERSE:
        for each in weighed.estimates:
            if harmful(each.log_harm, scheme.grades) and each.counts:
                yield note("plausibility.warning.harm", id=each.id, ratio=each.harm_ratio)
    for each in weighed.estimates:
        shown = not each.counts and not each.refused
        if shown and harmful(each.log_harm, scheme.grades):
            yield note("plausibility.warning.harm_shown", id=each.id, ratio=each.harm_ratio)
    if changed:
        yield note("plausibility.warning.changed_text", count=len(changed))
    if records.detour and any(group.kind is GroupKind.ESTIMATES for group in weighed.groups):
        yield note("plausibility.warning.detour", target=records.target.code)
