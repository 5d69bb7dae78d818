"""Addresses of the API: one for each path of the operations, the description, and nothing else."""

from django.urls import path, re_path

from biotoop.web.api.views import (
    claims,
    description,
    drafts,
    learning,
    people,
    places,
    runs,
    sharing,
    studies,
    theories,
)
from biotoop.web.api.views.calls import nothing, view_of
from biotoop.web.api.views.operations import by_path

app_name = "api"
PARTS = (
    people,
    places,
    theories,
    drafts,
    studies,
    claims,
    runs,
    learning,
    sharing,
)  # they fill the operations
urlpatterns = [
    path("docs", description.docs, name="docs"),
    path("openapi.json", description.openapi, name="openapi"),
    *(
        path(address, view_of(operations), name=next(iter(operations.values())).name)
        for address, operations in by_path().items()
    ),
    re_path(r"^[\s\S]*$", nothing, name="nothing"),  # a line may end inside an address
]
