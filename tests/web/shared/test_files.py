"""Files with records: taken by content, given to who may see the record, run by no browser."""

import io
import uuid
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from biotoop.web.organisations.models import Organisation, RoleGrant
from biotoop.web.shared.actions import files
from biotoop.web.shared.actions.file_types import media_type
from biotoop.web.shared.models import AuditEntry, StoredFile
from biotoop.web.shared.queries import files_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
STATA = b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>"
ME = uuid.UUID(int=7)


def archive(*parts: str, first: bytes = b"") -> bytes:
    """Make an archive with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        if first:
            made.writestr("mimetype", first)
        for part in parts:
            made.writestr(part, "x")
    return file.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


DOCX = archive("[Content_Types].xml", "word/document.xml")
ODT = archive("content.xml", first=b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PNG", PNG, "image/png"),
        ("a.webp", b"RIFF....WEBPVP8 ", "image/webp"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("a.csv", "naam;één\n".encode(), "text/csv"),
        ("a.csv", ("é" * 40_000).encode(), "text/csv"),
        ("a.sav", b"$FL2@(#) SPSS", "application/octet-stream"),
        ("a.dta", STATA, "application/octet-stream"),
        ("old.dta", b"\x72\x02\x01\x00" + b"\0" * 20, "application/octet-stream"),
    ],
)
def test_a_file_is_what_is_in_it(name, content, kind):
    assert media_type(name, upload(name, content)) == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<html>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.txt", b"  <SVG onload=alert(1)>"),
        ("a.csv", b"x;<script>alert(1)</script>"),
        ("a.pdf", b"<html>%PDF-"),
        ("a.png", PDF),
        ("a.docx", archive("word/other.xml")),
        ("a.docx", archive("word/document.xml", "word/vbaProject.bin")),
        ("a.xlsx", DOCX),
        ("a.odt", archive("content.xml", first=b"text/html")),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.csv", b"a;b\x00c"),
        ("a.csv", "café".encode("latin-1") + b"\xff"),
        ("a.exe", b"MZ"),
        ("a.dta", b"<stata_dta><script>alert(1)</script>"),
        ("a.dta", b"\x72\x05\x01\x00"),
        ("pdf", PDF),
        ("a.pdf.html", PDF),
    ],
)
def test_what_a_browser_might_run_or_what_lies_about_itself_is_refused(name, content):
    assert media_type(name, upload(name, content)) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\map\\plan.pdf", "plan.pdf"),
        ('a"\r\nX: y<b>.pdf', "aX yb.pdf"),
        ("é" * 300 + ".pdf", "é" * 196 + ".pdf"),
        ("...pdf", "pdf"),
    ],
)
def test_of_a_name_only_what_can_stand_in_any_folder_is_kept(given, kept):
    assert files.cleaned_name(given) == kept


@pytest.fixture
def place(monkeypatch) -> Organisation:
    monkeypatch.setattr(files, "HOLDERS", {"organisations.Organisation"})
    return Organisation.objects.create(name="Samenkracht", kind="social_work")


@pytest.fixture
def keeper(client, signed_in, place):
    signed_in(client, "student")
    RoleGrant.objects.create(
        user=client.user,
        role="partner_administrator",
        kind="organisation",
        scope_id=place.pk,
        starts_on=date(2020, 1, 1),
    )
    return client


def add(client, place, name="plan.pdf", content=PDF):
    where = f"/bestanden/bij/organisations.Organisation/{place.pk}/"
    return client.post(where, {"file": upload(name, content), "next": "/account/"}, follow=True)


def fetch(client, file: StoredFile):
    """Fetch a file to its end: status, headers, content."""
    answer = client.get(f"/bestanden/{file.pk}/")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, answer.headers, content


def test_a_file_is_kept_by_its_content_and_given_as_it_came(keeper, place, settings):
    page = add(keeper, place).content.decode()
    kept = StoredFile.objects.get()
    _, _, content = fetch(keeper, kept)

    assert "plan.pdf is toegevoegd." in page
    assert list(files_of(place)) == [kept]
    assert content == PDF
    assert not str(files.place_of(kept.sha256)).startswith(str(settings.STATIC_ROOT))
    assert files.place_of(kept.sha256).name == kept.sha256


def test_a_browser_runs_nothing_of_a_file(keeper, place):
    add(keeper, place)
    add(keeper, place, "plaatje.png", PNG)
    document, picture = (fetch(keeper, f)[1] for f in files_of(place))

    assert document["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert picture["Content-Disposition"].startswith("inline")
    for headers in (document, picture):
        assert "sandbox" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_who_may_not_see_the_record_does_not_get_its_file(keeper, place, signed_in):
    add(keeper, place)
    file = StoredFile.objects.get()
    other = signed_in(type(keeper)(), "lecturer")

    assert fetch(type(keeper)(), file)[0] in {302, 404}
    assert other.post(f"/bestanden/{file.pk}/weg/").status_code in {403, 404}
    assert add(other, place).status_code in {403, 404}
    assert StoredFile.objects.filter(removed_at=None).count() == 1


def test_files_stand_only_with_records_that_hold_files(keeper, place, monkeypatch):
    monkeypatch.setattr(files, "HOLDERS", set())

    assert add(keeper, place).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("leeg.pdf", b"", "is leeg"),
        ("groot.pdf", PDF + b"x" * 2000, "is groter dan"),
        ("pagina.html", b"<html>", "is niet bewaard"),
    ],
)
def test_a_file_that_is_refused_says_why_and_leaves_nothing(
    keeper, place, settings, name, content, message
):
    settings.FILE_BYTES = 1000
    page = add(keeper, place, name, content).content.decode()

    assert message in page
    assert not StoredFile.objects.exists()
    assert not list((settings.MEDIA_ROOT / "files").rglob("*.*"))


def test_a_file_that_was_put_away_comes_back_with_one_click(keeper, place):
    add(keeper, place)
    file = StoredFile.objects.get()
    page = keeper.post(f"/bestanden/{file.pk}/weg/", {"next": "/account/"}, follow=True)
    away = fetch(keeper, file)[0]
    keeper.post(f"/bestanden/{file.pk}/terug/")

    assert f"/bestanden/{file.pk}/terug/" in page.content.decode()
    assert away == 404
    assert fetch(keeper, file)[0] == 200
    acts = AuditEntry.objects.filter(object_id=file.pk).values_list("action", flat=True)
    assert {"file_added", "file_removed", "file_restored", "file_read"} <= set(acts)


def test_content_is_forgotten_a_month_after_the_last_file_with_it(place):
    first, second = (files.keep(place, upload(f"{n}.pdf", PDF), actor=ME) for n in "ab")
    files.remove(first, actor=ME)
    StoredFile.objects.filter(pk=first.pk).update(removed_at=now() - timedelta(days=31))
    files.purge()
    kept = files.place_of(second.sha256).exists()
    files.remove(second, actor=ME)
    recent = files.purge()
    StoredFile.objects.filter(pk=second.pk).update(removed_at=now() - timedelta(days=31))
    files.purge()

    assert (kept, recent) == (True, 0)
    assert not files.place_of(second.sha256).exists()


def test_going_back_leads_to_no_other_site(keeper, place):
    where = f"/bestanden/bij/organisations.Organisation/{place.pk}/"
    answer = keeper.post(where, {"file": upload("a.pdf", PDF), "next": "https://evil.example/"})

    assert answer.headers["Location"] == "/"
