"""Claims: read with what each person may see of them, and written one by one or many at once."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import attrs
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from biotoop.web.api.actions.claims import Said, Unfit, add_all, no_round
from biotoop.web.api.bridge.answers import studies as told
from biotoop.web.api.bridge.answers.problems import Fault
from biotoop.web.api.bridge.requests import ChangedClaim, ClaimsQuery, NewClaim, NewClaims
from biotoop.web.api.bridge.values import to_plain
from biotoop.web.api.views import problems
from biotoop.web.api.views.calls import Call, Listed
from biotoop.web.api.views.operations import operation
from biotoop.web.api.views.places import fields
from biotoop.web.api.views.problems import Trouble
from biotoop.web.interviews.actions.claims import ClaimWords, Words, change
from biotoop.web.interviews.models import Claim, Quote
from biotoop.web.interviews.queries import for_lists
from biotoop.web.interviews.views.claims import told as seen_by
from biotoop.web.interviews.views.frame import rounds_to_fill
from biotoop.web.shared.actions.records import Stale
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import found, visible
from biotoop.web.studies.models import Study
from biotoop.web.studies.rules import may_in_study
from biotoop.web.studies.views.frame import opened_for

OF_STUDY = "studies/<uuid:pk>/claims"
AROUND = ("study__theory", "study__version", "round", "proposal")
APART = frozenset({"round", "quote", "language", "consent", "is_read", "edition"})


@operation("GET", OF_STUDY, "claims", words=_("Claims of a study"), answers=told.Claim,
           many=True, query=ClaimsQuery)  # fmt: skip
def claims(call: Call, pk: UUID) -> Listed:
    here = opened_for(call.request, pk, Claim)
    rows = for_lists(visible(call.reader, Claim).filter(study=here))
    for name in ("target", "stance"):
        if (wanted := getattr(call.query, name)) is not None:
            rows = rows.filter(**{name: wanted})
    return call.page(rows, lambda shown: claims_told(call, shown))


@operation("GET", "claims/<uuid:pk>", "claim", words=_("One claim"), answers=told.Claim)
def claim(call: Call, pk: UUID) -> told.Claim:
    return claims_told(call, [found(call.reader, Claim, pk, among=near())])[0]


def near() -> QuerySet[Claim]:
    return Claim.objects.select_related(*AROUND)


def claims_told(call: Call, rows: Iterable[Claim]) -> list[told.Claim]:
    """Write claims, with words and codes of people where this person may see those."""
    return [
        claim_told(seen["claim"], seen["quote"], seen["person"])
        for seen in seen_by(call.request, rows, None)
    ]


def claim_told(row: Claim, quote: Quote | None, person: str | None) -> told.Claim:
    names = (
        "code", "target", "target_kind", "stance", "count", "life_age", "life_place", "life_role",
        "asked", "explicit", "rival", "rival_relation", "rival_share", "condition", "quality",
        "coder_relation", "importance", "text_hash",
    )  # fmt: skip
    words = None
    if quote is not None:
        words = told.Quote(text=quote.text, language=quote.language, consent=quote.consent)
    return told.Claim(
        **fields(row, *names), study=row.study_id, round=row.round_id, quote=words,
        respondent=person, proposes=row.proposal.label if row.proposal else None,
    )  # fmt: skip


def kept(row: Claim) -> told.KeptClaim:
    return told.KeptClaim(id=row.pk, code=row.code, edition=row.edition)


def words_of(sent: NewClaim, study: Study) -> ClaimWords:
    """Give a claim as it was sent; what was left out is empty."""
    values: dict[str, Any] = attrs.asdict(sent, recurse=False)
    words = Words(
        text=sent.quote or "", language=sent.language or study.language, consent=sent.consent,
        is_read=sent.is_read,
    )  # fmt: skip
    plain = {name: value for name, value in values.items() if name not in APART}
    empty = {name: "" for name, value in plain.items() if value is None and name != "importance"}
    return ClaimWords(**{**plain, **empty}, words=words)


def added(call: Call, study: Study, sent: Iterable[NewClaim], name: str) -> list[told.KeptClaim]:
    """Keep claims; every fault is told with its place."""
    said = [Said(each.round, words_of(each, study)) for each in sent]
    among = rounds_to_fill(call.reader, study)
    try:
        return [kept(row) for row in add_all(study, said, by=call.user, among=among)]
    except Unfit as unfit:
        faults = tuple(
            Fault(where=name % (place + 1) if "%" in name else name, text=text)
            for place, reasons in unfit.reasons.items()
            for text in reasons
        )
        raise Trouble(problems.WRONG, faults=faults) from unfit


@operation("POST", OF_STUDY, "claims", words=_("Keep one claim"), answers=told.KeptClaim,
           body=NewClaim, status=201, repeats=True)  # fmt: skip
def add(call: Call, pk: UUID) -> told.KeptClaim:
    study = opened_for(call.request, pk, Claim, Verb.MAKE)
    return added(call, study, [call.body], "")[0]


@operation("POST", f"{OF_STUDY}/batch", "claims_batch",
           words=_("Keep several claims: all of them, or none"), answers=told.KeptClaims,
           body=NewClaims, status=201, repeats=True)  # fmt: skip
def add_many(call: Call, pk: UUID) -> told.KeptClaims:
    study = opened_for(call.request, pk, Claim, Verb.MAKE)
    return told.KeptClaims(claims=tuple(added(call, study, call.body.claims, "claims[%d]")))


@operation("PUT", "claims/<uuid:pk>", "claim",
           words=_("Write a claim anew, as who may also see its words"), answers=told.KeptClaim,
           body=ChangedClaim)  # fmt: skip
def write(call: Call, pk: UUID) -> told.KeptClaim:
    there = found(call.reader, Claim, pk, Verb.CHANGE, among=near())
    if not may_in_study(call.reader, Quote, there.study):
        raise PermissionDenied
    held = rounds_to_fill(call.reader, there.study).filter(pk=call.body.round).first()
    if held is None:
        raise Trouble(problems.WRONG, faults=(Fault(where="round", text=no_round()),))
    words = words_of(call.body, there.study)
    try:
        return kept(change(there, held, words, by=call.user, seen=call.body.edition))
    except Stale as stale:
        now = claims_told(call, near().filter(pk=stale.record.pk))[0]
        raise Trouble(problems.STALE, edition=now.edition, now=to_plain(now)) from stale
