"""Tell what a file is by what is in it. Only what is known, and only when the name agrees."""

import codecs
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from django.core.files.base import File

HEAD = 8192
MOST_PARTS = 10_000
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
# Text that a browser might run, whatever it is called.
LIVE = (b"<html", b"<!doctype", b"<svg", b"<script", b"<iframe", b"<?xml", b"<body")
STATA = re.compile(rb"<stata_dta><header><release>1\d\d</release><byteorder>(LSF|MSF)<")
MACROS = ("vbaproject.bin", "basic/script-lc.xml")
Check = Callable[[bytes, IO[bytes]], bool]


def starts(*marks: bytes) -> Check:
    """Recognise a file by how it starts."""
    return lambda head, _file: head.startswith(marks)


def is_webp(head: bytes, _file: IO[bytes]) -> bool:
    """Recognise a WebP picture."""
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def is_stata(head: bytes, _file: IO[bytes]) -> bool:
    """Recognise a table of Stata: the form since version 13, or that of versions 8 to 12."""
    release, order, kind = head[:1], head[1:2], head[2:4]
    is_old = release in {b"\x71", b"\x72", b"\x73"} and order in {b"\x01", b"\x02"}
    return STATA.match(head) is not None or (is_old and kind == b"\x01\x00")


def is_text(head: bytes, file: IO[bytes]) -> bool:
    """Recognise text that no browser would run."""
    if any(mark in head.lower() for mark in LIVE):
        return False
    file.seek(0)
    try:
        return all("\0" not in chunk for chunk in iter_text(file))
    except UnicodeDecodeError:
        return False


def iter_text(file: IO[bytes]) -> Iterator[str]:
    """Read text block by block; characters may lie across the border of two blocks."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    while block := file.read(1 << 16):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def holds(part: str) -> Check:
    """Recognise an archive of parts by one of them; an archive with macros is nothing we know."""

    def check(head: bytes, file: IO[bytes]) -> bool:
        if not head.startswith(b"PK"):
            return False
        file.seek(0)
        try:
            names = zipfile.ZipFile(file).namelist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
            return False
        has_macros = any(name.lower().endswith(MACROS) for name in names)
        return len(names) <= MOST_PARTS and not has_macros and part in names

    return check


def open_document(kind: str) -> Check:
    """Recognise an OpenDocument file: its first part says what it is."""
    mark = f"mimetype{OPEN}.{kind}".encode()
    return lambda head, file: mark in head[:128] and holds("content.xml")(head, file)


KNOWN: dict[str, tuple[str, Check]] = {
    "pdf": ("application/pdf", starts(b"%PDF-")),
    "png": ("image/png", starts(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", starts(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", starts(b"\xff\xd8\xff")),
    "gif": ("image/gif", starts(b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", is_webp),
    "docx": (f"{OFFICE}.wordprocessingml.document", holds("word/document.xml")),
    "xlsx": (f"{OFFICE}.spreadsheetml.sheet", holds("xl/workbook.xml")),
    "pptx": (f"{OFFICE}.presentationml.presentation", holds("ppt/presentation.xml")),
    "odt": (f"{OPEN}.text", open_document("text")),
    "ods": (f"{OPEN}.spreadsheet", open_document("spreadsheet")),
    "qdpx": ("application/zip", holds("project.qde")),
    "csv": ("text/csv", is_text),
    "txt": ("text/plain", is_text),
    "md": ("text/plain", is_text),
    "sav": ("application/octet-stream", starts(b"$FL2", b"$FL3")),
    "dta": ("application/octet-stream", is_stata),
    "parquet": ("application/octet-stream", starts(b"PAR1")),
}
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def media_type(name: str, file: File) -> str | None:  # type: ignore[type-arg]
    """Tell what a file is, when its name and its content agree; else nothing."""
    known = KNOWN.get(name.rpartition(".")[2].lower()) if "." in name else None
    if known is None:
        return None
    kind, check = known
    file.seek(0)
    head = file.read(HEAD)
    try:
        return kind if check(head, file) else None
    finally:
        file.seek(0)
