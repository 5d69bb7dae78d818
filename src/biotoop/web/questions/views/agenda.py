"""The learning agenda as the catalogue of topics."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from biotoop.web.questions.actions.agenda import agendas
from biotoop.web.questions.models import Opening
from biotoop.web.questions.views.desks import homes
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest, could, visible
from biotoop.web.theories.models import Theory

A_PAGE = 6


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List what is to be found out, theory by theory, with the topics that stand ready."""
    rows = visible(request.reader, Theory).filter(latest__isnull=False)
    near = rows.select_related("latest", "programme__organisation").order_by("title", "pk")
    page = Paginator(near, A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "agendas": agendas(request.reader, list(page)),
        "in_english": get_language() == "en",
        "may_offer": could(request.reader, "questions.Opening", Verb.MAKE)
        and bool(homes(request.reader, Opening)),
    }
    return render(request, "questions/agenda.html", context)
