"""What people say about a theory: remarks, and the reading before it is published."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.models import User
from biotoop.web.shared.models.records import Record
from biotoop.web.theories.enums import ReviewState
from biotoop.web.theories.models.theories import Theory
from biotoop.web.theories.models.versions import Version


class Comment(Record):
    """A remark on a theory, or on one node or step of it; on the draft when no version is named."""

    theory = models.ForeignKey(Theory, models.CASCADE, related_name="comments")
    version = models.ForeignKey(Version, models.CASCADE, null=True, related_name="comments")
    target = models.UUIDField(null=True, db_index=True)
    answers = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies")
    text = models.TextField(_("remark"), max_length=2000)
    written_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, editable=False)
    resolved_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return self.text[:60]


class Review(Record):
    """Somebody else reads the draft before it is published.

    It is about one text (``text_hash``): when the draft changes afterwards, an approval no longer
    holds. ``alone`` says why nobody else read it, where that is so.
    """

    theory = models.ForeignKey(Theory, models.CASCADE, related_name="reviews")
    text_hash = models.CharField(max_length=64)
    question = models.TextField(_("what should the reader look at?"), blank=True, max_length=1000)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.ASKED)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    remarks = models.TextField(_("remarks"), blank=True, max_length=4000)
    alone = models.CharField(_("why nobody else read it"), blank=True, max_length=300)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["theory"], condition=models.Q(state=ReviewState.ASKED),
                name="one_review_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.theory}: {self.get_state_display()}"
