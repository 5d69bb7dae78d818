"""Runs are read by who may see them, and their findings in the edition that each may read."""

import pytest
from django.utils.timezone import now

from biotoop.web.analyses.bridge.places import Place
from biotoop.web.analyses.models import Run
from biotoop.web.shared.enums import Kind, Role
from web.api.conftest import program
from web.theories.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(study, version) -> Run:
    """Give a run that is ready, with findings of both editions where a run keeps them."""
    made = Run.objects.create(
        study=study, version=version, state="done", evidence_until=now(), content="1" * 64,
        digest="1" * 64, engine="1", finished_at=now(),
    )  # fmt: skip
    for edition in ("team", "readers"):
        folder = Place(made.digest).edition(edition)
        folder.mkdir(parents=True)
        (folder / "findings.json").write_text(f'{{"edition": "{edition}"}}')
    return made


def test_each_reads_the_findings_in_the_edition_that_is_theirs(lab, beekwaarde, run):
    piet = program(person("Piet", Role.PROFESSIONAL, Kind.ORGANISATION, beekwaarde.pk, beekwaarde))
    for asking, edition in ((lab, "team"), (piet, "readers")):
        assert asking.get(f"runs/{run.pk}").json()["findings"] == edition
        findings = asking.get(f"runs/{run.pk}/findings")
        assert b"".join(findings.streaming_content).decode() == f'{{"edition": "{edition}"}}'
        assert [r["id"] for r in asking.all(f"studies/{run.study_id}/runs")] == [str(run.pk)]


def test_a_run_that_is_not_ready_has_no_findings(lab, run):
    Run.objects.filter(pk=run.pk).update(state="running")

    assert lab.get(f"runs/{run.pk}").json()["findings"] is None
    assert lab.get(f"runs/{run.pk}/findings").status_code == 404


def test_who_belongs_elsewhere_sees_no_run(stranger, run):
    assert program(stranger).get(f"runs/{run.pk}").status_code == 404
    assert program(stranger).get(f"runs/{run.pk}/findings").status_code == 404
