"""A folder of a study that is here updates the draft after a look, and never a registered plan."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from biotoop.web.interviews.actions.folders import folder_of
from biotoop.web.interviews.bridge.archives import pack
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.actions import registering
from biotoop.web.studies.models import Study, StudyDocument
from web.studies.pages import signed_in
from web.theories.conftest import person


def changed_folder(study: Study) -> bytes:
    files = folder_of(study)
    text = str(files["study.yaml"])
    return pack({**files, "study.yaml": text.replace("Samen eten", "Eten met buren")})


def send(desk, study: Study, packed: bytes):
    way = reverse("interviews:take_folder", args=[study.theory_id])
    return desk.post(way, {"file": SimpleUploadedFile("map.zip", packed)})


def take_over(desk, study: Study, page):
    fields: dict[str, object] = {"name": [d.name for d in page.context["differences"]]}
    for each in page.context["differences"]:
        fields |= {f"seen-{each.name}": each.seen, f"text-{each.name}": each.text}
    return desk.post(reverse("interviews:update_study", args=[study.pk]), fields)


def test_a_draft_is_updated_after_what_differs_was_shown(study, researcher):
    desk = signed_in(researcher)

    page = send(desk, study, changed_folder(study))
    shown = page.content.decode()
    assert "<ins>title: Eten met buren</ins>" in shown
    assert "<del>title: Samen eten</del>" in shown
    study.refresh_from_db()
    assert study.title == "Samen eten"

    take_over(desk, study, page)
    study.refresh_from_db()
    assert study.title == "Eten met buren"
    assert Study.objects.count() == 1


def test_a_registered_plan_is_shown_beside_the_folder_and_never_written_over(study, researcher):
    desk = signed_in(researcher)
    page = send(desk, study, changed_folder(study))
    study.refresh_from_db()
    registering.register_plan(study, by=researcher, seen=study.edition, language="nl")

    assert "vastgelegd" in send(desk, study, changed_folder(study)).context["why_not"]
    take_over(desk, study, page)

    study.refresh_from_db()
    assert study.title == "Samen eten"


def test_what_somebody_wrote_in_the_meantime_is_not_lost(study, researcher):
    desk = signed_in(researcher)
    page = send(desk, study, changed_folder(study))
    StudyDocument.objects.filter(study=study).update(edition=7)

    take_over(desk, study, page)

    study.refresh_from_db()
    assert study.title == "Samen eten"


@pytest.mark.parametrize("packed", [b"PK", b""])
def test_a_damaged_file_is_refused_as_before(study, researcher, packed):
    assert send(signed_in(researcher), study, packed).status_code == 422


def test_who_may_not_change_the_study_cannot_update_it(study, beekwaarde):
    reads = person("Piet", Role.PROFESSIONAL, Kind.ORGANISATION, beekwaarde.pk, beekwaarde)

    way = reverse("interviews:update_study", args=[study.pk])

    assert signed_in(reads).post(way, {}).status_code == 403
