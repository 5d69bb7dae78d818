"""What every record of the workplace has: an identity, dates, and an edition."""

import uuid
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.encoding import force_str
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """A thing that people make and change together; archived is away, but not gone.

    The edition counts the changes. Who changes a record says which edition they saw, so that
    nobody overwrites what another did in the meantime (``shared.actions.records``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("made on"), default=now, editable=False)
    changed_at = models.DateTimeField(_("changed on"), default=now, editable=False)
    archived_at = models.DateTimeField(_("archived on"), null=True, editable=False)
    edition = models.PositiveIntegerField(_("edition"), default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        self.changed_at = now()
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "changed_at"}
        super().save(*arguments, **options)

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> str:  # noqa: N802 - Django's name
        """Give the word for a choice; Django would translate the words of all choices first."""
        value = getattr(self, field.attname)
        words: str = force_str(words_of(field).get(value, value), strings_only=True)
        return words

    @property
    def is_archived(self) -> bool:
        """Tell whether the record was put away."""
        return self.archived_at is not None


@lru_cache(maxsize=512)
def words_of(field: models.Field[Any, Any]) -> dict[Any, Any]:
    """Give the words of a field's choices by value, each in nobody's language yet."""
    return dict(field.flatchoices)


def address_of(name: str, *keys: uuid.UUID) -> str:
    """Give the page of one record, as ``reverse`` would: a list asks this for each of its rows."""
    there = pattern_of(name, len(keys), settings.ROOT_URLCONF, get_urlconf(), get_script_prefix())
    return there % tuple(map(str, keys))


NOBODY = uuid.UUID(int=0)


@lru_cache(maxsize=512)
def pattern_of(name: str, number: int, *_where: str | None) -> str:
    """Give an address with a place for each of its ids, in their order."""
    return reverse(name, args=[NOBODY] * number).replace("%", "%%").replace(str(NOBODY), "%s")
