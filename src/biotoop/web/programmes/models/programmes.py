"""What an organisation offers, and what a municipality wants to reach."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.enums import ProgrammeStatus
from biotoop.web.programmes.models.named import Named


class Programme(Named):
    """What an organisation offers to people; its theory of change says how that should help."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="programmes", verbose_name=_("organisation")
    )
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    place = models.CharField(_("place or region"), max_length=100, blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ProgrammeStatus.choices,
        default=ProgrammeStatus.RUNNING,
    )
    summary = models.TextField(_("what it is, for whom"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering: ClassVar = ["name_nl"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="programme_slug_once")
        ]

    def get_absolute_url(self) -> str:
        return reverse("programmes:detail", args=[self.pk])


class PolicyGoal(Named):
    """What a municipality wants to reach in a period."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="policy_goals", verbose_name=_("municipality")
    )
    description_nl = models.TextField(_("description in Dutch"), blank=True, max_length=2000)
    description_en = models.TextField(_("description in English"), blank=True, max_length=2000)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    is_public = models.BooleanField(_("anybody may read it"), default=False)

    class Meta:
        verbose_name = _("policy goal")
        verbose_name_plural = _("policy goals")
        ordering: ClassVar = ["name_nl"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="policy_goal_ends_after_it_begins",
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("programmes:goal", args=[self.pk])

    @property
    def description(self) -> str:
        """Give the description in the language of the name that is shown."""
        in_english = self.name_language == "en" and self.description_en
        return self.description_en if in_english else self.description_nl
