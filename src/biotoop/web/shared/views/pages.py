"""Pages that belong to no app in particular."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the first page, the barest that there is."""
    return render(request, "shared/start.html")
