"""Mail that goes out: what was said to whom is kept only until it is sent."""

import uuid

from django.db import models
from django.utils.timezone import now

from biotoop.web.shared.enums import JobState, LetterState
from biotoop.web.shared.models.jobs import Job


class Letter(models.Model):
    """One letter to one person. The same key is written once, however often it is asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    template = models.CharField(max_length=100)
    to = models.EmailField()
    language = models.CharField(max_length=5)
    sealed_words = models.TextField(blank=True)  # encrypted, and gone once the letter is sent
    created_at = models.DateTimeField(default=now, db_index=True)
    sent_at = models.DateTimeField(null=True)
    job = models.OneToOneField(Job, models.SET_NULL, null=True, related_name="letter")

    def __str__(self) -> str:
        return f"{self.template} ({self.state})"

    @property
    def state(self) -> LetterState:
        """Tell where the letter is."""
        if self.sent_at is not None:
            return LetterState.SENT
        if self.job is None or self.job.state == JobState.DONE:
            return LetterState.KEPT
        return LetterState.GIVEN_UP if self.job.state == JobState.DEAD else LetterState.WAITING
