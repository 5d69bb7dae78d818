"""Everything on screen exists in Dutch and in English."""

import re
from collections import defaultdict
from pathlib import Path

import django
import polib
import pytest

import biotoop.web
from architecture.tree import ours

WEB = Path(biotoop.web.__file__).parent
CATALOGUES = sorted(WEB.glob("*/locale/nl/LC_MESSAGES/django.po"))
PLACES = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def catalogue() -> list[polib.POEntry]:
    """Give the sentences of all apps together."""
    return [entry for path in CATALOGUES for entry in polib.pofile(str(path))]


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_no_sentence_waits_for_its_dutch(catalogue):
    assert [entry.msgid for entry in catalogue if "" in texts(entry)] == []
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []
    assert len(catalogue) > 60


def test_both_languages_fill_in_the_same_places(catalogue):
    differing = [
        entry.msgid
        for entry in catalogue
        for text in texts(entry)
        if set(PLACES.findall(text)) != set(PLACES.findall(entry.msgid_plural or entry.msgid))
    ]
    assert differing == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_the_compiled_catalogue_is_the_written_one(path):
    written, compiled = polib.pofile(str(path)), polib.mofile(str(path.with_suffix(".mo")))

    as_pairs = [{entry.msgid: texts(entry) for entry in kept} for kept in (written, compiled)]
    assert as_pairs[0] == as_pairs[1], "run scripts/messages.py --compile"


def test_one_sentence_has_one_translation_in_every_app(catalogue):
    found = defaultdict(set)
    for entry in catalogue:
        found[entry.msgctxt, entry.msgid].add(tuple(texts(entry)))

    assert {words: dutch for words, dutch in found.items() if len(dutch) > 1} == {}


def test_no_sentence_of_ours_takes_the_place_of_one_of_the_framework(catalogue):
    """Keep what Django says itself, such as the names of months: all apps share one catalogue."""
    theirs = Path(django.__file__).parent / "conf" / "locale" / "nl" / "LC_MESSAGES" / "django.mo"
    known = {(each.msgctxt, each.msgid): texts(each) for each in polib.mofile(str(theirs))}
    differing = {
        entry.msgid: (texts(entry), known[entry.msgctxt, entry.msgid])
        for entry in catalogue
        if known.get((entry.msgctxt, entry.msgid), texts(entry)) != texts(entry)
    }

    assert differing == {}


def marked() -> set[str]:
    """Find the sentences that templates and code mark for translation."""
    found = set()
    for path in (path for path in ours() if path.is_relative_to(WEB)):
        if path.suffix == ".html":
            text = path.read_text("utf-8")
            found |= {m[1] for m in re.findall(r"""{% translate (["'])(.+?)\1""", text)}
            found |= set(
                re.findall(r"{% blocktranslate trimmed %}(.+?){% endblock", text, re.DOTALL)
            )
        elif path.suffix == ".py":
            text = path.read_text("utf-8")
            found |= set(re.findall(r'\b_\(\s*"((?:[^"\\]|\\.)+)"\s*\)', text))
    return {re.sub(r"{{ (\w+) }}", r"%(\1)s", sentence) for sentence in found}


def test_every_sentence_that_is_marked_stands_in_the_catalogue(catalogue):
    known = {entry.msgid for entry in catalogue}

    assert len(marked()) > 60
    assert marked() - known == set(), "run scripts/messages.py"


def test_no_template_holds_words_outside_the_catalogue():
    words = {}
    for path in (p for p in ours() if p.is_relative_to(WEB) and p.suffix == ".html"):
        text = re.sub(
            r"{% (block)?translate.*?%}.*?{% endblocktranslate %}",
            "",
            path.read_text("utf-8"),
            flags=re.DOTALL,
        )
        text = re.sub(r"{[%{#].*?[%}#]}|<[^>]*>", " ", text, flags=re.DOTALL)
        left = set(re.findall(r"[A-Za-z]{2,}", text)) - {"Biotoop", "Nederlands", "English"}
        if left:
            words[path.name] = left

    assert words == {}


def test_the_page_speaks_the_language_that_was_chosen(client):
    dutch = client.get("/").content.decode()
    client.cookies["biotoop-language"] = "en"
    english = client.get("/").content.decode()

    assert "Welk verschil maakt sociaal werk?" in dutch
    assert "What difference does social work make?" in english
