"""A whole study folder is taken in as it is, or not at all; and comes out the same."""

from pathlib import Path

import pytest
from django.urls import reverse

from biotoop.engine.evidence.reading import read_evidence
from biotoop.web.interviews.actions import folders
from biotoop.web.interviews.bridge.archives import pack, unpack
from biotoop.web.interviews.models import Claim, Quote
from biotoop.web.studies.actions.documents import Unreadable
from biotoop.web.studies.bridge.folders import on_disk
from biotoop.web.studies.models import LiteratureItem, ProcessTest, Snapshot, Study
from biotoop.web.theories.bridge.documents import hash_of, whole_of
from biotoop.web.theories.bridge.files import read_theory
from biotoop.web.theories.models import Version
from web.studies.pages import signed_in

EXAMPLE = Path(__file__).parents[3] / "examples" / "ontmoeten"
LEFT_OUT = ("data/truth.json",)


def example() -> dict[str, bytes]:
    """Give the files of the invented example that belong in a study folder."""
    files = [path for path in sorted(EXAMPLE.rglob("*")) if path.is_file()]
    named = {path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in named.items() if name not in LEFT_OUT}


@pytest.fixture
def home(theory):
    """Give a theory that was published as the example has it."""
    read = read_theory((EXAMPLE / "theory.yaml").read_text("utf-8"), "nl").theory
    Version.objects.create(theory=theory, number=7, content=whole_of(read), text_hash=hash_of(read))
    return theory


def evidence_in(files) -> object:
    with on_disk(files) as folder:
        read = read_evidence(folder / "evidence", None)
    return read.claims, read.literature, read.judgements


def refused(theory, files, by) -> list[str]:
    """Try to take files in; give the files that have faults."""
    with pytest.raises(Unreadable) as refusal:
        folders.take(theory, pack(files), by=by, language="nl")
    assert (Study.objects.count(), Claim.objects.count(), Snapshot.objects.count()) == (0, 0, 0)
    return [fault.file for fault in refusal.value.faults if fault.stops]


def test_the_example_is_taken_in_whole_and_comes_out_the_same(home, researcher):
    files = example()

    study = folders.take(home, pack(files), by=researcher, language="nl")

    out = folders.folder_of(study)
    assert set(out) == {name for name in files if not name.startswith("registration")}
    for name in ("study.yaml", "effects.yaml", "valuation.yaml", "data/survey.csv"):
        text = out[name].encode() if isinstance(out[name], str) else out[name]
        assert text == files[name]
    now, then = evidence_in(out), evidence_in(files)
    assert now[1:] == then[1:]
    assert {claim.id: claim.quote for claim in now[0]} == {c.id: c.quote for c in then[0]}
    assert (Quote.objects.count() > 0, ProcessTest.objects.count() > 0) == (True, True)
    assert LiteratureItem.objects.count() == len(then[1])


def test_every_file_with_a_fault_is_told_and_nothing_is_kept(home, researcher):
    files = example()
    files["effects.yaml"] = files["effects.yaml"] + b"\nunknown_key: 1\n"
    files["data/survey.csv"] = files["data/survey.csv"].replace(b"\n", b"\nx", 1)
    files["notes.docx"] = b"x"

    found = refused(home, files, researcher)

    assert {"effects.yaml", "notes.docx"} <= set(found)


def test_a_folder_about_another_theory_is_refused(theory, version, researcher):
    assert version.theory == theory
    assert "theory.yaml" in refused(theory, example(), researcher)


def test_a_phone_number_in_one_claim_stops_the_whole_folder(home, researcher):
    files = example()
    quote = "Ze wist de tweede keer mijn naam al."
    files["evidence/claims.csv"] = (
        files["evidence/claims.csv"].decode().replace(quote, "Bel 0612345678.").encode()
    )

    assert set(refused(home, files, researcher)) == {"evidence/claims.csv"}


def test_a_folder_that_is_here_already_does_not_double(home, researcher):
    folders.take(home, pack(example()), by=researcher, language="nl")

    with pytest.raises(Unreadable):
        folders.take(home, pack(example()), by=researcher, language="nl")

    assert Study.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04half", pack({"readme.txt": "x"})])
def test_what_is_no_study_folder_is_refused_in_words(home, researcher, data):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    address = reverse("interviews:take_folder", args=[home.pk])
    sent = {"file": SimpleUploadedFile("map.zip", data)}

    answer = signed_in(researcher).post(address, sent)

    assert answer.status_code == 422
    assert not Study.objects.exists()


def test_the_folder_goes_out_as_one_file_to_who_may_see_its_words(home, researcher, owner):
    study = folders.take(home, pack(example()), by=researcher, language="nl")
    address = reverse("interviews:folder", args=[study.pk])

    given = unpack(signed_in(researcher).get(address).content)

    assert "evidence/claims.csv" in given.texts
    assert "data/survey.csv" in given.data
    assert signed_in(owner).get(address).status_code == 403
