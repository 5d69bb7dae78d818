"""Addresses of this app."""

from django.urls import path

from biotoop.web.studies.views import cycles, evidence, items, plans, studies

app_name = "studies"
ONE, CYCLE, THEORY = "studies/<uuid:pk>/", "cycli/<uuid:pk>/", "redeneerlijnen/<uuid:pk>/"
urlpatterns = [
    path("studies/", studies.listed, name="list"),
    path("studies/niet-gepubliceerd/", studies.unpublished, name="unpublished"),
    path(f"{THEORY}studies/nieuw/", studies.make, name="make"),
    path(ONE, studies.detail, name="study"),
    path(f"{ONE}wijzigen/", studies.change, name="change"),
    path(f"{ONE}verder/", studies.go_on, name="go_on"),
    path(f"{ONE}terug/", studies.go_back, name="go_back"),
    path(f"{ONE}publicatie/", studies.publish, name="publish"),
    path(f"{ONE}archief/", studies.archive, name="archive"),
    path(f"{ONE}documenten/", plans.all_documents, name="documents"),
    path(f"{ONE}documenten/weg/", plans.drop_document, name="drop_document"),
    path(f"{ONE}plan/", plans.plan, name="plan"),
    path("plannen/<uuid:pk>/", plans.registration, name="registration"),
    path(f"{ONE}waarborgen/", plans.safeguards, name="safeguards"),
    path("waarborgen/<uuid:pk>/", plans.settle, name="settle"),
    path(f"{ONE}bewijs/", evidence.listed, name="evidence"),
    path(f"{ONE}literatuur/nieuw/", evidence.add_literature, name="add_literature"),
    path("literatuur/<uuid:pk>/", evidence.literature, name="literature"),
    path("literatuur/<uuid:pk>/weg/", evidence.drop_literature, name="drop_literature"),
    path(f"{ONE}toetsen/nieuw/", evidence.add_test, name="add_test"),
    path("toetsen/<uuid:pk>/", evidence.test, name="test"),
    path("literatuur/<uuid:pk>/zien/", items.literature, name="literature_item"),
    path("toetsen/<uuid:pk>/zien/", items.test, name="test_item"),
    path("toetsen/<uuid:pk>/weg/", evidence.drop_test, name="drop_test"),
    path(f"{ONE}gegevens/", evidence.data, name="data"),
    path("gegevens/<uuid:pk>/", evidence.download, name="download"),
    path("cycli/", cycles.listed, name="cycles"),
    path(f"{THEORY}cycli/nieuw/", cycles.make, name="make_cycle"),
    path(CYCLE, cycles.detail, name="cycle"),
    path(f"{CYCLE}wijzigen/", cycles.change, name="change_cycle"),
    path(f"{CYCLE}antwoorden/", cycles.answer, name="answer"),
    path(f"{CYCLE}verder/", cycles.go_on, name="cycle_on"),
    path(f"{CYCLE}terug/", cycles.go_back, name="cycle_back"),
    path(f"{CYCLE}besluit/", cycles.decide, name="decide"),
    path(f"{CYCLE}volgende/", cycles.follow, name="follow"),
    path("reflecties/<uuid:pk>/", cycles.reflect, name="reflect"),
    path("reflecties/<uuid:pk>/stil/", cycles.silent, name="silent"),
]
