"""Why a file cannot be read, in the reader's language: from what parsers and systems say.

Parsers tell their reasons in English words only, so that the common ones are known here by a
phrase in them; what is not known is passed on as it was said, and marked as such.
"""

import csv
import errno
import zipfile

from biotoop.engine.core.messages import Note, note

_OF_SYSTEM = {
    errno.ENOENT: "not_there",
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.EISDIR: "is_folder",
    errno.ENOTDIR: "no_folder",
    errno.EEXIST: "there_already",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "read_only",
    errno.ENAMETOOLONG: "name_too_long",
    errno.ELOOP: "link_to_itself",
    errno.EMFILE: "too_many_open",
    errno.ENFILE: "too_many_open",
    errno.EIO: "disk_broken",
    errno.EBUSY: "in_use",
}
# In this order; both ways of saying it: of libyaml and of PyYAML itself.
_OF_YAML = (
    ("mapping values are not allowed", "colon_in_text"),
    ("found character '\\t'", "tab"),
    ("found a tab character", "tab"),
    ("cannot start any token", "character_at_start"),
    ("could not find expected ':'", "colon_missing"),
    ("expected ',' or '}'", "brace_open"),
    ("expected ',' or ']'", "bracket_open"),
    ("unexpected end of stream", "quote_open"),
    ("found unexpected document", "quote_open"),
    ("undefined alias", "unknown_alias"),
    ("unknown escape", "escape"),
    ("did not find expected hexdecimal", "escape"),
    ("escape sequence of", "escape"),
    ("did not find expected key", "indentation"),
    ("did not find expected '-'", "indentation"),
    ("expected <block end>", "indentation"),
    ("block sequence entries are not allowed", "dash_in_line"),
    ("did not find expected node content", "nothing_here"),
    ("expected the node content", "nothing_here"),
    ("control characters are not allowed", "control_character"),
    ("special characters are not allowed", "control_character"),
    ("single document", "second_document"),
    ("found another document", "second_document"),
    ("expected <document start>", "second_document"),
    ("expected '<document start>'", "second_document"),
    ("found unexpected ':'", "colon_in_text"),
    ("alphabetic or numeric character", "sign_with_meaning"),
    ("expected tag", "sign_with_meaning"),
    ("exceeded max depth", "too_deep"),
)
_OF_CSV = (
    ("unexpected end of data", "cell_open"),
    ("expected after", "after_quote"),
    ("line contains NUL", "control_character"),
    ("larger than field limit", "cell_too_long"),
    ("new-line character", "line_ends"),
)


def of_system(error: OSError) -> Note:
    """Say why the operating system refuses."""
    known = _OF_SYSTEM.get(error.errno or 0)
    if known is not None:
        return note(f"core.reason.{known}")
    return original(error.strerror or str(error))


def of_yaml(said: str, *, line: str) -> Note:
    """Say what is wrong with the notation of a YAML document, on a line of it."""
    if "cannot start any token" in said and line.startswith((" ", "\t")) and "\t" in line:
        return note("core.reason.tab")
    return _known(said, _OF_YAML)


def of_csv(error: csv.Error) -> Note:
    """Say what is wrong with the notation of a table."""
    return _known(str(error), _OF_CSV)


def of_reading(error: Exception) -> Note:
    """Say why a library cannot read a file."""
    if isinstance(error, OSError) and error.errno is not None:
        return of_system(error)
    if isinstance(error, MemoryError):
        return note("core.reason.no_memory")
    if isinstance(error, zipfile.BadZipFile):
        return note("core.reason.file_broken")
    return original(str(error) or type(error).__name__)


def original(said: str) -> Note:
    """Pass on what a program said, marked as its own words."""
    lines = said.strip().splitlines()
    return note("core.reason.original", text=lines[0].rstrip(".") if lines else "-")


def _known(said: str, phrases: tuple[tuple[str, str], ...]) -> Note:
    for phrase, kind in phrases:
        if phrase in said:
            return note(f"core.reason.{kind}")
    return original(said)
