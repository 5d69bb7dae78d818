"""Pseudonyms: the same person gets the same name within a study, and another in the next.

A pseudonym is HMAC-SHA256 of the identifier under the key of the study, cut to 12 characters of
base32 (60 bits). Among a million people the chance that two share one is 4e-7. Without the key
nobody can make it again; the key is kept apart from the data.
"""

import base64
import hashlib
import hmac

from biotoop.engine.core.errors import InvalidValue

LENGTH = 12
SHORTEST_KEY = 16
_BLOCK = 64
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_HEX_DIGITS = LENGTH * 5 // 4


def pseudonym(key: bytes, identifier: str) -> str:
    """Give the pseudonym of a person in a study.

    Parameters
    ----------
    key
        Secret key of the study, at least 16 bytes.
    identifier
        Name or number of the person; white space around it does not count.

    Returns
    -------
    str
        Twelve characters out of A-Z and 2-7.

    Raises
    ------
    InvalidValue
        The key is shorter than 16 bytes.
    """
    digest = hmac.new(_sound(key), identifier.strip().encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:LENGTH]


def pseudonym_sql(key: bytes, text: str) -> str:
    """Write the pseudonym of a column of texts as DuckDB SQL, equal to ``pseudonym``.

    The query holds the padded key, so it must never be logged.
    """
    short = _sound(key) if len(key) <= _BLOCK else hashlib.sha256(key).digest()
    padded = short.ljust(_BLOCK, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in padded).hex() for pad in (0x36, 0x5C))
    message = f"unhex('{inner}') || encode({text})"
    digest = f"sha256(unhex('{outer}') || unhex(sha256({message})))"
    number = f"CAST('0x' || left({digest}, {_HEX_DIGITS}) AS BIGINT)"
    letters = " || ".join(
        f"substr('{_ALPHABET}', CAST((({number}) >> {5 * (LENGTH - 1 - place)}) & 31 AS BIGINT)"
        " + 1, 1)"
        for place in range(LENGTH)
    )
    return f"({letters})"


def _sound(key: bytes) -> bytes:
    if len(key) < SHORTEST_KEY:
        allowed = f">= {SHORTEST_KEY} bytes"
        raise InvalidValue(field="key", value=f"{len(key)} bytes", allowed=allowed)
    return key
