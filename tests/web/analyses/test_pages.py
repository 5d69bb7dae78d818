"""Findings, the evidence on an arrow, and a judgement beside it, as pages."""

import json

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext

from biotoop.web.analyses.bridge.places import Place
from biotoop.web.analyses.models import Override, Run
from biotoop.web.theories.models import Link, LinkAssessment, Node, Version

CHAPTERS = ("theory", "steps", "effects", "euros", "next", "appendix", "voices")
MOST_QUERIES = 15


@pytest.fixture
def arrow(here) -> Link:
    return Link.objects.get(theory=here.study.theory, code="S4")


def panel(here, link: Link) -> str:
    return f"/redeneerlijnen/{here.study.theory_id}/bewijs/stap/{link.pk}/"


def addresses(here) -> list[str]:
    one, study = here.run.get_absolute_url(), here.study.get_absolute_url()
    node = Node.objects.filter(theory=here.study.theory).first()
    theory = f"/redeneerlijnen/{here.study.theory_id}"
    link = Link.objects.get(theory=here.study.theory, code="S1")
    return [
        one,
        *(f"{one}hoofdstuk/{anchor}/" for anchor in CHAPTERS),
        f"{one}stap/step-S4/",
        f"{one}knoop/{node.code}/",
        f"{study}bevindingen/",
        f"{study}bevindingen/vergelijken/",
        f"{theory}/bewijs/stap/{link.pk}/",
        f"{theory}/bewijs/knoop/{node.pk}/",
        f"{study}oordeel/{link.pk}/",
        f"{study}zekerheid/{link.pk}/",
    ]


def test_every_page_opens_in_few_queries(here):
    desk = here.desk(here.researcher)
    for address in addresses(here):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = desk.get(address)
        assert answer.status_code == 200, address
        assert len(asked) <= MOST_QUERIES, (address, len(asked))


def test_an_arrow_shows_both_sides_and_folds_neither(here, arrow):
    page = here.desk(here.researcher).get(panel(here, arrow)).content.decode()
    assert "find-side for" in page
    before, _, after = page.partition("find-side against")
    assert after
    assert before.count("<details") == before.count("</details")


def test_the_drawing_the_board_and_the_outline_lead_to_the_evidence_of_each_arrow_and_node(here):
    theory = here.study.theory
    node = Node.objects.filter(theory=theory).first()
    ways = [f"{theory.get_absolute_url()}bewijs/knoop/{node.pk}/"]
    ways += [panel(here, link) for link in Link.objects.filter(theory=theory)]
    desk = here.desk(here.partner)  # a professional of the house writes along

    for part in ("", "schrijven/", "tekenen/", "tekenbord/"):
        page = desk.get(theory.get_absolute_url() + part).content.decode()
        assert all(way in page for way in ways), part

    links = desk.get(f"{theory.get_absolute_url()}tekenbord/").json()["links"]
    judged = {row.link_id for row in LinkAssessment.objects.filter(run=here.run.pk)}
    assert judged
    assert {link["id"] for link in links if link["grade_words"]} == {str(key) for key in judged}


def test_beside_the_drawing_a_panel_comes_without_the_page_around_it(here, arrow):
    desk = here.desk(here.researcher)
    node = Node.objects.filter(theory=here.study.theory).first()
    for way in (
        panel(here, arrow),
        f"/redeneerlijnen/{here.study.theory_id}/bewijs/knoop/{node.pk}/",
    ):
        part = desk.get(way, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert "<h2>" in part


def test_each_figure_leads_to_run_and_plan(here, arrow):
    page = here.desk(here.researcher).get(panel(here, arrow)).content.decode()
    assert here.run.get_absolute_url() in page
    assert f"/registratie/{here.study.registrations.get().pk}" in page or "vastgelegd" in page


def test_readers_get_the_figures_of_their_own_edition_and_never_those_of_the_team(here):
    one = f"{here.run.get_absolute_url()}findings.json"
    for user, edition in ((here.researcher, "team"), (here.partner, "readers")):
        sent = b"".join(here.desk(user).get(one).streaming_content)
        assert sent == (Place(here.run.digest).edition(edition) / "findings.json").read_bytes()
    quoted = f"{here.run.get_absolute_url()}studiemap.zip"
    assert here.desk(here.partner).get(quoted).status_code == 403


def test_another_grade_stands_beside_the_computed_one_with_its_reason(here, arrow):
    desk = here.desk(here.researcher)
    address = f"{here.study.get_absolute_url()}oordeel/{arrow.pk}/"
    assert desk.post(address, {"grade": "open", "reason": ""}).status_code == 422
    desk.post(address, {"grade": "open", "reason": "De vier tegenstemmen gingen over de bus."})
    made = Override.objects.get(link=arrow)
    assert (made.computed, made.grade) == ("adverse", "open")
    last = LinkAssessment.objects.filter(link=arrow).order_by("made_at").last()
    assert (last.grade, last.override) == ("adverse", "open")
    page = here.desk(here.partner).get(panel(here, arrow)).content.decode()
    assert "over de bus" in page


def test_the_computed_grade_is_no_other_grade(here, arrow):
    address = f"{here.study.get_absolute_url()}oordeel/{arrow.pk}/"
    sent = {"grade": "adverse", "reason": "Zo is het."}
    assert here.desk(here.researcher).post(address, sent).status_code == 422
    assert not Override.objects.filter(link=arrow).exists()


def test_a_study_with_judgements_of_its_own_and_a_new_one_runs_again(here, arrow):
    sent = {"grade": "open", "reason": "Het ging over de bus."}
    here.desk(here.researcher).post(f"{here.study.get_absolute_url()}oordeel/{arrow.pk}/", sent)
    assert Override.objects.filter(link=arrow).exists()
    address = f"{here.study.get_absolute_url()}bevindingen/rekenen/"
    assert here.desk(here.researcher).post(address).status_code == 302
    again = Run.objects.exclude(pk=here.run.pk).get(study=here.study)
    kept = yaml.safe_load((Place(again.digest).folder / "evidence/judgements.yaml").read_text())
    assert arrow.code in [row["target"] for row in kept["overrides"]]
    assert len(kept["overrides"]) > 1


def test_only_an_assessor_judges(here, arrow):
    address = f"{here.study.get_absolute_url()}oordeel/{arrow.pk}/"
    assert here.desk(here.partner).get(address).status_code == 403


def test_a_step_whose_text_changed_asks_for_another_look(here, arrow):
    theory, version = here.study.theory, here.run.version
    content = json.loads(json.dumps(version.content))
    changed = next(each for each in content["links"] if each["code"] == arrow.code)
    changed["then"] = {"nl": "gebeurt er iets heel anders"}
    theory.latest = Version.objects.create(
        theory=theory, number=2, content=content, text_hash="0" * 64
    )
    theory.save()
    page = here.desk(here.researcher).get(panel(here, arrow)).content.decode()
    assert "ewijzigd" in page


def test_drawings_have_an_address_of_their_own(here):
    page = here.desk(here.researcher).get(f"{here.run.get_absolute_url()}hoofdstuk/effects/")
    assert "figure-forest.svg" in page.content.decode()
    assert "<svg" not in page.content.decode().split("find-figure")[1].split("</figure>")[0]
    drawn = here.desk(here.researcher).get(
        f"{here.run.get_absolute_url()}tekening/figure-forest.svg"
    )
    assert drawn.headers["Content-Type"] == "image/svg+xml"
