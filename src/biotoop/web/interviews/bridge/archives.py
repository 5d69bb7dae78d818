"""A study folder as a zip: unpacked with limits, looked through whole, and packed again."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import attrs

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.documents import parse_document
from biotoop.engine.evidence.model import Literature, Tests
from biotoop.engine.recipes.folder import (
    CLAIMS,
    CODEBOOK,
    LITERATURE,
    REGISTRATION,
    STUDY,
    TESTS,
    THEORY,
)
from biotoop.web.studies.bridge.data import datasets_in
from biotoop.web.studies.bridge.documents import bare
from biotoop.web.studies.enums import DocumentName
from biotoop.web.theories.bridge.documents import content_of, pruned, published
from biotoop.web.theories.bridge.files import read_file

MOST_FILES, MOST_BYTES = 500, 200_000_000
FIXED = (1980, 1, 1, 0, 0, 0)
__all__ = ["CLAIMS", "CODEBOOK", "STUDY", "THEORY"]
READ = frozenset({*DocumentName.values, THEORY, CLAIMS, TESTS, LITERATURE})


class BadArchive(Exception):
    """Not a zip that can be unpacked; ``reason`` is a code."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@attrs.frozen(kw_only=True)
class Unpacked:
    """What stands in a folder: documents as text, data as bytes, and names that are unknown."""

    texts: Mapping[str, str]
    data: Mapping[str, bytes]
    strange: tuple[str, ...]
    unreadable: tuple[str, ...]
    registered: bool


def unpack(packed: bytes) -> Unpacked:
    """Unpack a zip with a study folder, at its top or in one folder.

    Raises
    ------
    BadArchive
        It is no zip, too large, or holds no study.yaml and theory.yaml.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            inside = [item for item in archive.infolist() if not item.is_dir()]
            if len(inside) > MOST_FILES or sum(item.file_size for item in inside) > MOST_BYTES:
                raise BadArchive("too_large")
            found = {item.filename: archive.read(item) for item in inside}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as wrong:
        raise BadArchive("damaged") from wrong
    return sorted_out(without_folder(found))


def without_folder(found: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the files as they stand in the folder, wherever that is; hidden files do not count."""
    tops = [name[: -len(STUDY)] for name in found if PurePosixPath(name).name == STUDY]
    top = min(tops, key=len, default="")
    here = {name.removeprefix(top): data for name, data in found.items() if name.startswith(top)}
    if STUDY not in here or THEORY not in here:
        raise BadArchive("no_study")
    return {name: data for name, data in here.items() if not is_hidden(name)}


def is_hidden(name: str) -> bool:
    """Tell whether a file is one of those that programs leave behind."""
    return any(part.startswith((".", "__")) for part in PurePosixPath(name).parts)


def sorted_out(files: Mapping[str, bytes]) -> Unpacked:
    """Tell documents, data and what does not belong apart."""
    texts: dict[str, str] = {}
    unreadable = []
    for name in sorted(READ & set(files)):
        try:
            texts[name] = files[name].decode("utf-8-sig")
        except UnicodeDecodeError:
            unreadable.append(name)
    wanted = {f"data/{each.file}" for each in datasets_in(texts.get(CODEBOOK, ""), "nl")}
    plans = {name for name in files if is_registration(name)}
    return Unpacked(
        texts=texts,
        data={name: files[name] for name in sorted(wanted & set(files))},
        strange=tuple(sorted(set(files) - READ - wanted - plans)),
        unreadable=tuple(unreadable),
        registered=bool(plans),
    )


def is_registration(name: str) -> bool:
    """Tell whether a file is a registration, the last one or one before it."""
    return name == REGISTRATION or (name.startswith("registration-") and name.endswith(".json"))


def same_theory(text: str, content: Mapping[str, Any]) -> bool:
    """Tell whether a theory.yaml has the nodes and steps of a published version."""
    read = read_file(text.encode(), "nl").theory
    if read is None:
        return False
    mine, there = bare(content_of(read)), bare(content_of(published(content)))
    return json.dumps(mine, sort_keys=True) == json.dumps(there, sort_keys=True)


def tests_in(texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Give the tests of a folder that was found sound."""
    read = parse_document(texts.get(TESTS, "schema_version: 1\n"), Tests, file=TESTS)
    for test in read.value.tests if read.value else ():
        yield bare(pruned(to_plain(test)))


def literature_in(texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Give the literature of a folder that was found sound."""
    read = parse_document(texts.get(LITERATURE, "schema_version: 1\n"), Literature, file=LITERATURE)
    for item in read.value.items if read.value else ():
        yield bare(pruned(to_plain(item)))


def pack(files: Mapping[str, str | bytes]) -> bytes:
    """Pack a folder; the same folder gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return made.getvalue()
