"""Studies: the list, what was not published, one of them, and its life."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.actions.records import Refused, Stale
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.queries import files_with
from biotoop.web.shared.rules import ReaderRequest, ask, found, may_make, visible
from biotoop.web.shared.views.records import Words, ask_first, form_page, said
from biotoop.web.studies.actions import lifecycle, studies
from biotoop.web.studies.actions.studies import StudyWords
from biotoop.web.studies.enums import StudyState
from biotoop.web.studies.forms.studies import BackForm, PublishForm, StudyFilter, StudyForm
from biotoop.web.studies.models import Study, StudySafeguard
from biotoop.web.studies.queries import (
    EVIDENCE,
    evidence_of,
    for_lists,
    not_published,
    seen_and_late,
    seen_for_lists,
)
from biotoop.web.studies.rules import may_in_study, theories_for
from biotoop.web.studies.views.frame import A_PAGE, BADGES, around, opened, person, trail_to
from biotoop.web.theories.models import Theory

MOST_THEORIES = 40


@require_safe
def listed(request: ReaderRequest) -> HttpResponse:
    """List the studies that the reader sees."""
    rows, asked = ask(seen_for_lists, request.reader), StudyFilter(request.GET)
    if asked.is_valid() and any(asked.cleaned_data.values()):
        rows = narrowed(seen_for_lists(request.reader), asked.cleaned_data)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "rows": [(study, BADGES[study.state]) for study in page],
        "today": site_day(),
        "filter": asked,
        "is_filtered": any(request.GET.get(name) for name in ("zoek", "stand", "doel")),
        "theories": ask(theories_for, request.reader, model=Study)[:MOST_THEORIES],
        "late": ask(seen_and_late, request.reader).count(),
    }
    return render(request, "studies/list.html", context)


def narrowed(rows: Any, asked: dict[str, str]) -> Any:  # noqa: ANN401 - a query of studies
    """Keep the studies that somebody asks for."""
    if asked["zoek"].strip():
        rows = rows.filter(title__icontains=asked["zoek"].strip())
    if asked["stand"]:
        rows = rows.filter(state=asked["stand"])
    return rows.filter(purpose=asked["doel"]) if asked["doel"] else rows


@require_safe
def unpublished(request: ReaderRequest) -> HttpResponse:
    """List what was registered and not published: partners see it of each other."""
    rows = for_lists(not_published(visible(request.reader, Study, archived=None)))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    context = {"page": page, "today": site_day(), "badges": BADGES}
    return render(request, "studies/unpublished.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Start a study on a theory."""
    theory = found(
        request.reader, Theory, pk,
        among=Theory.objects.select_related("programme__organisation", "latest"),
    )  # fmt: skip
    if not may_make(request.reader, Study, Kind.THEORY, theory.pk):
        raise PermissionDenied
    first = Study(
        theory=theory, version=theory.latest, organisation=theory.programme.organisation,
        invented=theory.invented, language=theory.language,
    )  # fmt: skip
    form = StudyForm(
        request.POST or None, instance=first, theory=theory,
        organisations=visible(request.reader, Organisation),
    )  # fmt: skip

    def save(values: dict[str, Any], _edition: int) -> str:
        return studies.start(theory, StudyWords(**values), by=person(request)).get_absolute_url()

    words = Words(
        title=_("New study"),
        button=_("Start this study"),
        lead=_("What do you want to find out about “%(theory)s”?") % {"theory": theory},
    )
    trail = [(reverse("studies:list"), _("Studies")), (theory.get_absolute_url(), str(theory))]
    return form_page(request, form, save, words=words, trail=trail)


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a study: where it stands, what is missing, and what it holds."""
    study = opened(request, pk)
    may_decide = may_in_study(request.reader, Study, study, Verb.DECIDE)
    counted = evidence_of([study.pk]).get(study.pk, {})
    context = around(request, study) | {
        "steps": [str(state.label) for state in StudyState],
        "at": lifecycle.ORDER.index(StudyState(study.state)) + 1,
        "next": lifecycle.next_state(study),
        "missing": lifecycle.missing(study),
        "evidence": [(each.words, counted.get(label, 0)) for label, each in EVIDENCE.items()],
        "registration": study.registrations.order_by("-registered_at").first(),
        "changes": study.state_changes.order_by("-at")[:5],
        "is_late": bool(
            study.publish_by and study.publish_by < site_day() and not study.published_on
        ),
        "may_change": may_in_study(request.reader, Study, study, Verb.CHANGE),
        "may_decide": may_decide,
        "sees_safeguards": may_in_study(request.reader, StudySafeguard, study),
        "may_archive": may_in_study(request.reader, Study, study, Verb.ARCHIVE),
        "back": BackForm(),
        "files": list(ask(files_with, None, study.pk, label=study._meta.label)),
    }
    return render(request, "studies/study.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change what the workplace knows of a study."""
    study = opened(request, pk, Verb.CHANGE)
    form = StudyForm(
        request.POST or None, instance=study, theory=study.theory,
        organisations=visible(request.reader, Organisation),
    )  # fmt: skip

    def save(values: dict[str, Any], edition: int) -> str:
        words = StudyWords(**values, seed=study.seed)
        return studies.change(study, words, by=person(request), seen=edition).get_absolute_url()

    words = Words(title=_("Change this study"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to(study))


@require_POST
def go_on(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take a study to its next state."""
    study = opened(request, pk, Verb.DECIDE)
    return stepped(
        request, study, lambda seen: lifecycle.go_on(study, by=person(request), seen=seen)
    )


@require_POST
def go_back(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take a study back one state, with the reason."""
    study, reason = opened(request, pk, Verb.DECIDE), request.POST.get("reason", "")[:1000]
    return stepped(
        request, study, lambda seen: lifecycle.go_back(study, reason, by=person(request), seen=seen)
    )


def stepped(request: ReaderRequest, study: Study, act: Any) -> HttpResponse:  # noqa: ANN401 - an action
    """Do a step in the life of a study, or say why not."""
    try:
        moved = act(edition_in(request))
    except Stale:
        messages.error(request, _("Somebody else changed this study. Look again, then decide."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("This study is now at: %(state)s.") % {"state": moved.get_state_display()}
        )
    return redirect(study)


def edition_in(request: ReaderRequest) -> int:
    """Give the edition that the person saw; none counts as one that never was."""
    sent = request.POST.get("edition", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else -1


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Say since when, and where, the result can be read."""
    study = opened(request, pk, Verb.DECIDE)
    form = PublishForm(request.POST or None, instance=study)

    def save(values: dict[str, Any], edition: int) -> str:
        studies.publish(
            study, values["published_on"], values["publication"], by=person(request), seen=edition
        )
        return study.get_absolute_url()

    words = Words(
        title=_("The result is public"),
        button=_("Save"),
        lead=_("Whoever registered a plan also shows what came of it, also when it fell short."),
    )
    return form_page(request, form, save, words=words, trail=trail_to(study))


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a study away, or take it out."""
    study = opened(request, pk, Verb.ARCHIVE)

    def act() -> str:
        if study.is_archived:
            studies.take_out(study, by=person(request))
            return study.get_absolute_url()
        studies.put_away(study, by=person(request))
        said(request, _("The study is archived."), reverse("studies:archive", args=[study.pk]))
        return reverse("studies:list")

    words = Words(
        title=_("Put this study back") if study.is_archived else _("Archive this study"),
        button=_("Put back") if study.is_archived else _("Archive"),
        lead=_("Nothing is lost. A registered plan stays in sight of the partners."),
        is_grave=not study.is_archived,
    )
    return ask_first(request, act, words=words, trail=trail_to(study))
