"""Claims: the list, one of them, adding and changing."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.interviews.actions import claims
from biotoop.web.interviews.enums import Stance
from biotoop.web.interviews.forms.claims import ClaimFilter, ClaimForm, initial_of
from biotoop.web.interviews.models import Claim, Proposal, Quote, Respondent, Round
from biotoop.web.interviews.queries import for_lists, rounds_for_lists
from biotoop.web.interviews.views.frame import (
    own_controllers,
    rounds_to_fill,
    theory_of,
    without_theory,
)
from biotoop.web.shared.actions.records import Refused, Stale
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import Reader, ReaderRequest, ask, found, may, visible
from biotoop.web.shared.views.records import said
from biotoop.web.studies.bridge.targets import TheoryWords
from biotoop.web.studies.models import Study
from biotoop.web.studies.rules import may_in_study
from biotoop.web.studies.views.frame import A_PAGE, around, opened_for, person

BADGES = {
    Stance.SUPPORTS: "good", Stance.RECOGNISED: "good", Stance.CONTRADICTS: "bad",
    Stance.NOT_RECOGNISED: "bad", Stance.DOES_NOT_COUNT: "bad", Stance.MISSING: "warn",
}  # fmt: skip


SHOWN_OF_CLAIM = (
    "code", "target", "stance", "count", "life_role", "text_hash", "respondent", "created_at"
)  # fmt: skip


@require_safe
def listed(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """List the claims of a study; words and codes only for who may see those."""
    study = opened_for(request, pk, Claim)
    theory = theory_of(study)
    asked = ClaimFilter(request.GET, theory=theory)
    rows = ask(claims_in, request.reader, study.pk)
    if asked.is_valid() and any(asked.cleaned_data.values()):
        rows = claims_in(request.reader, study.pk)
        about, stance = asked.cleaned_data["over"], asked.cleaned_data["standpunt"]
        rows = rows.filter(target=about) if about else rows
        rows = rows.filter(stance=stance) if stance else rows
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    context = around(request, study, ("", _("Claims"))) | {
        "page": page,
        "rows": told(request, list(page), theory),
        "filter": asked,
        "is_filtered": any(request.GET.get(name) for name in ("over", "standpunt")),
        "rounds": ask(rounds_in, request.reader, study.pk),
        **may_gather(request.reader, study),
        "sees_words": may_in_study(request.reader, Quote, study),
        "has_theory": theory is not None,
    }
    return render(request, "interviews/claims.html", context)


def may_gather(reader: Reader, study: Study) -> dict[str, bool]:
    """Tell whether a reader may add claims, and hold rounds: for an organisation that answers."""
    made = {
        "may_make": may_in_study(reader, Claim, study, Verb.MAKE),
        "may_hold": may_in_study(reader, Round, study, Verb.MAKE),
    }
    if any(made.values()) and not own_controllers(reader, study):
        return dict.fromkeys(made, False)
    return made


def claims_in(reader: Reader, study: UUID) -> QuerySet[Claim]:
    """List the claims of a study that a reader sees."""
    rows = for_lists(visible(reader, Claim).filter(study=study))
    return rows.only(*SHOWN_OF_CLAIM, "round__code", "proposal__label")


def rounds_in(reader: Reader, study: UUID) -> QuerySet[Round]:
    """List the rounds of a study that a reader sees."""
    return rounds_for_lists(visible(reader, Round).filter(study=study))


def quotes_in(reader: Reader, claims: Iterable[UUID]) -> QuerySet[Quote]:
    """List the words of claims that a reader sees."""
    rows = visible(reader, Quote).filter(claim__in=claims)
    return rows.only("claim", "language", "text", "consent")


def codes_behind(reader: Reader, claims: Iterable[UUID]) -> QuerySet[Respondent, Any]:
    """List the codes of who made claims, as far as a reader sees them."""
    return visible(reader, Respondent).filter(claims__in=claims).values_list("pk", "code")


def told(
    request: ReaderRequest, rows: Iterable[Claim], theory: TheoryWords | None
) -> list[dict[str, Any]]:
    """Give claims with what this reader may see of each: two queries, however many there are."""
    rows = list(rows)
    keys = tuple(row.pk for row in rows)
    words = {quote.claim_id: quote for quote in ask(quotes_in, request.reader, keys)}
    codes = dict(ask(codes_behind, request.reader, keys))
    made = []
    for row in rows:
        target = theory.find(row.target) if theory else None
        made.append(
            {
                "claim": row,
                "words": target.words if target else "",
                "is_changed": bool(target and target.has_changed(row.text_hash)),
                "quote": words.get(row.pk),
                "person": codes.get(row.respondent_id) if row.respondent_id else None,
                "badge": BADGES.get(Stance(row.stance), "calm"),
            }
        )
    return made


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Write one claim down."""
    study = opened_for(request, pk, Claim, Verb.MAKE)
    theory = theory_of(study)
    if theory is None:
        return without_theory(request, study)
    rounds = rounds_to_fill(request.reader, study)
    first = rounds.first()
    if first is None:
        messages.info(request, _("First say how people were heard: that is set once for a round."))
        return redirect("interviews:add_round", study.pk)
    initial = {
        "round": request.GET.get("ronde") or first.pk, "target": request.GET.get("over"),
        "language": study.language,
    }  # fmt: skip
    form = ClaimForm(request.POST or None, rounds=rounds, theory=theory, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            made = claims.add(form.cleaned_data["round"], form.said(), by=person(request))
        except Refused as refusal:
            for text in refusal.args:
                form.add_error(None, text)
        else:
            messages.success(request, _("Claim %(code)s is kept.") % {"code": made.code})
            if "nog" in request.POST:
                again = f"?ronde={made.round_id}"
                return redirect(reverse("interviews:add", args=[study.pk]) + again)
            return redirect("interviews:claims", study.pk)
    return shown(request, study, form, _("Add a claim"))


def shown(
    request: ReaderRequest, study: Study, form: ClaimForm, title: str, **more: object
) -> HttpResponse:
    """Show the form of a claim."""
    here = (reverse("interviews:claims", args=[study.pk]), _("Claims"))
    context = around(request, study, here, ("", title)) | {
        "form": form, "title": title, "known": proposals_in(request.reader, study), **more,
    }  # fmt: skip
    status = 409 if more.get("theirs") else 422 if form.is_bound else 200
    return render(request, "interviews/claim.html", context, status=status)


def proposals_in(reader: Reader, study: Study) -> list[str]:
    """Give what people miss so far, to choose the same words for the same thing."""
    rows = visible(reader, Proposal).filter(study=study).order_by("label")
    return list(rows.values_list("label", flat=True)[:50])


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change a claim, as who may also see its words; others only look."""
    around_it = (
        "study__theory__programme",
        "study__version",
        "study__organisation",
        "study__cycle",
    )
    rows = Claim.objects.select_related(*around_it, "round", "proposal")
    claim = found(request.reader, Claim, pk, among=rows)
    study, theory = claim.study, theory_of(claim.study)
    sees_words = may_in_study(request.reader, Quote, study)
    if not (theory and sees_words and may(request.reader, Verb.CHANGE, claim)):
        here = (reverse("interviews:claims", args=[study.pk]), _("Claims"))
        context = around(request, study, here, ("", claim.code)) | {
            "row": told(request, [claim], theory)[0]
        }
        return render(request, "interviews/claim_read.html", context)
    rounds = rounds_to_fill(request.reader, study)
    form = ClaimForm(request.POST or None, rounds=rounds, theory=theory, initial=initial_of(claim))
    if form.is_bound and form.is_valid():
        seen = form.cleaned_data["edition"] or 1
        try:
            claims.change(
                claim, form.cleaned_data["round"], form.said(), by=person(request), seen=seen
            )
        except Stale as stale:
            now_there = Claim.objects.select_related("round").get(pk=stale.record.pk)
            theirs = told(request, [now_there], theory)[0]
            return shown(
                request, study, form, claim.code, claim=claim, theirs=theirs,
                edition=now_there.edition,
            )  # fmt: skip
        except Refused as refusal:
            for text in refusal.args:
                form.add_error(None, text)
        else:
            messages.success(request, _("Claim %(code)s is kept.") % {"code": claim.code})
            return redirect("interviews:claims", study.pk)
    may_archive = may(request.reader, Verb.ARCHIVE, claim)
    return shown(request, study, form, claim.code, claim=claim, may_archive=may_archive)


@require_POST
def drop(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a claim away: it counts no more."""
    claim = found(request.reader, Claim, pk, Verb.ARCHIVE)
    claims.put_away([claim.pk], claim.study, by=person(request))
    said(request, _("Claim %(code)s counts no more.") % {"code": claim.code})
    return redirect("interviews:claims", claim.study_id)
