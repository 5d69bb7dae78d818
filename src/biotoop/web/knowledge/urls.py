"""Addresses of this app."""

from django.urls import path

from biotoop.web.knowledge.views import catalogue, desk, harvests, network, parts

app_name = "knowledge"
WORK = "kennis/werk/"
ONE = f"{WORK}<uuid:pk>/"
urlpatterns = [
    path("kennis/", catalogue.index, name="catalogue"),
    path("kennis/<uuid:pk>/", catalogue.product, name="product"),
    path(
        "kennis/<uuid:pk>/datacite.json",
        catalogue.metadata,
        {"form": "json"},
        name="datacite_json",
    ),
    path("kennis/<uuid:pk>/datacite.xml", catalogue.metadata, {"form": "xml"}, name="datacite_xml"),
    path("kennis/<uuid:pk>/gebruikt/", parts.tell_use, name="tell_use"),
    path("kennis/versie/<uuid:pk>/", catalogue.release, name="release"),
    path("kennis/gebruik/<uuid:pk>/terug/", parts.take_back_use, name="take_back_use"),
    path("kennis/gebruik/<uuid:pk>/tonen/", parts.show_use, name="show_use"),
    path(WORK, desk.index, name="work"),
    path(f"{WORK}nieuw/", desk.make, name="make"),
    path(ONE, desk.detail, name="desk"),
    path(f"{ONE}wijzigen/<str:part>/", desk.edit, name="edit"),
    path(f"{ONE}stap/<str:act>/", desk.step, name="step"),
    path(f"{ONE}archiveren/", desk.archive, name="archive"),
    path(f"{ONE}terugzetten/", desk.restore, name="restore"),
    path(f"{ONE}makers/", parts.add_author, name="add_author"),
    path(f"{ONE}bronnen/", parts.add_source, name="add_source"),
    path(f"{ONE}stappen/", parts.add_touch, name="add_touch"),
    path(f"{ONE}<str:what>/<uuid:part>/weg/", parts.drop, name="drop"),
    path("netwerk/", network.network, name="network"),
    path("oai/", harvests.oai, name="oai"),
]
