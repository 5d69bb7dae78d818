"""A backup is whole and comes back whole; what is not whole is refused."""

import json
import zipfile

import pytest

from biotoop.web.shared.actions import archiving
from web.conftest import ON_POSTGRESQL, databases
from web.running import Workplace

PUT = """
from biotoop.web.accounts.models import User
from biotoop.web.shared.actions import audit
user = User.objects.create_user("fatma@example.org", "een lang wachtwoord", name="Fatma")
audit.record(actor=user.id, action="joined", purpose="test")
audit.seal()
"""
TELL = "from biotoop.web.accounts.models import User as U; print(U.objects.get().email)"
NAME = "database.pgdump" if ON_POSTGRESQL else "database.sqlite3"


@pytest.fixture(scope="module")
def workplace(tmp_path_factory):
    """Give a workplace with a person, a sealed trail and a picture."""
    folder = tmp_path_factory.mktemp("full")
    with databases(folder) as make:
        place = Workplace(folder / "data", make())
        place.command("migrate", "-v0")
        assert place.command("shell", "--no-imports", "-c", PUT).returncode == 0
        picture = place.data / "media" / "deep" / "picture.bin"
        picture.parent.mkdir(parents=True)
        picture.write_bytes(bytes(range(256)) * 40)
        yield place


@pytest.fixture(scope="module")
def archive(workplace, tmp_path_factory):
    """Give its backup."""
    target = tmp_path_factory.mktemp("kept") / "archive.zip"
    made = workplace.command("backup", str(target))
    assert made.returncode == 0, made.stderr
    return target


@pytest.fixture
def empty(tmp_path, make_database):
    """Give a workplace where nothing happened yet."""
    return Workplace(tmp_path / "other", make_database())


def rewritten(archive, tmp_path, change):
    """Copy an archive, with each file as ``change`` wants it; None leaves it out."""
    copy = tmp_path / "rewritten.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return copy


def with_manifest(**changes):
    """Give a change of fields of the manifest."""

    def change(name, content):
        if name != "manifest.json":
            return content
        return json.dumps(json.loads(content) | changes)

    return change


def test_a_backup_comes_back_whole_with_its_trail_and_its_files(archive, empty, workplace):
    restored = empty.command("restore", str(archive))

    assert restored.returncode == 0, restored.stderr
    assert empty.command("shell", "--no-imports", "-c", TELL).stdout.strip() == "fatma@example.org"
    assert "Whole: 1 entries sealed" in empty.command("audit", "verify").stdout
    path = "media/deep/picture.bin"
    assert (empty.data / path).read_bytes() == (workplace.data / path).read_bytes()


def test_a_backup_is_the_owners_alone_and_holds_no_key(archive, workplace):
    key = (workplace.data / "secret-key").read_bytes()

    assert archive.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(archive) as opened:
        assert set(opened.namelist()) == {NAME, "media/deep/picture.bin", "manifest.json"}
        assert not any(key in opened.read(name) for name in opened.namelist())


def test_a_backup_overwrites_nothing(archive, workplace):
    before = archive.read_bytes()
    refused = workplace.command("backup", str(archive))

    assert refused.returncode == 1
    assert archive.read_bytes() == before
    assert sorted(path.name for path in archive.parent.glob(".backup-*")) == []


def test_nothing_is_restored_over_a_workplace_that_holds_something(archive, workplace):
    refused = workplace.command("restore", str(archive))

    assert refused.returncode == 1
    assert "The database is not empty" in refused.stderr
    assert "media is not empty" in refused.stderr


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda n, c: c[:-1] + b"!" if n == NAME else c, f"{NAME} is damaged"),
        (lambda n, c: c if n != "media/deep/picture.bin" else None, "picture.bin is lacking"),
        (lambda n, c: c if n != "manifest.json" else None, "no archive of a workplace"),
        (lambda n, c: c if n != "manifest.json" else "[]", "no archive of a workplace"),
        (with_manifest(format=99), "does not know"),
        (with_manifest(database="oracle"), "is of oracle"),
        (with_manifest(migrations=["shared.9999_later"]), "newer version"),
        (with_manifest(files={}), "not in the manifest"),
    ],
    ids=["damaged", "lacking", "no manifest", "no table", "format", "kind", "newer", "extra"],
)
@pytest.mark.django_db
def test_an_archive_that_is_not_right_is_refused(archive, tmp_path, change, reason):
    copy = rewritten(archive, tmp_path, change)
    with (
        zipfile.ZipFile(copy) as wrong,
        pytest.raises(archiving.ArchiveRefused, match=reason),
    ):
        archiving.checked_manifest(wrong)


def test_a_damaged_archive_changes_nothing_and_the_whole_one_still_comes_back(
    archive, empty, tmp_path
):
    broken = rewritten(archive, tmp_path, lambda n, c: c[:-1] if n == NAME else c)

    refused = empty.command("restore", str(broken))

    assert refused.returncode == 1
    assert f"{NAME} is damaged" in refused.stderr
    assert not (empty.data / "media").exists()
    assert empty.command("restore", str(archive)).returncode == 0


@pytest.mark.parametrize("cut", [lambda c: c[:-200], lambda _: b"not a zip", lambda _: b""])
def test_an_archive_cut_short_or_something_else_is_refused(archive, tmp_path, monkeypatch, cut):
    monkeypatch.setattr(archiving, "refuse_full_target", lambda: None)
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(cut(archive.read_bytes()))

    with pytest.raises(archiving.ArchiveRefused, match="cannot be read as an archive"):
        archiving.restore(wrong)


@pytest.mark.django_db
def test_a_file_that_wants_to_lie_elsewhere_is_refused(archive, tmp_path):
    def change(name, content):
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        manifest["files"]["../outside"] = manifest["files"]["media/deep/picture.bin"]
        return json.dumps(manifest)

    wrong = rewritten(archive, tmp_path, change)
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(wrong, "a") as new:
        new.writestr("../outside", old.read("media/deep/picture.bin"))
    with (
        zipfile.ZipFile(wrong) as opened,
        pytest.raises(archiving.ArchiveRefused, match=r"\.\./outside does not belong"),
    ):
        archiving.checked_manifest(opened)
