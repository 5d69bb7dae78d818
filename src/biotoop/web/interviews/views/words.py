"""Bring who found words to the claim that they are of."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from biotoop.web.interviews.models import Quote
from biotoop.web.shared.rules import ReaderRequest, found


@require_safe
def one(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Go to the claim of these words."""
    quote = found(request.reader, Quote, pk, among=Quote.objects.select_related("claim"))
    return redirect(quote.claim)
