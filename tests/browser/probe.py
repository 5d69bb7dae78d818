"""Pages that only the browser tests have: htmx, a chart, and things that must not work."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django_htmx.jinja import htmx_script

from biotoop.web.config import urls as house

AXES = {
    "x": {"field": "maand", "type": "ordinal"},
    "y": {"field": "n", "type": "quantitative"},
}
CHART = {
    "data": {"values": [{"maand": m, "n": n} for m, n in enumerate([3, 5, 4, 7])]},
    "mark": "line",
    "encoding": AXES,
}
PAGE = """{% extends "shared/page.html" %}
{% block title %}Proef{% endblock %}
{% block head %}
<meta name="htmx-config" content='{"allowEval": false, "includeIndicatorStyles": false}'>
{{ script }}
{% endblock %}
{% block main %}
<h1>Proef</h1>
<button class="button" hx-get="/probe/part" hx-target="#part">Haal op</button>
<div id="part" aria-live="polite">leeg</div>
<figure><img src="/probe/chart.svg" alt="Een lijn die stijgt van drie naar zeven"></figure>
<div id="inline">{{ chart }}</div>
{{ attack }}
{% endblock %}"""
ATTACK = (
    "<script>document.title = 'inline'</script>"
    "<img src=x onerror=\"document.title = 'handler'\" alt=''>"
    "<p id=styled style='color: red'>x</p>"
    "<iframe src='https://elsewhere.example/' title='x'></iframe>"
)


def chart() -> str:
    """Draw a chart as the engine draws them: on the server, as SVG."""
    import vl_convert  # noqa: PLC0415

    return vl_convert.vegalite_to_svg(CHART)


def page(request: HttpRequest) -> HttpResponse:
    from django.utils.safestring import mark_safe  # noqa: PLC0415

    with_attack = "attack" in request.GET
    context = {
        "script": htmx_script(version=2, minified=True),
        "chart": mark_safe(chart()),  # noqa: S308 - our own drawing
        "attack": mark_safe(ATTACK) if with_attack else "",  # noqa: S308 - the attack is the point
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def part(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return HttpResponse("<p>opgehaald</p>")


def picture(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as above
    return HttpResponse(chart(), content_type="image/svg+xml")


def trip(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as above
    raise RuntimeError


def fall(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as above
    raise OperationalError


def refuse(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as above
    raise SuspiciousOperation


def forbid(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as above
    raise PermissionDenied


urlpatterns = [
    *house.urlpatterns,
    path("probe/", page),
    path("probe/part", part),
    path("probe/chart.svg", picture),
    path("probe/trip", trip),
    path("probe/fall", fall),
    path("probe/refuse", refuse),
    path("probe/forbid", forbid),
]
handler400, handler403 = house.handler400, house.handler403
handler404, handler500 = house.handler404, house.handler500
