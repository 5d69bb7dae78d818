"""From claims to bundles: who says what, in which groups, for whom, and who was not heard."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from biotoop.engine.core.messages import note
from biotoop.engine.evidence.bundle import (
    Bundle,
    Dependence,
    Disagreement,
    GroupSummary,
    Life,
    LifeCounts,
    MentionedRival,
    NotHeard,
    StanceCounts,
    Voice,
    VoiceGroup,
)
from biotoop.engine.evidence.labels import word_of
from biotoop.engine.evidence.model import Claim, Family, Method, Stance
from biotoop.engine.evidence.targets import Target

_Spoken = tuple[Voice, Stance]
LifeValues = Mapping[Life, tuple[str, ...]]
_SELF_COMPLETED = frozenset({Method.SURVEY, Method.MEMBER_CHECK})
_USUAL_FAMILY = {
    Method.OBSERVATION: Family.OBSERVATION,
    Method.DOCUMENT: Family.REGISTRATION,
}

_LIFE_FIELDS: Mapping[Life, Callable[[Claim], str | None]] = {
    Life.AGE: attrgetter("life_age"),
    Life.PLACE: attrgetter("life_place"),
    Life.ROLE: attrgetter("life_role"),
}


def life_of(claim: Claim, life: Life) -> str | None:
    """Give the age, place or role of the person whose life it is."""
    return _LIFE_FIELDS[life](claim)


def life_values(claims: Iterable[Claim]) -> LifeValues:
    """Give every age, place and role that a study knows, each sorted."""
    known = list(claims)
    return {
        life: tuple(sorted({value for claim in known if (value := read(claim)) is not None}))
        for life, read in _LIFE_FIELDS.items()
    }


def family_of(claim: Claim) -> Family:
    """Give the family of a claim: self-report, unless its method or the coder says otherwise."""
    return claim.family or _USUAL_FAMILY.get(claim.method, Family.SELF_REPORT)


def people_in(claims: Iterable[Claim]) -> tuple[Voice, ...]:
    """Gather claims by person; rows without a respondent stay apart.

    The order does not depend on the order of the claims.
    """
    by_person: dict[str, list[Claim]] = {}
    counted: list[Voice] = []
    for claim in sorted(claims, key=lambda item: item.id):
        if claim.respondent is None:
            counted.append(Voice(respondent=None, people=claim.count, claims=(claim,)))
        else:
            by_person.setdefault(claim.respondent, []).append(claim)
    coded = [
        Voice(respondent=code, people=1, claims=tuple(by_person[code]))
        for code in sorted(by_person)
    ]
    return (*coded, *counted)


def stance_of(voice: Voice) -> Stance:
    """Give what a person says of a link in all; for as well as against is a nuance."""
    said = {claim.stance for claim in voice.claims}
    both = {Stance.SUPPORTS, Stance.CONTRADICTS}
    if both <= said:
        return Stance.NUANCES
    for stance in (Stance.SUPPORTS, Stance.CONTRADICTS, Stance.NUANCES):
        if stance in said:
            return stance
    return Stance.NOT_MENTIONED


def bundle(
    target: Target,
    claims: Iterable[Claim],
    groups: tuple[VoiceGroup, ...],
    known_lives: LifeValues,
) -> Bundle:
    """Bundle the claims about one link or route.

    Parameters
    ----------
    target
        The link or route.
    claims
        The claims about it, with the stances of links.
    groups
        The same claims in dependence groups; see ``voice_groups``.
    known_lives
        Every age, place and role of the study; see ``life_values``.
    """
    ordered = sorted(claims, key=lambda item: item.id)
    counting = [claim for claim in ordered if claim.searched]
    said = [claim for claim in counting if family_of(claim) is not Family.REGISTRATION]
    set_aside = [claim for claim in counting if family_of(claim) is Family.REGISTRATION]
    people = _spoken(said)
    return Bundle(
        target=target.code,
        counts=_count(people),
        documents=_count(_spoken(set_aside)),
        respondents=sum(voice.people for voice, _ in people),
        groups=tuple(group.about for group in groups),
        supporting=_codes(counting, Stance.SUPPORTS),
        contradicting=_codes(counting, Stance.CONTRADICTS),
        nuancing=_codes(counting, Stance.NUANCES),
        not_mentioning=_codes(counting, Stance.NOT_MENTIONED),
        disagreed=_disagreed(people),
        for_whom=_for_whom(people, known_lives),
        not_heard=_not_heard(said, known_lives),
        in_more_groups=_in_more_groups(groups),
        rivals=_rivals(counting),
        left_out=tuple(claim.id for claim in ordered if not claim.searched),
        changed_text=tuple(claim.id for claim in ordered if target.has_changed(claim.text_hash)),
    )


def _codes(claims: list[Claim], stance: Stance) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims if claim.stance is stance)


def _spoken(claims: Iterable[Claim]) -> list[_Spoken]:
    return [(voice, stance_of(voice)) for voice in people_in(claims)]


def _count(people: Iterable[_Spoken]) -> StanceCounts:
    found = dict.fromkeys(Stance, 0)
    for voice, stance in people:
        found[stance] += voice.people
    return StanceCounts(
        supports=found[Stance.SUPPORTS],
        contradicts=found[Stance.CONTRADICTS],
        nuances=found[Stance.NUANCES],
        not_mentioned=found[Stance.NOT_MENTIONED],
    )


def _disagreed(people: Iterable[_Spoken]) -> tuple[Disagreement, ...]:
    found = []
    for voice, _ in people:
        against = [claim for claim in voice.claims if claim.stance is Stance.CONTRADICTS]
        if against:
            first = against[0]
            found.append(
                Disagreement(
                    respondent=voice.respondent,
                    people=voice.people,
                    claims=tuple(claim.id for claim in against),
                    age=first.life_age,
                    place=first.life_place,
                    role=first.life_role,
                    conditions=_conditions(against),
                )
            )
    return tuple(found)


def _conditions(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.condition for claim in claims if claim.condition is not None}))


def _for_whom(people: Sequence[_Spoken], known: LifeValues) -> tuple[LifeCounts, ...]:
    found: list[LifeCounts] = []
    for life, read in _LIFE_FIELDS.items():
        by_value: dict[str, list[_Spoken]] = {}
        for voice, stance in people:
            for value in {read(claim) for claim in voice.claims}:
                if value is not None:
                    by_value.setdefault(value, []).append((voice, stance))
        found.extend(
            LifeCounts(
                life=life,
                value=value,
                counts=_count(by_value[value]),
                conditions=_conditions(c for voice, _ in by_value[value] for c in voice.claims),
            )
            for value in known[life]
            if value in by_value
        )
    return tuple(found)


def _not_heard(claims: list[Claim], known: LifeValues) -> tuple[NotHeard, ...]:
    heard = life_values(claims)
    return tuple(
        NotHeard(life=life, value=value)
        for life in Life
        for value in known[life]
        if value not in heard[life]
    )


def _in_more_groups(groups: tuple[VoiceGroup, ...]) -> int:
    times: dict[str, int] = {}
    for group in groups:
        for voice in group.voices:
            if voice.respondent is not None:
                times[voice.respondent] = times.get(voice.respondent, 0) + 1
    return sum(1 for count in times.values() if count > 1)


def _rivals(claims: list[Claim]) -> tuple[MentionedRival, ...]:
    found: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.rival is not None and claim.rival_relation is not None:
            found.setdefault((claim.rival, claim.rival_relation.value), []).append(claim)
    return tuple(
        MentionedRival(
            rival=rival,
            relation=relation,
            people=sum(voice.people for voice in people_in(found[rival, relation])),
            shares=tuple(sorted({c.rival_share for c in found[rival, relation] if c.rival_share})),
        )
        for rival, relation in sorted(found)
    )


def voice_groups(claims: Iterable[Claim]) -> tuple[VoiceGroup, ...]:
    """Split claims into dependence groups: family, method x round x organisation.

    Claims on a topic that was not searched for leave the groups.
    """
    found: dict[tuple[Family, Method, str, str], list[Claim]] = {}
    for claim in (claim for claim in claims if claim.searched):
        key = (family_of(claim), claim.method, claim.round, claim.organisation)
        found.setdefault(key, []).append(claim)
    return tuple(_group(key, found[key]) for key in sorted(found))


def _group(key: tuple[Family, Method, str, str], claims: list[Claim]) -> VoiceGroup:
    family, method, round_, organisation = key
    voices = people_in(claims)
    about = GroupSummary(
        key=f"{family.value}/{method.value}/{round_}/{organisation}",
        label=note(
            "evidence.group_label",
            method=word_of("evidence.method", method),
            round=round_,
            organisation=organisation,
        ),
        family=family,
        method=method,
        round=round_,
        organisation=organisation,
        dependence=_dependence(family, method, claims),
        people=sum(voice.people for voice in voices),
    )
    return VoiceGroup(about=about, voices=voices)


def _dependence(family: Family, method: Method, claims: list[Claim]) -> Dependence:
    """Say why voices resemble each other; an interviewer who is not named may be one and the same.

    Questionnaires and summaries that people read by themselves have no interviewer.
    """
    if family is Family.REGISTRATION:
        return Dependence.ONE_REGISTER
    if method is Method.GROUP_TALK or any(claim.count > 1 for claim in claims):
        return Dependence.SHARED_TALK
    interviewers = {claim.interviewer for claim in claims} - {None}
    if len(interviewers) > 1 or (method in _SELF_COMPLETED and not interviewers):
        return Dependence.SEPARATE_TALKS
    return Dependence.SHARED_TALK
