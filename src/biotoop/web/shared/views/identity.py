"""One stable address for everything that has an id."""

from uuid import UUID

from django.apps import apps
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from biotoop.web.shared.models.records import Record
from biotoop.web.shared.rules import ReaderRequest, visible


def with_page() -> list[type[Record]]:
    """List the records that have a page of their own."""
    ours = (model for model in apps.get_models() if issubclass(model, Record))
    return [model for model in ours if hasattr(model, "get_absolute_url")]


@require_safe
def by_id(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Go to the page of whatever has this id, if the reader may see it."""
    for model in with_page():
        row = visible(request.reader, model).filter(pk=pk).first()
        address = getattr(row, "get_absolute_url", None)
        if address is not None:
            return redirect(address())
    if request.reader.user_id is None:
        return redirect_to_login(request.get_full_path())
    raise Http404
