"""Themes, and the clusters in which several organisations work on one."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biotoop.web.clusters.enums import ClusterState, ThemeKind
from biotoop.web.organisations.models import Membership, Organisation
from biotoop.web.programmes.models import Partnership
from biotoop.web.programmes.models.named import Named
from biotoop.web.programmes.models.partnerships import Dated, ends_after_it_begins
from biotoop.web.theories.models import Link

LEAST_SEATS, MOST_SEATS = 2, 20
LEAST_ORGANISATIONS, ADVISED_ORGANISATIONS = 2, 5


class Theme(Named):
    """A field of research on which the educating organisation offers clusters."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="themes", verbose_name=_("offered by")
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=ThemeKind.choices, default=ThemeKind.OFFERED
    )
    description_nl = models.TextField(_("description in Dutch"), blank=True, max_length=1000)
    description_en = models.TextField(_("description in English"), blank=True, max_length=1000)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("theme of clusters")
        verbose_name_plural = _("themes of clusters")
        ordering: ClassVar = ["position", "name_nl"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "name_nl"],
                condition=models.Q(archived_at=None),
                name="theme_named_once",
            )
        ]

    def get_absolute_url(self) -> str:
        return f"{reverse('clusters:list')}?thema={self.pk}"

    @property
    def description(self) -> str:
        """Give the description in the language of the name that is shown."""
        in_english = self.name_language == "en" and self.description_en
        return self.description_en if in_english else self.description_nl


class Cluster(Named):
    """Employees of several organisations study one theme for two years, led by a professor."""

    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="clusters", verbose_name=_("theme")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="clusters", verbose_name=_("offered by")
    )
    partnership = models.ForeignKey(
        Partnership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clusters",
        verbose_name=_("research programme"),
    )
    question = models.TextField(_("what we want to find out together"), max_length=1000)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    capacity = models.PositiveSmallIntegerField(
        _("number of seats"),
        default=5,
        validators=[MinValueValidator(LEAST_SEATS), MaxValueValidator(MOST_SEATS)],
    )
    state = models.CharField(
        _("where it stands"),
        max_length=10,
        choices=ClusterState.choices,
        default=ClusterState.PREPARING,
        editable=False,
    )
    is_public = models.BooleanField(_("anybody may read it"), default=True)

    class Meta:
        verbose_name = _("research cluster")
        verbose_name_plural = _("research clusters")
        ordering: ClassVar = ["-starts_on", "name_nl"]
        constraints: ClassVar = [
            ends_after_it_begins("cluster"),
            models.CheckConstraint(
                name="cluster_has_room",
                condition=models.Q(capacity__gte=LEAST_SEATS, capacity__lte=MOST_SEATS),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("clusters:detail", args=[self.pk])

    @property
    def standing(self) -> ClusterState:
        """Give where it stands, with its colour."""
        return ClusterState(self.state)


class Adoption(Dated):
    """A professor adopts a cluster, until another takes it over."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="adoptions")
    professor = models.ForeignKey(
        Membership, models.PROTECT, related_name="adoptions", verbose_name=_("professor")
    )
    reason = models.TextField(_("why it was handed over"), blank=True, max_length=500)

    class Meta:
        verbose_name = _("adoption of a cluster")
        verbose_name_plural = _("adoptions of clusters")
        ordering: ClassVar = ["starts_on", "created_at"]
        constraints: ClassVar = [
            ends_after_it_begins("adoption"),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=models.Q(ends_on=None),
                name="adoption_by_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.professor.user)


class Aspect(Named):
    """A part of the question of a cluster; the lines of participants cover the parts."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="aspects")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    step = models.ForeignKey(
        Link,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cluster_parts",
        verbose_name=_("open step of a theory of change"),
    )

    class Meta:
        verbose_name = _("part of the question")
        verbose_name_plural = _("parts of the question")
        ordering: ClassVar = ["position", "name_nl"]
