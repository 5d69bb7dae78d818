"""What can be found, word by word."""

from typing import ClassVar

from django.db import models
from django.utils.timezone import now


class SearchEntry(models.Model):
    """What is shown of one record when it is found; who may see the record decides who finds it."""

    kind = models.CharField(max_length=60)  # the label of the record's model
    object_id = models.UUIDField()
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="record_is_found_once")
        ]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """One word of one record, as its stem, and how much it tells about the record."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="words")
    stem = models.CharField(max_length=40)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stem", "entry"], name="search_word_once")
        ]

    def __str__(self) -> str:
        return self.stem
