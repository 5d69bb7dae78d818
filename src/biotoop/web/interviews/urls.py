"""Addresses of this app."""

from django.urls import path

from biotoop.web.interviews.views import claims, folders, rounds, updating, words

app_name = "interviews"
STUDY = "studies/<uuid:pk>/"
urlpatterns = [
    path(f"{STUDY}uitspraken/", claims.listed, name="claims"),
    path(f"{STUDY}uitspraken/nieuw/", claims.add, name="add"),
    path(f"{STUDY}uitspraken/plakken/", rounds.paste, name="paste"),
    path("uitspraken/<uuid:pk>/", claims.one, name="claim"),
    path("woorden/<uuid:pk>/", words.one, name="words"),
    path("uitspraken/<uuid:pk>/weg/", claims.drop, name="drop"),
    path(f"{STUDY}rondes/nieuw/", rounds.add, name="add_round"),
    path("rondes/<uuid:pk>/", rounds.one, name="round"),
    path(f"{STUDY}gemist/", rounds.missing, name="proposals"),
    path("gemist/<uuid:pk>/", rounds.decide, name="decide"),
    path(f"{STUDY}studiemap.zip", folders.given, name="folder"),
    path(f"{STUDY}studiemap/overnemen/", updating.update, name="update_study"),
    path("redeneerlijnen/<uuid:pk>/studies/inlezen/", folders.taken, name="take_folder"),
]
