"""Addresses of this app."""

from django.urls import URLPattern, path

from biotoop.web.clusters.views import (
    clusters,
    community,
    datasets,
    lines,
    overview,
    parts,
    proposals,
    seats,
    themes,
)

app_name = "clusters"
ALL = "clusters/"
ONE = "clusters/<uuid:pk>/"
SEAT = "plaatsen/<uuid:pk>/"
LINE = "eigen-lijnen/<uuid:pk>/"
PROPOSAL = "clustervoorstellen/"
DATA = "clusterdata/<uuid:pk>/"
DUTCH = {
    "aspect": "deelvragen",
    "meeting": "bijeenkomsten",
    "decision": "besluiten",
    "after": "nazorg",
}


def pages_of(what: str, word: str) -> list[URLPattern]:
    """Give the addresses of one kind of part."""
    kind = {"what": what}
    whole = f"cluster{word}/<uuid:pk>/"
    return [
        path(f"{ONE}{word}/", parts.add, kind, name=f"add_{what}"),
        path(f"{whole}wijzigen/", parts.edit, kind, name=f"edit_{what}"),
        path(f"{whole}weg/", parts.archive, kind, name=f"archive_{what}"),
        path(f"{whole}terug/", parts.restore, kind, name=f"restore_{what}"),
    ]


def away(what: str, word: str) -> list[URLPattern]:
    """Give the addresses with which a report or a yield is taken away and put back."""
    kind = {"what": what}
    return [
        path(f"{word}/<uuid:pk>/weg/", lines.archive, kind, name=f"archive_{what}"),
        path(f"{word}/<uuid:pk>/terug/", lines.restore, kind, name=f"restore_{what}"),
    ]


urlpatterns = [
    path(ALL, clusters.index, name="list"),
    path(f"{ALL}nieuw/", clusters.make, name="make"),
    path(ONE, overview.detail, name="detail"),
    path(f"{ONE}wijzigen/", clusters.edit, name="edit"),
    path(f"{ONE}archiveren/", clusters.archive, name="archive"),
    path(f"{ONE}terugzetten/", clusters.restore, name="restore"),
    path(f"{ONE}adopteren/", overview.adopt, name="adopt"),
    path(f"{ONE}stap/<slug:name>/", overview.step, name="cluster_step"),
    path(f"{ONE}plaats-aanvragen/", seats.ask, name="ask"),
    path(f"{ONE}werkgemeenschap/", community.community, name="community"),
    path(f"{ONE}opbrengst/", community.yields, name="yields"),
    path(f"{ONE}data/", datasets.index, name="datasets"),
    path(f"{ONE}data/nieuw/", datasets.make, name="make_dataset"),
    path("clusterbesluiten/<uuid:pk>/opvolgen/", community.follow, name="follow"),
    path("leergroep/", community.group, name="group"),
    path("leergroep/nieuw/", community.add_group_meeting, name="add_group_meeting"),
    path("leergroep/<uuid:pk>/", community.edit_group_meeting, name="edit_group_meeting"),
    path("clusterthemas/", themes.index, name="themes"),
    path("clusterthemas/nieuw/", themes.make, name="make_theme"),
    path("clusterthemas/<uuid:pk>/wijzigen/", themes.edit, name="edit_theme"),
    path("clusterthemas/<uuid:pk>/weg/", themes.archive, name="archive_theme"),
    path("clusterthemas/<uuid:pk>/terug/", themes.restore, name="restore_theme"),
    path("plaatsen/", seats.index, name="seats"),
    path(SEAT, seats.detail, name="seat"),
    path(f"{SEAT}stap/<slug:name>/", seats.step, name="seat_step"),
    path(f"{SEAT}medewerker/", seats.employee, name="employee"),
    path(f"{SEAT}sponsor/", seats.sponsor, name="sponsor"),
    path(f"{SEAT}opbrengst/", lines.add_yield, name="add_yield"),
    path(f"{LINE}wijzigen/", lines.draw, name="line"),
    path(f"{LINE}vertellen/", lines.report, name="report"),
    path(f"{LINE}opbrengst/", lines.add_own_yield, name="add_own_yield"),
    path(f"{LINE}aansluiten/", lines.join, name="join"),
    path("aansluitingen/<uuid:pk>/einde/", lines.part_ways, name="part_ways"),
    path("clusterwerk/<uuid:pk>/", lines.work, name="work"),
    path("clusterwerk/<uuid:pk>/wijzigen/", lines.edit_report, name="edit_report"),
    path("clusteropbrengst/<uuid:pk>/wijzigen/", lines.edit_yield, name="edit_yield"),
    *away("report", "clusterwerk"),
    *away("yield", "clusteropbrengst"),
    path(PROPOSAL, proposals.index, name="proposals"),
    path(f"{PROPOSAL}nieuw/", proposals.make, name="make_proposal"),
    path(f"{PROPOSAL}<uuid:pk>/", proposals.detail, name="proposal"),
    path(f"{PROPOSAL}<uuid:pk>/wijzigen/", proposals.edit, name="edit_proposal"),
    path(f"{PROPOSAL}<uuid:pk>/stap/<slug:name>/", proposals.step, name="proposal_step"),
    path(f"{PROPOSAL}<uuid:pk>/meedoen/", proposals.interest, name="interest"),
    path("meedoen/<uuid:pk>/terug/", proposals.withdraw, name="withdraw_interest"),
    path(DATA, datasets.detail, name="dataset"),
    path(f"{DATA}wijzigen/", datasets.edit, name="edit_dataset"),
    path(f"{DATA}losmaken/", datasets.archive, name="archive_dataset"),
    path(f"{DATA}terug/", datasets.restore, name="restore_dataset"),
    path(f"{DATA}delen/", datasets.bring_in, name="bring_in"),
    path("clusterdatadelen/<uuid:pk>/openen/", datasets.open_part, name="open_part"),
    path("clusterdatadelen/<uuid:pk>/weg/", datasets.end_part, name="end_part"),
    path("clusterdatatoegang/<uuid:pk>/weg/", datasets.close, name="close_access"),
    *(page for what, word in DUTCH.items() for page in pages_of(what, word)),
]
