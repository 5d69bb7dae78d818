"""A file from elsewhere goes on where it was, by its identity, or is refused whole."""

import io
import zipfile
from uuid import uuid4

import attrs
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from biotoop.engine.theory.model import Horizon
from biotoop.web.theories.actions.theories import Particulars, make
from biotoop.web.theories.bridge.documents import content_of
from biotoop.web.theories.bridge.files import folder_zip, read_theory, theory_yaml
from biotoop.web.theories.models import Theory, Version
from web.theories.conftest import DEMO, sound_theory

pytestmark = pytest.mark.django_db
TEXT = (DEMO / "p1.yaml").read_text()


def sent(content: bytes | str, name: str = "theory.yaml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def read_in(desk, programme, content):
    return desk.post(reverse("theories:read_in", args=[programme.pk]), {"file": sent(content)})


def read_into(desk, theory, content, edition=1):
    address = reverse("theories:read_into", args=[theory.pk])
    return desk.post(address, {"file": sent(content), "edition": edition})


def test_a_file_starts_a_theory_under_its_own_identity(desk, programme):
    answer = read_in(desk, programme, TEXT)

    made = Theory.objects.get()
    assert answer.status_code == 302
    assert made.pk == sound_theory().id
    assert made.invented
    assert made.nodes.count() == 11


def test_the_same_file_twice_does_not_double(desk, programme):
    read_in(desk, programme, TEXT)

    answer = read_in(desk, programme, TEXT)

    assert answer.status_code == 422
    assert Theory.objects.count() == 1


def test_the_same_identity_updates_the_draft_and_leaves_what_is_published(desk, programme):
    read_in(desk, programme, TEXT)
    theory = Theory.objects.get()
    address = reverse("theories:publish", args=[theory.pk])
    desk.post(address, {"edition": 1, "alone": "proef", "note": ""})
    published = Version.objects.get().content
    changed = TEXT.replace("Bewoners kennen meer buren bij naam", "Bewoners kennen veel buren")

    answer = read_into(desk, theory, changed)

    theory.draft.refresh_from_db()
    assert answer.status_code == 302
    assert "Bewoners kennen veel buren" in [n["label"] for n in theory.draft.content["nodes"]]
    assert Version.objects.get().content == published
    assert theory.nodes.count() == 11


def test_a_study_folder_goes_out_and_comes_back_the_same(desk, programme):
    read_in(desk, programme, folder_zip(sound_theory()))
    theory = Theory.objects.get()

    folder = desk.get(reverse("theories:folder", args=[theory.pk]), {"van": "concept"}).content
    with zipfile.ZipFile(io.BytesIO(folder)) as archive:
        text = archive.read("theory.yaml").decode()

    assert content_of(sound_theory()) == theory.draft.content
    assert read_into(desk, theory, text).status_code == 302
    theory.draft.refresh_from_db()
    assert theory.draft.content == content_of(sound_theory())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"PK\x03\x04 damaged", "beschadigd"),
        ("id: x\n", "uuid"),
        ("title: [\n", "theory.yaml"),
        (TEXT.replace("kind: outcome", "kind: wens", 1), "wens"),
        ("a: &a [*a, *a]\n", "theory.yaml"),
    ],
)  # fmt: skip
def test_a_file_with_faults_is_refused_whole_with_every_fault(desk, programme, content, says):
    answer = read_in(desk, programme, content)

    assert answer.status_code == 422
    assert says.lower() in answer.content.decode().lower()
    assert not Theory.objects.exists()


def test_a_zip_without_a_theory_is_refused(desk, programme):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("study.yaml", "id: x")

    assert read_in(desk, programme, made.getvalue()).status_code == 422
    assert not Theory.objects.exists()


@pytest.mark.parametrize("name", ["p1", "p2", "p3", "p4"])
def test_every_choice_of_a_theory_is_written_as_text_and_read_back(name):
    sound = sound_theory(name)
    slow = tuple(attrs.evolve(link, horizon=Horizon.YEARS) for link in sound.links)

    for theory in (sound, attrs.evolve(sound, links=slow)):
        reading = read_theory(theory_yaml(theory), "nl")
        assert reading.faults == ()
        assert reading.theory == theory


def test_parts_of_another_theory_are_not_taken(desk, programme, theory):
    other = theory_yaml(sound_theory()).replace(str(sound_theory().id), str(uuid4()))

    answer = read_in(desk, programme, other)

    assert answer.status_code == 422
    assert Theory.objects.count() == 1
    assert theory.nodes.count() == 11


def test_a_code_that_was_given_to_another_node_is_refused(desk, programme):
    read_in(desk, programme, TEXT)
    theory = Theory.objects.get()
    first = str(sound_theory().nodes[0].id)

    answer = read_into(desk, theory, TEXT.replace(first, str(uuid4())))

    theory.draft.refresh_from_db()
    assert answer.status_code == 422
    assert theory.draft.edition == 1


def test_a_file_of_another_theory_does_not_end_up_here(desk, programme, owner):
    theory = make(programme, Particulars(title="Leeg"), by=owner)

    assert read_into(desk, theory, TEXT).status_code == 422


def test_a_draft_that_changed_meanwhile_is_not_overwritten(desk, programme):
    read_in(desk, programme, TEXT)

    assert read_into(desk, Theory.objects.get(), TEXT, edition=7).status_code == 422
