"""Learning together: ateliers, communities, workshops and cafés, and who comes."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.models import User
from biotoop.web.organisations.models import Organisation
from biotoop.web.questions.enums import GatheringKind, GatheringState, SeatState
from biotoop.web.questions.models.questions import Question
from biotoop.web.shared.models.records import Record


class Gathering(Record):
    """A meeting; ``sequence`` counts what calendars must hear of."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="gatherings", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=GatheringKind.choices)
    title = models.CharField(_("title"), max_length=150)
    about = models.TextField(_("what it is about, and for whom"), max_length=2000)
    place = models.CharField(_("where"), max_length=200)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    seats = models.PositiveSmallIntegerField(_("number of places"), default=20)
    is_public = models.BooleanField(_("anybody may come"), default=True)
    question = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="gatherings",
        verbose_name=_("question from practice"),
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=10, choices=GatheringState.choices,
        default=GatheringState.PLANNED, editable=False,
    )  # fmt: skip
    reason = models.CharField(_("why it is cancelled"), max_length=500, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="gathering_ends_after_it_begins",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            ),
            models.CheckConstraint(name="gathering_has_places", condition=models.Q(seats__gte=1)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("questions:gathering", args=[self.pk])

    @property
    def is_over(self) -> bool:
        """Tell whether it was."""
        return self.ends_at < now()

    @property
    def takes_people(self) -> bool:
        """Tell whether somebody can register."""
        return self.state == GatheringState.OPEN and self.starts_at > now()


class Registration(Record):
    """Somebody comes, or waits for a place; without an account a secret link is the key."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="registrations")
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="registrations")
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=2, default="nl", editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=SeatState.choices, default=SeatState.SEATED,
        editable=False,
    )  # fmt: skip

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.gathering.get_absolute_url()
