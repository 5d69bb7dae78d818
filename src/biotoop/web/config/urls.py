"""All addresses of the workplace."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("biotoop.web.shared.urls")),
    path("", include("biotoop.web.accounts.urls")),
    path("taal/", set_language, name="set_language"),
]

handler400 = "biotoop.web.shared.views.errors.bad_request"
handler403 = "biotoop.web.shared.views.errors.denied"
handler404 = "biotoop.web.shared.views.errors.not_found"
handler500 = "biotoop.web.shared.views.errors.failed"
