"""Write claims down: one by one, or many at once and then whole or not at all."""

from collections.abc import Collection
from uuid import UUID

import attrs
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.interviews.bridge.masking import look_through
from biotoop.web.interviews.enums import CoderRelation, Quality, Stance
from biotoop.web.interviews.models import Claim, Proposal, Quote, Respondent, Round
from biotoop.web.shared.actions.finding import index
from biotoop.web.shared.actions.records import Refused, Stale, noted
from biotoop.web.studies.actions.editions import Reasons, fresh, keep
from biotoop.web.studies.actions.evidence import words_of_theory
from biotoop.web.studies.bridge.targets import TheoryWords
from biotoop.web.studies.models import Study

PURPOSE = "evidence"


@attrs.frozen(kw_only=True)
class Words:
    """What somebody said, as it may be kept; ``is_read`` says that a person judged the masking."""

    text: str = ""
    language: str = "nl"
    consent: bool = False
    is_read: bool = False
    read_by: str = ""


@attrs.frozen(kw_only=True)
class ClaimWords:
    """Everything that is written down of one claim."""

    target: str
    stance: str
    respondent: str = ""
    count: int = 1
    life_age: str = ""
    life_place: str = ""
    life_role: str = ""
    asked: str = ""
    interviewer: str = ""
    searched: bool | None = None
    explicit: bool = False
    rival: str = ""
    rival_relation: str = ""
    rival_share: str = ""
    condition: str = ""
    quality: str = Quality.FULL
    coder_relation: str = CoderRelation.INDEPENDENT
    family: str = ""
    importance: int | None = None
    proposes: str = ""
    coder: str = ""
    text_hash: str = ""
    words: Words = Words()


_APART = frozenset({"respondent", "proposes", "words", "target", "coder", "text_hash"})


@attrs.define
class Desk:
    """What writing many claims in one study needs to know only once."""

    study: Study
    by: User
    theory: TheoryWords
    taken: set[str]

    @staticmethod
    def of(study: Study, by: User) -> "Desk":
        """Sit down at a study; others who write in it wait until this is done."""
        there = (
            Study.objects.select_for_update(of=("self",)).select_related("version").get(pk=study.pk)
        )
        codes = set(Claim.objects.filter(study=there).values_list("code", flat=True))
        return Desk(study=there, by=by, theory=words_of_theory(there), taken=codes)

    def next_code(self) -> str:
        """Give the next free code."""
        number = len(self.taken) + 1
        while (code := f"u{number}") in self.taken:
            number += 1
        return code


@transaction.atomic
def add(held: Round, said: ClaimWords, *, by: User) -> Claim:
    """Write one claim down.

    Raises
    ------
    Refused
        It does not fit its target or itself, or its words would point at a person.
    """
    made = write(Desk.of(held.study, by), held, said)
    noted(made, "claim_added", by.pk, PURPOSE)
    return made


def write(desk: Desk, held: Round, said: ClaimWords, code: str = "") -> Claim:
    """Write one claim at a desk."""
    claim = Claim(
        study=desk.study, round=held, code=code or desk.next_code(), coder=str(desk.by.pk)
    )
    fill(claim, desk, said)
    claim.save()
    desk.taken.add(claim.code)
    keep_words(claim, said.words, desk.by)
    return claim


def fill(claim: Claim, desk: Desk, said: ClaimWords) -> None:
    """Put what was written into a claim, with the text that it judges."""
    target = desk.theory.find(said.target)
    refuse_faults(said, target.stances if target else (), desk.theory)
    if target is None:  # pragma: no cover - refused above
        raise Refused(said.target)
    claim.target, claim.target_kind = target.code, target.kind
    claim.text_hash = said.text_hash or target.text_hash
    claim.coder = said.coder or claim.coder
    for name, value in attrs.asdict(said, recurse=False).items():
        if name not in _APART:
            setattr(claim, name, value)
    claim.respondent = respondent_of(claim, said.respondent)
    claim.proposal = proposal_of(desk.study, said.proposes)


def refuse_faults(said: ClaimWords, stances: Collection[str], theory: TheoryWords) -> None:
    """Refuse what does not fit, with every reason."""
    reasons = []
    if not stances:
        near = theory.near(said.target)
        text = _("“%(code)s” is not in this theory of change.") % {"code": said.target}
        hint = _("Do you mean %(near)s?") % {"near": near} if near else ""
        reasons.append(f"{text} {hint}".strip())
    elif said.stance not in stances:
        text = _("“%(stance)s” does not go with what the claim is about.")
        reasons.append(text % {"stance": Stance(said.stance).label})
    if said.count > 1 and said.respondent:
        reasons.append(_("A number of people has no code of one respondent."))
    if bool(said.rival) != bool(said.rival_relation):
        reasons.append(_("Name the other cause, and how it stands to the step."))
    if (said.stance == Stance.MISSING) != bool(said.proposes):
        reasons.append(_("Say what is missing, and only when something is."))
    reasons.extend(faults_of_words(said.words))
    if reasons:
        raise Reasons(*reasons)


def faults_of_words(words: Words) -> list[str]:
    """Say why words may not be kept as they are."""
    hints = look_through(words.text)
    if hints.never:
        text = _("This could point at a person and cannot be kept: %(found)s. Mask it.")
        return [text % {"found": ", ".join(hints.never)}]
    if hints.perhaps and not (words.is_read or words.read_by):
        text = _(
            "Could somebody be recognised by this: %(found)s? Mask it, or say that you read it."
        )
        return [text % {"found": ", ".join(hints.perhaps)}]
    return []


def respondent_of(claim: Claim, code: str) -> Respondent | None:
    """Give the respondent of a code; a new code is a new person.

    Raises
    ------
    Refused
        Another organisation heard somebody under this code: two people would become one.
    """
    if not code:
        return None
    found = Respondent.objects.filter(study=claim.study, code=code).first()
    if found is None:
        found = Respondent(study=claim.study, code=code)
        found.full_clean()
        found.save()
    elif heard_by_others(claim.round.controller_id, found.claims.exclude(pk=claim.pk)).exists():
        raise Refused(words_of_taken(code))
    return found


def heard_by_others(answers: UUID, rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """Keep the claims in rounds for which another organisation answers."""
    return rows.exclude(round__controller=answers)


def words_of_taken(code: str) -> str:
    """Say that a code is of somebody else, and not whose: that is not theirs to know."""
    text = _("The code %(code)s is already in use in this study; choose another code.")
    return text % {"code": code}


def proposal_of(study: Study, label: str) -> Proposal | None:
    """Give the proposal of these words; the same words in other capitals are the same."""
    key = " ".join(label.casefold().split())[:200]
    if not key:
        return None
    return Proposal.objects.get_or_create(
        study=study, key=key, defaults={"label": " ".join(label.split())[:200]}
    )[0]


def keep_words(claim: Claim, words: Words, by: User) -> None:
    """Keep the words of a claim apart from it, for fewer readers."""
    there = Quote.objects.filter(claim=claim).first()
    if not words.text.strip():
        if there is not None:
            there.delete()
        return
    quote = there or Quote(claim=claim)
    read_by = words.read_by or (str(by.pk) if words.is_read else "")
    if there is not None and not read_by and there.text == words.text.strip():
        read_by = there.approved_by
    quote.text, quote.language = words.text.strip(), words.language
    quote.consent, quote.approved_by = words.consent, read_by
    quote.edition += 0 if there is None else 1
    quote.save()


@transaction.atomic
def change(claim: Claim, held: Round, said: ClaimWords, *, by: User, seen: int) -> Claim:
    """Change a claim; it then judges the text as it is now.

    Raises
    ------
    Stale
        Somebody else changed it since it was shown.
    Refused
        As for a new claim.
    """
    desk = Desk.of(claim.study, by)
    there = fresh(claim, seen)
    there.round = held
    fill(there, desk, said)
    keep(there, "claim_changed", PURPOSE, by)
    keep_words(there, said.words, by)
    return there


@transaction.atomic
def put_away(claims: Collection[UUID], study: Study, *, by: User) -> int:
    """Put claims away: they count no more, and can be put back."""
    from django.utils.timezone import now  # noqa: PLC0415 - used here only

    rows = Claim.objects.filter(pk__in=claims, study=study, archived_at=None)
    for claim in rows:
        noted(claim, "claim_archived", by.pk, PURPOSE)
    kept = list(rows.values_list("pk", flat=True))
    number = rows.update(archived_at=now())
    for quote in Quote.objects.filter(claim__in=kept).select_related("claim__study"):
        index(quote)
    return number


__all__ = ["ClaimWords", "Desk", "Refused", "Stale", "Words", "add", "change", "put_away", "write"]
