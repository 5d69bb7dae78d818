"""Addresses of this app."""

from django.urls import path

from biotoop.web.dashboards.views import goals, home, overview

app_name = "dashboards"
urlpatterns = [
    path("vandaag/", home.home, name="home"),
    path("overzicht/", overview.overview, name="overview"),
    path("beleidsdoelen/<uuid:pk>/wat-weten-we/", goals.goal, name="goal"),
]
