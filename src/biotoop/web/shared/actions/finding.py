"""Find records by words, among what the reader may see; alike on SQLite and PostgreSQL."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from uuid import UUID

import attrs
import snowballstemmer
from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q, QuerySet, Sum
from django.db.models.signals import post_delete, post_save
from django.urls import reverse

from biotoop.web.shared.models import SearchEntry, SearchWord
from biotoop.web.shared.rules import Reader, visible

IN_TITLE, MOST_WEIGHT, MOST_WORDS = 8, 30, 3_000
MOST_ASKED, LONGEST_WORD, SHORTEST_PREFIX = 6, 40, 3
SUMMARY = 300
# Words that say nothing of what a record is about, in both languages.
EMPTY = frozenset(
    word
    for words in (
        "de het een en van in op te dat die is zijn met voor er aan om ook als bij of wat was",
        "the a an and of in on to that which is are with for at it as by or what was be",
    )
    for word in words.split()
)


@attrs.frozen(kw_only=True)
class Text:
    """What of a record can be found, and what is shown of it."""

    title: str
    text: str = ""
    summary: str = ""


@attrs.frozen
class Provider:
    """How records of one model are found."""

    model: type[Model]
    read: Callable[[Any], Text | None]
    url_name: str


@attrs.frozen
class Hit:
    """A record that was found."""

    title: str
    summary: str
    kind: str
    address: str


PROVIDERS: dict[str, Provider] = {}


def findable(
    model: type[Model], url_name: str
) -> Callable[[Callable[[Any], Text | None]], Callable[[Any], Text | None]]:
    """Say how records of a model are found: what they say, or None for one that is not found.

    ``url_name`` is the page of a record, with its id as the one argument. Put this in the app's
    ``actions/finding.py``: it is read at the start, and each saved record is kept up to date.
    """

    def keep(read: Callable[[Any], Text | None]) -> Callable[[Any], Text | None]:
        PROVIDERS[model._meta.label] = Provider(model, read, url_name)
        return read

    return keep


@cache
def stemmers() -> tuple[Any, ...]:
    """Give the stemmers of both languages."""
    return tuple(snowballstemmer.stemmer(name) for name in ("dutch", "english"))


def words_of(text: str) -> list[str]:
    """Split a text in words: small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    found = re.findall(r"[a-z0-9]{2,}", plain)
    return [word[:LONGEST_WORD] for word in found if word not in EMPTY]


def stems_of(word: str) -> set[str]:
    """Give the stems of a word in each language."""
    return {str(stemmer.stemWord(word))[:LONGEST_WORD] for stemmer in stemmers()}


def weights(told: Text) -> Counter[str]:
    """Weigh the stems of a record; a word in the title tells more than one in the text."""
    found: Counter[str] = Counter()
    for text, weight in ((told.title, IN_TITLE), (told.text, 1)):
        for word, number in Counter(words_of(text)).most_common(MOST_WORDS):
            for stem in stems_of(word):
                found[stem] += weight * number
    return found


def index(record: Model) -> None:
    """Bring what can be found of a record up to date."""
    provider = PROVIDERS[record._meta.label]
    told, key = provider.read(record), {"kind": record._meta.label, "object_id": record.pk}
    with transaction.atomic():
        if told is None:
            SearchEntry.objects.filter(**key).delete()
            return
        shown = {"title": told.title[:300], "summary": (told.summary or told.text)[:SUMMARY]}
        entry, _is_new = SearchEntry.objects.update_or_create(**key, defaults=shown)
        entry.words.all().delete()
        SearchWord.objects.bulk_create(
            SearchWord(entry=entry, stem=stem, weight=min(weight, MOST_WEIGHT))
            for stem, weight in weights(told).items()
        )


def forget(kind: str, pk: UUID) -> None:
    """Take a record out of what can be found."""
    SearchEntry.objects.filter(kind=kind, object_id=pk).delete()


def index_all() -> int:
    """Make all that can be found anew; tell how many records."""
    SearchEntry.objects.exclude(kind__in=PROVIDERS).delete()
    number = 0
    for provider in PROVIDERS.values():
        for record in provider.model._default_manager.iterator():
            index(record)
            number += 1
    return number


def find(reader: Reader, asked: str, kind: str = "") -> QuerySet[SearchEntry]:
    """Find the records that hold every word that was asked, the best first.

    A word matches by its stem, or by how it begins. Only what the reader may see is found.
    """
    words = words_of(asked)[:MOST_ASKED]
    within = allowed(reader, [kind] if kind in PROVIDERS else PROVIDERS)
    if not words or within is None:
        return SearchEntry.objects.none()
    entries = SearchEntry.objects.filter(within)
    for word in words:
        entries = entries.filter(pk__in=SearchWord.objects.filter(like(word)).values("entry"))
    score = Sum("words__weight", filter=Q(words__pk__in=SearchWord.objects.filter(any_of(words))))
    return entries.annotate(score=score).order_by("-score", "-changed_at", "pk")


def like(word: str) -> Q:
    """Give the condition that a stored stem is that of a word, or begins like it."""
    condition = Q(stem__in=stems_of(word))
    if len(word) >= SHORTEST_PREFIX:  # small letters and figures only: this order holds everywhere
        condition |= Q(stem__gte=word, stem__lte=word + "z" * (LONGEST_WORD - len(word)))
    return condition


def any_of(words: Iterable[str]) -> Q:
    """Give the condition that a stored stem is that of one of these words."""
    condition = Q()
    for word in words:
        condition |= like(word)
    return condition


def allowed(reader: Reader, kinds: Iterable[str]) -> Q | None:
    """Give the condition on entries that the reader may see their records."""
    condition: Q | None = None
    for kind in kinds:
        rows = visible(reader, PROVIDERS[kind].model).values("pk")
        part = Q(kind=kind, object_id__in=rows)
        condition = part if condition is None else condition | part
    return condition


def hit(entry: SearchEntry) -> Hit:
    """Show what was found."""
    words = str(apps.get_model(entry.kind)._meta.verbose_name)
    address = reverse(PROVIDERS[entry.kind].url_name, args=[UUID(str(entry.object_id))])
    return Hit(entry.title, entry.summary, words, address)


def on_saved(sender: type[Model], instance: Model, **_more: object) -> None:
    """Follow a record that was saved, in the transaction of the act itself."""
    if sender._meta.label in PROVIDERS:
        index(instance)


def on_deleted(sender: type[Model], instance: Model, **_more: object) -> None:
    """Follow a record that is gone."""
    if sender._meta.label in PROVIDERS:
        forget(sender._meta.label, instance.pk)


def follow() -> None:
    """Keep what can be found up to date from now on."""
    post_save.connect(on_saved, dispatch_uid="found when saved")
    post_delete.connect(on_deleted, dispatch_uid="not found when gone")
