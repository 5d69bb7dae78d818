"""Text that users wrote, from disk: as UTF-8, or refused with the line and what to do."""

import codecs
from pathlib import Path

import attrs

from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.core.reasons import of_system

_CHUNK = 1 << 20
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path, *, most_mib: int) -> str | Problem:
    """Read a text file as UTF-8, with or without a byte order mark.

    Parameters
    ----------
    path
        The file.
    most_mib
        Largest size in MiB.

    Returns
    -------
    str or Problem
        The text, or the one fault for which it cannot be read.
    """
    try:
        if path.stat().st_size > most_mib << 20:
            return problem("core.file_too_large", limit=most_mib)
        data = path.read_bytes()
    except OSError as error:
        return problem("core.cannot_open", reason=of_system(error))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return encoding_fault(path, error.start)


def encoding_fault(path: Path, position: int) -> Problem:
    """Tell where a file stops to be UTF-8.

    Parameters
    ----------
    path
        The file.
    position
        Place of the first byte, from 0, that does not belong in UTF-8.
    """
    with path.open("rb") as handle:
        if handle.read(2) in _UTF16:
            return attrs.evolve(problem("core.utf16"), line=1)
        handle.seek(0)
        line, before = 1, b""
        while position > 0 and (chunk := handle.read(min(_CHUNK, position))):
            position -= len(chunk)
            line += chunk.count(b"\n")
            before = (before + chunk).rpartition(b"\n")[2]
        strange = handle.read(1)
    character = len(before.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")) + 1
    sign = strange.decode("cp1252", "replace")
    shown = sign if sign.isprintable() else "\ufffd"
    fault = problem("core.not_utf8", character=character, shown=shown)
    return attrs.evolve(fault, line=line)
