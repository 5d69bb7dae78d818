"""Addresses of this app."""

from django.urls import path

from biotoop.web.analyses.views import comparing, findings, judging, panels, runs, taking

app_name = "analyses"
STUDY = "studies/<uuid:pk>/"
ONE = "bevindingen/<uuid:pk>/"
THEORY = "redeneerlijnen/<uuid:pk>/bewijs/"
urlpatterns = [
    path(f"{STUDY}bevindingen/", runs.listed, name="runs"),
    path(f"{STUDY}bevindingen/rekenen/", runs.ask, name="ask"),
    path(f"{STUDY}bevindingen/vergelijken/", comparing.compare, name="compare"),
    path(f"{STUDY}oordeel/<uuid:link>/", judging.override, name="override"),
    path(f"{STUDY}zekerheid/<uuid:link>/", judging.certainty, name="certainty"),
    path(ONE, findings.run, name="run"),
    path(f"{ONE}voortgang/", runs.progress, name="progress"),
    path(f"{ONE}hoofdstuk/<slug:anchor>/", findings.chapter, name="chapter"),
    path(f"{ONE}stap/<slug:anchor>/", findings.step, name="step"),
    path(f"{ONE}knoop/<slug:code>/", findings.node, name="node"),
    path(f"{ONE}tekening/<slug:name>.svg", findings.drawing, name="drawing"),
    path(f"{ONE}verslag/<slug:kind>/", taking.report, name="report"),
    path(f"{ONE}findings.json", taking.findings, name="findings"),
    path(f"{ONE}studiemap.zip", taking.folder, name="folder"),
    path(f"{THEORY}stap/<uuid:link>/", panels.link, name="link_panel"),
    path(f"{THEORY}knoop/<uuid:node>/", panels.node, name="node_panel"),
]
