"""The language of the reader, known before anything is parsed, so that every error speaks it."""

import os
from collections.abc import Mapping, Sequence

import click

from biotoop.engine.core.messages import Language

VARIABLE = "BIOTOOP_LANG"
OPTION = "--lang"


def language_asked(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Give the language of the last ``--lang``, else of BIOTOOP_LANG, else Dutch."""
    asked = environment.get(VARIABLE, "")
    for place, word in enumerate(arguments):
        if word == "--":
            break
        if word == OPTION:
            asked = "".join(arguments[place + 1 : place + 2])
        elif word.startswith(f"{OPTION}="):
            asked = word.partition("=")[2]
    return "en" if asked == "en" else "nl"


def spoken(ctx: click.Context | None) -> Language:
    """Give the language in which a command speaks; that of the environment outside commands."""
    if ctx is None or ctx.obj is None:
        return language_asked((), os.environ)
    return "en" if ctx.obj == "en" else "nl"
