"""Addresses of this app."""

from django.urls import URLPattern, path

from biotoop.web.programmes.views import goals, partnerships, parts, programmes

app_name = "programmes"
WHOLE = "onderzoeksprogrammas/"
DUTCH = {
    "agreement": "overeenkomsten",
    "partner": "partners",
    "line": "lijnen",
    "line_partner": "lijnpartners",
    "capacity": "inzet",
}


def pages_of(what: str, word: str) -> list[URLPattern]:
    """Give the addresses of one kind of part."""
    kind = {"what": what}
    return [
        path(f"{word}/<uuid:pk>/wijzigen/", parts.edit, kind, name=f"edit_{what}"),
        path(f"{word}/<uuid:pk>/weg/", parts.archive, kind, name=f"archive_{what}"),
        path(f"{word}/<uuid:pk>/terug/", parts.restore, kind, name=f"restore_{what}"),
    ]


urlpatterns = [
    path("programmas/", programmes.index, name="list"),
    path("programmas/nieuw/", programmes.make, name="make"),
    path("programmas/<uuid:pk>/", programmes.detail, name="detail"),
    path("programmas/<uuid:pk>/wijzigen/", programmes.edit, name="edit"),
    path("programmas/<uuid:pk>/archiveren/", programmes.archive, name="archive"),
    path("programmas/<uuid:pk>/terugzetten/", programmes.restore, name="restore"),
    path("beleidsdoelen/", goals.index, name="goals"),
    path("beleidsdoelen/nieuw/", goals.make, name="make_goal"),
    path("beleidsdoelen/<uuid:pk>/", goals.detail, name="goal"),
    path("beleidsdoelen/<uuid:pk>/wijzigen/", goals.edit, name="edit_goal"),
    path("beleidsdoelen/<uuid:pk>/archiveren/", goals.archive, name="archive_goal"),
    path("beleidsdoelen/<uuid:pk>/terugzetten/", goals.restore, name="restore_goal"),
    path(WHOLE, partnerships.index, name="partnerships"),
    path(f"{WHOLE}nieuw/", partnerships.make, name="make_partnership"),
    path(f"{WHOLE}<uuid:pk>/", partnerships.detail, name="partnership"),
    path(f"{WHOLE}<uuid:pk>/wijzigen/", partnerships.edit, name="edit_partnership"),
    path("lijnen/<uuid:pk>/partners/", parts.add_to_line, name="add_line_partner"),
    *(
        path(f"{WHOLE}<uuid:pk>/{word}/", parts.add, {"what": what}, name=f"add_{what}")
        for what, word in DUTCH.items()
        if what != "line_partner"
    ),
    *(page for what, word in DUTCH.items() for page in pages_of(what, word)),
]
