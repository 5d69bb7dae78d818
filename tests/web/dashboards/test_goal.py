"""A policy goal by link: what is known, how sure, what it costs, what is asked."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from biotoop.web.analyses.bridge.places import Place
from biotoop.web.dashboards.bridge.euros import euros_of
from biotoop.web.dashboards.queries.goals import codes_towards, serving
from biotoop.web.organisations.queries import reader_of
from biotoop.web.theories.enums import Visibility
from biotoop.web.theories.models import AgendaItem, GoalLink, LinkAssessment
from web.dashboards.conftest import queries_of
from web.signing import signed_in

pytestmark = pytest.mark.django_db
BAND = {"mean": 10.0, "mean_error": 0.1, "mid": 12.0, "p5": 1.0, "p50": 9.0, "p95": 30.0}


def address(goal) -> str:
    return reverse("dashboards:goal", args=[goal.pk])


def make_public(theory) -> None:
    theory.visibility = Visibility.PUBLIC
    theory.save()


def judge(theory, version, **grades) -> None:
    """Judge steps of a version, as a run does."""
    run = uuid4()
    for code, grade in grades.items():
        LinkAssessment.objects.create(
            version=version, link=theory.links.get(code=code), run=run, scheme="1",
            evidence_until=now(), text_hash="0" * 64, grade=grade, people_for=12,
            people_against=None,
        )  # fmt: skip


def test_the_steps_that_lead_to_a_node_are_found_through_circles_too():
    links = [("S1", "A", "B"), ("S2", "B", "C"), ("S3", "C", "B"), ("S4", "C", "D")]
    content = {"links": [{"code": c, "from": a, "to": b} for c, a, b in links]}
    assert codes_towards(content, ["C"]) == {"S1", "S2", "S3"}
    assert codes_towards(content, ["A"]) == set()


def test_anybody_reads_a_public_goal_and_a_public_theory_only(goal, theory):
    page = Client().get(address(goal))
    assert page.status_code == 200
    assert str(theory.programme) not in page.content.decode()
    make_public(theory)
    assert str(theory.programme) in Client().get(address(goal)).content.decode()


def test_a_goal_that_is_not_public_asks_to_sign_in_and_is_hidden_from_strangers(goal, stranger):
    goal.is_public = False
    goal.save()
    assert Client().get(address(goal)).status_code == 302
    assert signed_in(stranger).get(address(goal)).status_code == 404


def test_without_a_run_the_page_says_that_nothing_can_be_said(goal, theory):
    make_public(theory)
    page = Client().get(address(goal)).content.decode()
    assert "te weinig om iets te zeggen" in page
    assert "Hier is nog geen uitkomst in euro" in page


def test_the_least_sure_step_stands_first_and_small_numbers_stay_hidden(goal, theory, version):
    make_public(theory)
    judge(theory, version, S8="plausible", S5="contradicted")
    answer = Client().get(address(goal))

    [way] = answer.context["ways"]
    assert way.weakest.code == "S5"
    assert {"S8", "S9", "S5"} <= {step.code for step, _sure in way.steps}
    text = answer.content.decode()
    assert "te weinig om te tonen" in text
    assert "12 /" in text


def test_a_later_judgement_takes_the_place_of_the_one_before(goal, theory, version):
    make_public(theory)
    judge(theory, version, S8="plausible")
    judge(theory, version, S8="disputed")
    [served] = serving(goal, reader_of(None))
    assert [row.grade for row in served.assessments.values()] == ["disputed"]


def test_the_agenda_asks_for_steps_on_the_way_to_the_goal_only(goal, theory, version):
    make_public(theory)
    run = uuid4()
    for rank, code in enumerate(("S8", "S7"), start=1):  # S7 leads to another outcome
        AgendaItem.objects.create(
            version=version, link=theory.links.get(code=code), run=run, rank=rank,
            reason_nl=f"Reden {code}", reason_en=f"Reason {code}",
        )  # fmt: skip
    page = Client().get(address(goal)).content.decode()
    assert "Reden S8" in page
    assert "Reden S7" not in page


def findings(headline: str) -> dict:
    row = {"label": {"nl": "Gemeente", "en": "Municipality"}, "costs": BAND, "benefits": BAND}
    silent = {**row, **dict.fromkeys(("costs", "benefits", "net"), dict.fromkeys(BAND, 0.0))}
    return {
        "headline": headline, "price_year": 2025, "net": BAND,
        "parties": [{**row, "net": BAND}, silent], "not_in_money": [{"label": "Rust"}],
    }  # fmt: skip


@pytest.mark.parametrize(("headline", "value"), [("mean", 10.0), ("mid", 12.0)])
def test_euros_carry_the_figure_of_the_report_with_its_band(headline, value):
    digest = uuid4().hex * 2
    folder = Place(digest).edition("readers")
    folder.mkdir(parents=True)
    (folder / "findings.json").write_text(json.dumps({"valuation": findings(headline)}))

    found = euros_of(digest)

    assert (found.net.value, found.net.low, found.net.high) == (value, 1.0, 30.0)
    assert [row.label.get("nl") for row in found.parties] == ["Gemeente"]
    assert found.price_year == 2025


def test_a_goal_that_nothing_serves_teaches_what_will_stand_there(goal):
    GoalLink.objects.all().delete()
    assert "Aan dit doel is nog niets verbonden" in Client().get(address(goal)).content.decode()


def test_the_page_asks_the_same_with_one_node_and_with_more(goal, theory, version, alderman):
    make_public(theory)
    judge(theory, version, S8="plausible")
    browser = signed_in(alderman)
    with_one = queries_of(browser, address(goal))
    for node in theory.nodes.exclude(code="N10"):
        GoalLink.objects.create(node=node, goal=goal)
    assert queries_of(browser, address(goal)) == with_one <= 15
