"""The gallery shows every part, to who may see it."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory

from biotoop.web.shared.views import gallery

PARTS = Path(gallery.__file__).parents[1] / "templates" / "parts"


def test_the_gallery_shows_every_part_there_is():
    pages = [*PARTS.parent.glob("shared/gallery/*.html"), PARTS.parent / "shared/gallery.html"]
    pages += PARTS.glob("*.html")  # a part may stand within another one
    shown = set(re.findall(r'"parts/(\w+)\.html"', " ".join(p.read_text() for p in pages)))

    assert {part.stem for part in PARTS.glob("*.html")} - shown == set()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_gallery_asks_the_database_nothing(client, language):
    client.cookies["biotoop-language"] = language

    assert client.get("/onderdelen/").status_code == 200


@pytest.mark.parametrize(
    ("user", "is_shown"),
    [
        (AnonymousUser(), False),
        (SimpleNamespace(needs_second_factor=False, is_authenticated=True), False),
        (SimpleNamespace(needs_second_factor=True, is_authenticated=True), True),
    ],
)
def test_in_production_only_staff_see_the_gallery(settings, user, is_shown):
    settings.MODE = "production"
    request = RequestFactory().get("/onderdelen/")
    request.user = user

    if is_shown:
        assert gallery.gallery(request).status_code == 200
    else:
        with pytest.raises(Http404):
            gallery.gallery(request)


def test_the_demo_says_on_every_page_that_it_is_invented(client, settings):
    before = client.get("/").content.decode()
    settings.MODE = "demo"
    after = client.get("/").content.decode()

    assert "Verzonnen." not in before
    assert "Verzonnen." in after
