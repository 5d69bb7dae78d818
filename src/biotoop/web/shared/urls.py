"""Addresses of this app."""

from django.urls import path

from biotoop.web.shared.views import files, gallery, health, identity, outbox, pages, searching

app_name = "shared"
urlpatterns = [
    path("", pages.start, name="start"),
    path("id/<uuid:pk>/", identity.by_id, name="by_id"),
    path("zoeken/", searching.search, name="search"),
    path("onderdelen/", gallery.gallery, name="gallery"),
    path("bestanden/<uuid:pk>/", files.given, name="file"),
    path("bestanden/<uuid:pk>/weg/", files.removed, name="remove_file"),
    path("bestanden/<uuid:pk>/terug/", files.restored, name="restore_file"),
    path("bestanden/bij/<str:kind>/<uuid:owner_id>/", files.added, name="add_file"),
    path("beheer/post/", outbox.outbox, name="outbox"),
    path("beheer/post/<uuid:pk>/", outbox.letter, name="letter"),
    path("beheer/post/<uuid:pk>/opnieuw/", outbox.again, name="letter_again"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
