"""Put the workplace in one archive, and make a workplace from an archive.

An archive is a zip with the database, the media files, and a manifest: what it is, of which
version, and the SHA-256 of each file. The secret key is not in it: keep that elsewhere.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.timezone import now

from biotoop import __version__
from biotoop.web.shared.actions.dumps import NAMES, DumpFailed, dump, is_empty, load

FORMAT, MANIFEST, MEDIA = 1, "manifest.json", "media/"
BLOCK = 1 << 20


class ArchiveRefused(Exception):
    """The archive cannot be used, or there is no room for it here; every reason is listed."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def back_up(target: Path) -> dict[str, Any]:
    """Write an archive; it stands there whole, or not at all. Give its manifest."""
    if target.exists():
        raise ArchiveRefused(f"{target} is there already; nothing is overwritten.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as temporary:
        unfinished = Path(temporary) / "archive.zip"
        manifest = write_archive(unfinished, Path(temporary))
        unfinished.chmod(0o600)
        os.link(unfinished, target)
    return manifest


def write_archive(file: Path, folder: Path) -> dict[str, Any]:
    """Write database and media into a zip, and then the manifest of what was written."""
    # The database goes first: a file that it names was there before, so that none is lacking.
    files = {NAMES[connection.vendor]: dump(folder), **media_files()}
    written: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for name, path in files.items():
            archive.write(path, name)
            with archive.open(name) as content:
                written[name] = fingerprint(content)
        manifest = described(written)
        archive.writestr(MANIFEST, json.dumps(manifest, indent=2, sort_keys=True))
    return manifest


def described(files: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Say what an archive is."""
    return {
        "format": FORMAT,
        "product": "biotoop",
        "version": __version__,
        "database": connection.vendor,
        "made_at": now().isoformat(),
        "migrations": sorted(
            ".".join(key) for key in MigrationLoader(connection).applied_migrations
        ),
        "files": files,
    }


def media_files() -> dict[str, Path]:
    """Give the media files by their name in the archive."""
    root = Path(settings.MEDIA_ROOT)
    paths = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return {MEDIA + path.relative_to(root).as_posix(): path for path in paths}


def fingerprint(content: Any) -> dict[str, Any]:  # noqa: ANN401 - a file to read from
    """Give size and SHA-256 of what can be read."""
    digest, size = hashlib.sha256(), 0
    while block := content.read(BLOCK):
        digest.update(block)
        size += len(block)
    return {"size": size, "sha256": digest.hexdigest()}


def restore(source: Path) -> dict[str, Any]:
    """Make this empty workplace what the archive holds; everything is checked before that."""
    refuse_full_target()
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = checked_manifest(archive)
            unpack_into_place(archive, manifest)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as failure:
        raise ArchiveRefused(f"{source} cannot be read as an archive: {failure}") from failure
    except DumpFailed as failure:
        raise ArchiveRefused(f"The database could not be filled: {failure}") from failure
    return manifest


def refuse_full_target() -> None:
    """Refuse to restore over anything that is there."""
    reasons = []
    if not is_empty():
        reasons.append("The database is not empty; make a new one and set DATABASE_URL to it.")
    if media_files():
        reasons.append(
            f"The folder {settings.MEDIA_ROOT} is not empty; choose another data folder."
        )
    if reasons:
        raise ArchiveRefused(*reasons)


def checked_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Read the manifest, and hold the archive against it; list everything that is wrong."""
    try:
        manifest = json.loads(archive.read(MANIFEST))
        files = manifest["files"]
        is_ours = manifest["product"] == "biotoop" and manifest["format"] == FORMAT
    except (KeyError, TypeError, ValueError) as failure:
        raise ArchiveRefused(
            "This is no archive of a workplace: its manifest is not there."
        ) from failure
    if not is_ours:
        raise ArchiveRefused(f"This archive has a form that version {__version__} does not know.")
    reasons = [*wrong_kind(manifest), *wrong_files(archive, files)]
    if reasons:
        raise ArchiveRefused(*reasons)
    return dict(manifest)


def wrong_kind(manifest: dict[str, Any]) -> Iterator[str]:
    """Name why this database cannot take the archive."""
    if manifest["database"] != connection.vendor:
        yield f"The archive is of {manifest['database']}; this workplace uses {connection.vendor}."
    known = {".".join(key) for key in MigrationLoader(connection).disk_migrations}
    if newer := sorted(set(manifest["migrations"]) - known):
        yield f"The archive is of a newer version ({manifest['version']}): {', '.join(newer)}."


def wrong_files(archive: zipfile.ZipFile, files: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Name each file that is lacking, extra, damaged, or wants to lie outside its folder."""
    names = archive.namelist()
    there = set(names) - {MANIFEST}
    if len(names) != len(set(names)):
        yield "A file is in the archive twice."
    for name in sorted(set(files) ^ there):
        yield f"{name} is {'lacking' if name in files else 'not in the manifest'}."
    for name in sorted(set(files) & there):
        if not is_safe(name):
            yield f"{name} does not belong in an archive."
        elif not is_whole(archive, name, files[name]):
            yield f"{name} is damaged."


def is_safe(name: str) -> bool:
    """Tell whether a file stays within the folder in which it is unpacked."""
    path = PurePosixPath(name)
    is_inside = not path.is_absolute() and ".." not in path.parts and "\\" not in name
    return is_inside and (name in NAMES.values() or name.startswith(MEDIA))


def is_whole(archive: zipfile.ZipFile, name: str, expected: dict[str, Any]) -> bool:
    """Tell whether a file has the size and the SHA-256 of the manifest."""
    if archive.getinfo(name).file_size != expected.get("size"):
        return False
    try:
        with archive.open(name) as content:
            return fingerprint(content) == expected
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        return False


def unpack_into_place(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Unpack beside the media folder, fill the database, and then move the files into place."""
    media = Path(settings.MEDIA_ROOT)
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=media.parent) as temporary:
        for name in manifest["files"]:
            archive.extract(name, temporary)
        load(Path(temporary) / NAMES[connection.vendor])
        unpacked = Path(temporary) / "media"
        if unpacked.exists():
            shutil.copytree(unpacked, media, dirs_exist_ok=True)
