"""Datasets of a cluster: the arrangement, the parts, and who may work with which."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.clusters.actions import datasets as acts
from biotoop.web.clusters.forms.community import (
    DatasetAccessForm,
    DatasetForm,
    DatasetPartForm,
)
from biotoop.web.clusters.models import Cluster, Dataset, DatasetAccess, DatasetPart
from biotoop.web.clusters.queries import lines_in, open_accesses
from biotoop.web.clusters.views.frame import acting, cluster_tabs, may_add, opens, trail_to
from biotoop.web.interviews.models import Claim
from biotoop.web.organisations.views.frame import person
from biotoop.web.programmes.views.programmes import owners
from biotoop.web.shared.actions.records import Refused, change, put_away
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, ReaderRequest, allowed, found, may, may_make, visible
from biotoop.web.shared.views.records import Trail, Words, ask_first, form_page, said, with_end
from biotoop.web.studies.models import Snapshot, Study


def trail_to_data(dataset: Dataset) -> Trail:
    """Give the way to a dataset."""
    return [*trail_to_list(dataset.cluster), (dataset.get_absolute_url(), dataset.title)]


def trail_to_list(cluster: Cluster) -> Trail:
    """Give the way to the datasets of a cluster."""
    return [*trail_to(cluster), (reverse("clusters:datasets", args=[cluster.pk]), _("Data"))]


@require_safe
def index(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """List the datasets of a cluster."""
    cluster = found(request.reader, Cluster, pk)
    if not opens(request.reader, Dataset, cluster):
        raise Http404
    rows = visible(request.reader, Dataset).filter(cluster=pk).select_related("study")
    context = {
        "cluster": cluster,
        "tabs": cluster_tabs(request.reader, cluster),
        "trail": with_end(trail_to(cluster), _("Data")),
        "datasets": rows,
        "may_make": may_add(request.reader, Dataset, cluster),
    }
    return render(request, "clusters/datasets.html", context)


AMONG = Dataset.objects.select_related("cluster", "study__organisation")


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a dataset: arrangement, codebook, parts, and which lines may work with them."""
    reader = request.reader
    dataset = found(reader, Dataset, pk, among=AMONG)
    parts = list(visible(reader, DatasetPart).filter(dataset=pk).select_related("organisation"))
    accesses = visible(reader, DatasetAccess).filter(part__dataset=pk)
    rows = list(accesses.select_related("part__organisation", "line__holder__membership__user"))
    openable = [part for part in parts if opens_part(request, part)]
    files, heard = open_files(reader, dataset), open_claims(reader, dataset)
    for part in parts:
        part.files = [file for file in files if file.controller_id == part.organisation_id]  # type: ignore[attr-defined]
        part.heard = heard.get(part.organisation_id, 0)  # type: ignore[attr-defined]
    context = {
        "dataset": dataset,
        "trail": with_end(trail_to_list(dataset.cluster), dataset.title),
        "tabs": cluster_tabs(reader, dataset.cluster),
        "parts": parts,
        "accesses": rows,
        "open": set(open_accesses().filter(part__dataset=pk).values_list("pk", flat=True)),
        "openable": {part.pk for part in openable},
        "endable": allowed(reader, Verb.ARCHIVE, rows),
        "sees_study": may(reader, Verb.SEE, dataset.study),
        "may_change": may(reader, Verb.CHANGE, dataset),
        "may_untie": may_untie(reader, dataset),
        "may_bring": owners(reader, DatasetPart).exists(),
        "today": site_day(),
    }
    return render(request, "clusters/dataset.html", context)


def open_files(reader: Reader, dataset: Dataset) -> list[Snapshot]:
    """List the data files of the study that a reader may take now."""
    rows = visible(reader, Snapshot, Verb.EXPORT).filter(study=dataset.study_id)
    return list(rows.filter(superseded_at=None).order_by("name"))


def open_claims(reader: Reader, dataset: Dataset) -> dict[UUID, int]:
    """Count the claims of the study that a reader may read now, by who answers for them."""
    rows = visible(reader, Claim).filter(study=dataset.study_id).order_by()
    return dict(rows.values_list("round__controller").annotate(number=Count("pk")))


def may_untie(reader: Reader, dataset: Dataset) -> bool:
    """Tell whether a reader unties a study: for the cluster, or because they change the study."""
    return may(reader, Verb.ARCHIVE, dataset) or may(reader, Verb.CHANGE, dataset.study)


def opens_part(request: ReaderRequest, part: DatasetPart) -> bool:
    """Tell whether a reader opens a part: only its controller does."""
    return may_make(request.reader, DatasetAccess, Kind.ORGANISATION, part.organisation_id)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Tie a study to the cluster as its dataset."""
    cluster = found(request.reader, Cluster, pk)
    if not may_add(request.reader, Dataset, cluster):
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        row = Dataset(cluster=cluster, **values)
        made = acts.arrange(row, acting(request, Verb.SEE, cluster))
        said(request, _("The dataset stands there. Next: each organisation signs for its part."))
        return made.get_absolute_url()

    tied = Dataset.objects.filter(archived_at=None).values("study")
    studies = visible(request.reader, Study, Verb.CHANGE).exclude(pk__in=tied)
    if request.method != "POST" and not studies.exists():
        messages.info(
            request,
            _(
                "There is no study that you may change and that is still free. Let who leads the "
                "study give you a role in it, or start a study first."
            ),
        )
        return redirect("clusters:datasets", pk)
    form = DatasetForm(request.POST or None, choices={"study": studies})
    lead = _(
        "A dataset of a cluster is a study of its own, with partners who answer together. You "
        "choose among the studies that you may change."
    )
    words = Words(title=_("New dataset"), button=_("Make the dataset"), lead=lead)
    return form_page(request, form, save, words=words, trail=trail_to_list(cluster))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change the arrangement or the codebook."""
    dataset = found(request.reader, Dataset, pk, Verb.CHANGE, among=AMONG)

    def save(values: dict[str, Any], edition: int) -> str:
        change(dataset, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return dataset.get_absolute_url()

    form = DatasetForm(request.POST or None, instance=dataset)
    del form.fields["study"]
    words = Words(title=_("Change the dataset"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to_data(dataset))


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Untie the study from the cluster; what was agreed stays to be put back."""
    reader = request.reader
    dataset = found(reader, Dataset, pk, among=AMONG)
    if not may_untie(reader, dataset):
        raise PermissionDenied

    def act() -> str:
        put_away(dataset, by=person(request))
        undo = reverse("clusters:restore_dataset", args=[pk])
        can_undo = may(reader, Verb.ARCHIVE, dataset) and may(reader, Verb.CHANGE, dataset.study)
        said(request, _("The study is untied from the cluster."), undo=undo if can_undo else "")
        return dataset.cluster.get_absolute_url()

    words = Words(
        title=_("Untie the study from the cluster"),
        lead=_("The dataset leaves the cluster, with its agreements. The study itself stays."),
        button=_("Untie"),
        is_grave=True,
    )
    return ask_first(request, act, words=words, trail=trail_to_data(dataset))


@require_POST
def restore(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Tie the study to the cluster again, unless another cluster has it now."""
    dataset = found(request.reader, Dataset, pk, Verb.ARCHIVE, among=AMONG)
    if not may(request.reader, Verb.CHANGE, dataset.study):
        raise PermissionDenied
    try:
        acts.tie_again(dataset, by=person(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(dataset.cluster.get_absolute_url())
    said(request, _("%(name)s is back.") % {"name": dataset.title})
    return redirect(dataset.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Bring in a part, as the controller of it."""
    dataset = found(request.reader, Dataset, pk, among=AMONG)
    controllers = owners(request.reader, DatasetPart)
    if not controllers:
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        acts.bring_in(DatasetPart(dataset=dataset, **values), acting(request, Verb.SEE, dataset))
        said(request, _("The part stands under the arrangement."))
        return dataset.get_absolute_url()

    first = {"starts_on": dataset.starts_on, "ends_on": dataset.ends_on}
    form = DatasetPartForm(
        request.POST or None, choices={"organisation": controllers}, initial=first
    )
    form.fields["organisation"].empty_label = None  # type: ignore[attr-defined]
    lead = _("Your organisation stays the controller of its part, and agrees on who works with it.")
    words = Words(title=_("Bring in a part"), button=_("Sign for this part"), lead=lead)
    return form_page(request, form, save, words=words, trail=trail_to_data(dataset))


PARTS = DatasetPart.objects.select_related("dataset__cluster", "organisation")


@require_http_methods(["GET", "HEAD", "POST"])
def open_part(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Open a part for one line."""
    part = found(request.reader, DatasetPart, pk, among=PARTS)
    if not opens_part(request, part):
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        acts.open_for(DatasetAccess(part=part, **values), acting(request, Verb.CHANGE, part))
        said(
            request,
            _("The agreement stands there: files and claims of this part are open for the line."),
        )
        return part.dataset.get_absolute_url()

    lines = lines_in(part.dataset.cluster)
    first = {"starts_on": site_day(), "ends_on": part.ends_on}
    form = DatasetAccessForm(request.POST or None, choices={"line": lines}, initial=first)
    form.fields["line"].empty_label = None  # type: ignore[attr-defined]
    lead = _(
        "An agreement for one line, one purpose and a time. It lets who holds the line take the "
        "files of your part and read what people said in it, and closes both on its last day, or "
        "when the seat ends."
    )
    words = Words(title=_("Agree on access for a line"), button=_("Agree"), lead=lead)
    return form_page(request, form, save, words=words, trail=trail_to_data(part.dataset))


@require_POST
def end_part(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take a part out; every agreement about it ends at once."""
    part = found(request.reader, DatasetPart, pk, Verb.ARCHIVE, among=PARTS)
    put_away(part, by=person(request))
    told = _(
        "The part is taken out. What is in it is closed to everybody outside your organisation."
    )
    said(request, told)
    return redirect(part.dataset.get_absolute_url())


@require_POST
def close(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Close a part for a line."""
    among = DatasetAccess.objects.select_related("part__dataset")
    row = found(request.reader, DatasetAccess, pk, Verb.ARCHIVE, among=among)
    put_away(row, by=person(request))
    said(request, _("The agreement is ended, and the part is closed for this line."))
    return redirect(row.part.dataset.get_absolute_url())
