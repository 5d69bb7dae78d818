"""What researchers can do and have time for, and which question they work on."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.models import User
from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.enums import Theme
from biotoop.web.questions.enums import Method
from biotoop.web.questions.models.listed import labels
from biotoop.web.questions.models.questions import Question
from biotoop.web.shared.models.records import Record


class Expertise(Record):
    """What somebody knows, can and has time for, as they wrote it themselves."""

    user = models.ForeignKey(User, models.CASCADE, related_name="expertises")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="expertises", verbose_name=_("organisation")
    )
    themes = models.CharField(_("themes"), max_length=200, blank=True)
    methods = models.CharField(_("methods"), max_length=200, blank=True)
    region = models.CharField(_("place or region"), max_length=100, blank=True)
    hours = models.PositiveSmallIntegerField(
        _("hours a month for questions from practice"), default=0
    )
    about = models.TextField(_("about you"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("expertise")
        verbose_name_plural = _("expertise of researchers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organisation"], name="expertise_once")
        ]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("questions:researchers")

    @property
    def theme_words(self) -> list[str | Promise]:
        """Give the themes as people read them."""
        return labels(self.themes, Theme)

    @property
    def method_words(self) -> list[str | Promise]:
        """Give the methods as people read them."""
        return labels(self.methods, Method)


class Match(Record):
    """A researcher takes a question; ``reasons`` is why, as it stood on that day."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="matches")
    expertise = models.ForeignKey(Expertise, models.PROTECT, related_name="matches")
    hours = models.PositiveSmallIntegerField(_("hours a month"), default=4)
    why = models.TextField(_("why this person"), max_length=1000)
    reasons = models.JSONField(default=dict, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question"],
                condition=models.Q(ended_on=None),
                name="matched_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.expertise}: {self.question}"

    def get_absolute_url(self) -> str:
        return self.question.get_absolute_url()
