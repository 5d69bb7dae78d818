"""Names that stay: hashes of content and of the words that evidence judged."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path

_CHUNK = 1 << 20
_DIGEST = 16


def text_hash(text: str) -> str:
    """Hash the words of a node or link, insensitive to white space and Unicode form.

    Evidence stores this beside its target, so that a changed text asks for a new judgement.
    """
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(folded.encode()).hexdigest()[:_DIGEST]


def texts_hash(versions: Iterable[str]) -> str:
    """Hash a text in each of its languages: the hash of every version, one after another."""
    return "".join(dict.fromkeys(text_hash(version) for version in versions))


def still_says(judged: str, now: str) -> bool:
    """Tell whether every version that was judged is still there; one may have been added.

    Parameters
    ----------
    judged, now
        What ``texts_hash`` gave then, and gives now.
    """
    return set(digests(judged)) <= set(digests(now))


def digests(versions: str) -> list[str]:
    """Take the hash of a text in several languages apart, one digest for each version."""
    return [versions[start : start + _DIGEST] for start in range(0, len(versions), _DIGEST)]


def canonical_json(value: object) -> bytes:
    """Write plain data (dict, list, str, number, bool, None) as bytes that never vary."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def content_hash(value: object) -> str:
    """Hash plain data by its canonical JSON."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def file_hash(path: Path) -> str:
    """Hash the bytes of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def combined_hash(parts: Iterable[tuple[str, str]]) -> str:
    """Hash named hashes, independent of the order in which they come."""
    return content_hash(sorted(parts))
