"""A question from practice, and everything that happened to it."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.timezone import localdate  # noqa: TID251 - what is written down, not what holds
from django.utils.timezone import now as moment
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.models import User
from biotoop.web.programmes.enums import Theme
from biotoop.web.questions.enums import (
    CLOSED,
    AskerKind,
    ContributorKind,
    Method,
    QuestionState,
)
from biotoop.web.questions.models.desks import Desk
from biotoop.web.questions.models.listed import labels
from biotoop.web.shared.models.records import Record
from biotoop.web.theories.models import Link

SHORT = 90


class Question(Record):
    """A question, in the words of who asked it; the address of who asked is kept for answers."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="questions", verbose_name=_("desk"))
    title = models.CharField(_("short title"), max_length=150, blank=True)
    text = models.TextField(_("question"), max_length=1500)
    background = models.TextField(_("what goes on"), max_length=1500, blank=True)
    asker_kind = models.CharField(_("who asks"), max_length=15, choices=AskerKind.choices)
    place = models.CharField(_("neighbourhood or place"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    language = models.CharField(max_length=2, default="nl", editable=False)
    wants_to_join = models.BooleanField(_("wants to work on it too"), default=False)
    state = models.CharField(
        _("state"), max_length=12, choices=QuestionState.choices,
        default=QuestionState.SUBMITTED, editable=False,
    )  # fmt: skip
    since = models.DateField(_("since"), default=localdate, editable=False)
    themes = models.CharField(_("themes"), max_length=200, blank=True)
    methods = models.CharField(_("methods that fit"), max_length=200, blank=True)
    step = models.ForeignKey(
        Link, models.SET_NULL, null=True, blank=True, related_name="questions",
        verbose_name=_("step of a theory of change"),
    )  # fmt: skip
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged"
    )
    reflection = models.TextField(_("what is known about it"), max_length=6000, blank=True)
    approach = models.TextField(_("what you do together"), max_length=4000, blank=True)
    product = models.CharField(_("what came of it"), max_length=200, blank=True)
    product_address = models.URLField(_("where it can be read"), max_length=300, blank=True)
    answer = models.TextField(_("the answer in plain words"), max_length=3000, blank=True)

    class Meta:
        verbose_name = _("practice question")
        verbose_name_plural = _("practice questions")
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [models.Index(fields=["desk", "state"], name="question_at_desk")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="question_merged_into_another",
                condition=(models.Q(state=QuestionState.MERGED, merged_into__isnull=False))
                | (~models.Q(state=QuestionState.MERGED) & models.Q(merged_into=None)),
            )
        ]

    def __str__(self) -> str:
        return self.title or Truncator(self.text).chars(SHORT)

    def get_absolute_url(self) -> str:
        return reverse("questions:question", args=[self.pk])

    @property
    def theme_words(self) -> list[str | Promise]:
        """Give the themes as people read them."""
        return labels(self.themes, Theme)

    @property
    def method_words(self) -> list[str | Promise]:
        """Give the methods as people read them."""
        return labels(self.methods, Method)

    @property
    def is_closed(self) -> bool:
        """Tell whether nothing more happens by itself."""
        return self.state in CLOSED


class QuestionStep(models.Model):
    """One step in the life of a question; ``text`` is what who asked is told."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="steps")
    act = models.CharField(max_length=15)
    was = models.CharField(max_length=12, choices=QuestionState.choices)
    now = models.CharField(max_length=12, choices=QuestionState.choices)
    text = models.TextField(blank=True)
    alternative = models.TextField(blank=True)
    without = models.TextField(blank=True)  # why nobody does anything differently
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=moment)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.now}"


class Contributor(Record):
    """Somebody who works on a question; its owner says whether the answer fits."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="contributors")
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="questions",
        verbose_name=_("person with an account"),
    )  # fmt: skip
    name = models.CharField(_("name, as others may read it"), max_length=100)
    kind = models.CharField(_("as"), max_length=15, choices=ContributorKind.choices)
    is_owner = models.BooleanField(_("it is their question"), default=False)
    by_link = models.BooleanField(default=False, editable=False)  # put there with the secret link

    class Meta:
        verbose_name = _("contributor to a question")
        verbose_name_plural = _("contributors to questions")
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.question.get_absolute_url()


class Translation(Record):
    """What a professional does differently since the answer, in their own words."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="translations")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="translations")
    text = models.TextField(_("What do I do differently now?"), max_length=2000)
    because = models.TextField(_("What made me do so?"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("translation to practice")
        verbose_name_plural = _("translations to practice")
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return Truncator(self.text).chars(SHORT)

    def get_absolute_url(self) -> str:
        return self.question.get_absolute_url()


class Arrival(models.Model):
    """Somebody without an account sent something; only to slow down who sends too much."""

    kind = models.CharField(max_length=12)
    origin = models.CharField(max_length=64)
    at = models.DateTimeField(default=moment)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["origin", "at"], name="arrival_origin")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
