"""A place where anybody can bring a question."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.models.named import Named


class Desk(Named):
    """The desk of an organisation, which looks at questions; an open one has a public page."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="desks", verbose_name=_("organisation")
    )
    slug = models.SlugField(
        _("short name in the address"), max_length=40, unique=True,
        help_text=_("For on a poster: small letters and dashes, such as beekwaarde."),
    )  # fmt: skip
    region = models.CharField(_("place or region"), max_length=100, blank=True)
    days = models.PositiveSmallIntegerField(
        _("days to a first answer"), default=14, help_text=_("Who asks reads this promise.")
    )
    is_open = models.BooleanField(_("anybody may bring a question here"), default=True)

    class Meta:
        verbose_name = _("question desk")
        verbose_name_plural = _("question desks")
        ordering: ClassVar = ["name_nl"]

    def get_absolute_url(self) -> str:
        return reverse("questions:desk", args=[self.pk])
