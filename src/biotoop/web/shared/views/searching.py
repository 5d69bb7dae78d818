"""Search the workplace."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from biotoop.web.shared.actions import finding
from biotoop.web.shared.rules import ReaderRequest

A_PAGE, LONGEST = 20, 200


@require_safe
def search(request: ReaderRequest) -> HttpResponse:
    """Show what the reader may see of what was asked."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    kind = request.GET.get("soort", "")
    page = Paginator(finding.find(request.reader, asked, kind), A_PAGE)
    shown = page.get_page(request.GET.get("pagina"))
    context = {
        "asked": asked,
        "kind": kind,
        "kinds": [
            (label, capfirst(str(provider.model._meta.verbose_name_plural)))
            for label, provider in finding.PROVIDERS.items()
        ],
        "page": shown,
        "hits": [finding.hit(entry) for entry in shown],
    }
    return render(request, "shared/search.html", context)
