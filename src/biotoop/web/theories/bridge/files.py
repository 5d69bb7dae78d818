"""Theories in and out: theory.yaml, a study folder, linked data, and pictures."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Mapping
from uuid import UUID

import attrs
import vl_convert
import yaml

from biotoop.engine.core.documents import parse_document
from biotoop.engine.core.ids import canonical_json
from biotoop.engine.core.problems import Problem, errors_in
from biotoop.engine.exchange.cids import NotExportable, Publisher, Standing, theory_to_cids
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.web.theories.bridge.documents import LanguageCode, whole_of

THEORY_FILE = "theory.yaml"
LARGEST = 5_000_000
MOST_FILES = 500
__all__ = ["NotExportable", "Publisher", "Standing"]


@attrs.frozen(kw_only=True)
class FileReading:
    """What came of a file: the theory, or every fault in words."""

    theory: TheoryOfChange | None
    faults: tuple[str, ...]


def theory_yaml(theory: TheoryOfChange) -> str:
    """Write the theory.yaml of a study folder."""
    return _plain_yaml(whole_of(theory))


def _plain_yaml(plain: Mapping[str, object]) -> str:
    """Write plain data; words of a choice become text."""
    bare = json.loads(json.dumps(dict(plain), ensure_ascii=False))
    return yaml.safe_dump(bare, allow_unicode=True, sort_keys=False, width=100)


def folder_zip(theory: TheoryOfChange, study: Mapping[str, object] | None = None) -> bytes:
    """Write a folder with the theory, and a first study.yaml where one is given."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, THEORY_FILE, theory_yaml(theory))
        if study is not None:
            _write(archive, "study.yaml", _plain_yaml(study))
    return made.getvalue()


def _write(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """Write a file with a fixed date, so that the same theory gives the same bytes."""
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, text)


def read_file(data: bytes, language: LanguageCode) -> FileReading:
    """Read a theory.yaml, or the one inside a zipped study folder."""
    if data[:2] == b"PK":
        return _read_zip(data, language)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return FileReading(theory=None, faults=("not_text",))
    return read_theory(text, language)


def _read_zip(data: bytes, language: LanguageCode) -> FileReading:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [i for i in archive.infolist() if i.filename.rpartition("/")[2] == THEORY_FILE]
            if len(archive.infolist()) > MOST_FILES:
                return FileReading(theory=None, faults=("too_many_files",))
            if len(names) != 1:
                return FileReading(theory=None, faults=("no_theory",))
            if names[0].file_size > LARGEST:
                return FileReading(theory=None, faults=("too_large",))
            with archive.open(names[0]) as inside:
                content = inside.read(LARGEST + 1)
        if len(content) > LARGEST:
            return FileReading(theory=None, faults=("too_large",))
        return read_theory(content.decode("utf-8-sig"), language)
    except (zipfile.BadZipFile, UnicodeDecodeError, OSError, RuntimeError, NotImplementedError):
        return FileReading(theory=None, faults=("damaged",))


def read_theory(text: str, language: LanguageCode) -> FileReading:
    """Read a theory.yaml; every fault names its line."""
    document = parse_document(text, TheoryOfChange, file=THEORY_FILE)
    faults: tuple[Problem, ...] = errors_in(document.problems)
    if document.value is None or faults:
        return FileReading(theory=None, faults=tuple(fault.text(language) for fault in faults))
    return FileReading(theory=document.value, faults=())


def linked_data(
    theory: TheoryOfChange,
    publisher: tuple[UUID, str],
    created: dt.datetime,
    language: LanguageCode,
    standing: Mapping[str, Standing],
    base: str,
) -> bytes:
    """Write a theory as CIDS JSON-LD.

    Raises
    ------
    NotExportable
        Something that the standard asks for is not there.
    """
    document = theory_to_cids(
        theory,
        publisher=Publisher(id=publisher[0], name=publisher[1]),
        created=created,
        language=language,
        standing=standing,
        base=base,
    )
    return canonical_json(document) + b"\n"


def picture_png(svg: str, scale: float = 2.0) -> bytes:
    """Turn a drawing into a picture of dots."""
    return bytes(vl_convert.svg_to_png(svg, scale=scale))
