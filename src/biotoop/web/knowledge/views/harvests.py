"""The door for harvesters."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from biotoop.web.knowledge.bridge.harvesting import answer
from biotoop.web.shared.actions.mail import link
from biotoop.web.shared.rules import ReaderRequest


@csrf_exempt  # it changes nothing, and machines ask it by POST as well
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: ReaderRequest) -> HttpResponse:
    """Answer one request by OAI-PMH 2.0."""
    asked = request.POST if request.method == "POST" else request.GET
    pairs = [(name, value) for name, values in asked.lists() for value in values]
    whole = answer(pairs, link(reverse("knowledge:oai")))
    return HttpResponse("".join(whole), content_type="text/xml; charset=utf-8")
