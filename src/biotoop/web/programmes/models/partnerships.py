"""A research programme: partners who agree to find things out together, for some years."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.enums import Funding
from biotoop.web.programmes.models.named import Named
from biotoop.web.shared.actions.files import holds_files
from biotoop.web.shared.models.records import Record


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """Keep the last day from lying before the first."""
    right = models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on"))
    return models.CheckConstraint(name=f"{name}_ends_after_it_begins", condition=right)


class Dated(Record):
    """Something that holds from a day until a day, that day included."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True


class Partnership(Named):
    """The research programme itself; what was agreed stands in its agreements."""

    purpose = models.TextField(_("purpose"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("research programme")
        verbose_name_plural = _("research programmes")
        ordering: ClassVar = ["name_nl"]

    def get_absolute_url(self) -> str:
        return reverse("programmes:partnership", args=[self.pk])


@holds_files
class Agreement(Dated):
    """What the partners agreed for a period; without one they see nothing of each other."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="agreements")
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    intellectual_property = models.TextField(_("intellectual property"), max_length=4000)
    derived_services = models.TextField(_("services that follow from it"), max_length=4000)
    funding = models.TextField(_("how it is paid for"), max_length=4000)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering: ClassVar = ["-starts_on"]
        constraints: ClassVar = [ends_after_it_begins("agreement")]

    def __str__(self) -> str:
        return f"{self.partnership}, {self.starts_on:%Y}"


class Partner(Dated):
    """An organisation takes part in a research programme, from a day until a day."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="partnerships", verbose_name=_("organisation")
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints: ClassVar = [
            ends_after_it_begins("partner"),
            models.UniqueConstraint(
                fields=["partnership", "organisation", "starts_on"], name="partner_begins_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Capacity(Record):
    """What an organisation puts in during one year."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="capacities")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="capacities", verbose_name=_("organisation")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    hours = models.PositiveIntegerField(_("hours"))
    funding = models.CharField(_("paid from"), max_length=10, choices=Funding.choices)

    class Meta:
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")
        ordering: ClassVar = ["year", "organisation__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "organisation", "year", "funding"], name="capacity_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.year}"


class Line(Named):
    """One of the lines along which a research programme works."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "name_nl"], name="line_named_once")
        ]


class LinePartner(Dated):
    """An organisation works on a line, from a day until a day; it may work on several."""

    line = models.ForeignKey(Line, models.CASCADE, related_name="line_partners")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="lines", verbose_name=_("organisation")
    )

    class Meta:
        verbose_name = _("partner on a line")
        verbose_name_plural = _("partners on lines")
        constraints: ClassVar = [
            ends_after_it_begins("line_partner"),
            models.UniqueConstraint(
                fields=["line", "organisation", "starts_on"], name="line_partner_begins_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.line}"
