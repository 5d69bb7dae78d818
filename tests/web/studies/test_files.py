"""Files with studies, theories and agreements: who sees the record opens them, who writes adds."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from biotoop.web.programmes.models import Agreement
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models import StoredFile
from web.theories.conftest import enter, person

STATA = b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>"
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def records(study, theory, partnership):
    agreement = Agreement.objects.get(partnership=partnership)
    return {"study": study, "theory": theory, "agreement": agreement}


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def writer(study, partnership, beekwaarde):
    """Give a coordinator of the research programme, who may write in the programme as well."""
    user = person("Co", Role.PROGRAMME_COORDINATOR, Kind.PARTNERSHIP, partnership.pk, beekwaarde)
    for role, kind, place in (
        (Role.LAB_RESEARCHER, Kind.ORGANISATION, beekwaarde.pk),
        (Role.PROGRAMME_OWNER, Kind.PROGRAMME, study.theory.programme_id),
    ):
        belongs = user.memberships.get()
        user.role_grants.create(
            role=role, kind=kind, scope_id=place, membership=belongs, starts_on=belongs.starts_on
        )
    return user


def add(desk: Client, record, name: str, content: bytes):
    way = reverse("shared:add_file", args=[record._meta.label, record.pk])
    return desk.post(way, {"file": SimpleUploadedFile(name, content)})


def page_of(record) -> str:
    return getattr(record, "partnership", record).get_absolute_url()


@pytest.mark.usefixtures("media", "version")
@pytest.mark.parametrize("kind", ["study", "theory", "agreement"])
@pytest.mark.parametrize(("name", "content"), [("plan.pdf", PDF), ("meting.dta", STATA)])
def test_who_writes_adds_a_file_and_who_reads_opens_it(
    records, writer, stranger, kind, name, content
):
    record, desk = records[kind], enter(Client(), writer)

    assert add(desk, record, name, content).status_code == 302

    kept = StoredFile.objects.get(owner_id=record.pk)
    way = reverse("shared:file", args=[kept.pk])
    assert way in desk.get(page_of(record)).content.decode()
    assert b"".join(desk.get(way).streaming_content) == content
    assert enter(Client(), stranger).get(way).status_code == 404


@pytest.mark.usefixtures("media")
def test_who_may_only_read_a_study_adds_nothing(study, beekwaarde):
    reader = person("Piet", Role.PROFESSIONAL, Kind.ORGANISATION, beekwaarde.pk, beekwaarde)
    desk = enter(Client(), reader)

    assert add(desk, study, "plan.pdf", PDF).status_code == 403
    assert "enctype" not in desk.get(study.get_absolute_url()).content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.usefixtures("media")
def test_a_file_that_is_not_what_it_says_is_refused_with_the_reason(study, researcher):
    desk = enter(Client(), researcher)

    add(desk, study, "meting.dta", b"<html><script>alert(1)</script>")

    assert not StoredFile.objects.exists()
    assert "niet bewaard" in desk.get(study.get_absolute_url()).content.decode()
