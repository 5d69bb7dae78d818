"""Addresses of this app."""

from django.urls import path

from biotoop.web.shared.views import health, pages

app_name = "shared"
urlpatterns = [
    path("", pages.start, name="start"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
