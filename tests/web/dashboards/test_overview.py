"""Where every study stands, for who may see it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from biotoop.web.studies.actions import studies
from biotoop.web.studies.models import Study
from web.dashboards.conftest import queries_of
from web.signing import signed_in

PAGE = "/overzicht/"
pytestmark = pytest.mark.django_db


def shown(user, asked: str = "") -> str:
    return signed_in(user).get(PAGE, {"staat": asked} if asked else {}).content.decode()


def test_a_late_study_says_so_and_is_found_under_late(study, researcher):
    assert study.title not in shown(researcher, "laat")
    yesterday = localdate() - timedelta(days=1)
    Study.objects.filter(pk=study.pk).update(publish_by=yesterday)

    assert study.title in shown(researcher, "laat")
    assert "te laat" in shown(researcher)


def test_a_published_study_is_not_late(study, researcher):
    yesterday = localdate() - timedelta(days=1)
    Study.objects.filter(pk=study.pk).update(publish_by=yesterday, published_on=yesterday)
    assert study.title not in shown(researcher, "laat")
    assert "gepubliceerd" in shown(researcher)


def test_a_state_shows_only_the_studies_in_it(study, researcher):
    assert study.title in shown(researcher, "idea")
    assert study.title not in shown(researcher, "fieldwork")


@pytest.mark.parametrize("asked", ["onzin", "' OR 1=1", "<script>"])
def test_a_state_that_is_not_there_shows_all(study, researcher, asked):
    page = shown(researcher, asked)
    assert study.title in page
    assert "<script>" not in page


def test_a_stranger_does_not_see_it(study, stranger):
    page = shown(stranger)
    assert study.title not in page
    assert reverse("theories:list") in page


def test_the_page_asks_the_same_with_one_study_and_with_thirty(theory, words, researcher):
    browser = signed_in(researcher)
    studies.start(theory, words, by=researcher)
    with_one = queries_of(browser, PAGE)
    for _number in range(29):
        studies.start(theory, words, by=researcher)
    assert queries_of(browser, PAGE) == with_one <= 15
