"""All addresses of the workplace."""

from django.urls import include, path

from biotoop.web.accounts.views.profile import choose_language
from biotoop.web.config.demo.entrance import enter

urlpatterns = [
    path("", include("biotoop.web.shared.urls")),
    path("", include("biotoop.web.accounts.urls")),
    path("", include("biotoop.web.organisations.urls")),
    path("", include("biotoop.web.programmes.urls")),
    path("", include("biotoop.web.theories.urls")),
    path("", include("biotoop.web.questions.urls")),
    path("", include("biotoop.web.studies.urls")),
    path("", include("biotoop.web.interviews.urls")),
    path("", include("biotoop.web.analyses.urls")),
    path("", include("biotoop.web.knowledge.urls")),
    path("", include("biotoop.web.clusters.urls")),
    path("", include("biotoop.web.dashboards.urls")),
    path("api/v1/", include("biotoop.web.api.urls")),
    path("taal/", choose_language, name="set_language"),
    path("demo/binnen/", enter, name="demo_enter"),
]

handler400 = "biotoop.web.shared.views.errors.bad_request"
handler403 = "biotoop.web.shared.views.errors.denied"
handler404 = "biotoop.web.shared.views.errors.not_found"
handler500 = "biotoop.web.shared.views.errors.failed"
