"""What a cluster gathers together: a study of its own, under one arrangement."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biotoop.web.clusters.models.clusters import Cluster
from biotoop.web.clusters.models.lines import OwnLine
from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.models.partnerships import Dated, ends_after_it_begins
from biotoop.web.studies.models import Study


class Dataset(Dated):
    """The study in which the parts come together, and who answers together for what."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="datasets")
    study = models.ForeignKey(
        Study, models.PROTECT, related_name="cluster_datasets", verbose_name=_("study")
    )
    title = models.CharField(_("title"), max_length=150)
    arrangement = models.TextField(
        _("who answers for what (joint controllers, article 26)"), max_length=4000
    )
    contact = models.CharField(_("where people can ask for their data"), max_length=200)
    codebook = models.TextField(
        _("common codebook: one variable on each line, with what it means"), max_length=20_000
    )

    class Meta:
        verbose_name = _("dataset of a cluster")
        verbose_name_plural = _("datasets of clusters")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            ends_after_it_begins("dataset"),
            models.UniqueConstraint(
                fields=["study"], condition=models.Q(archived_at=None), name="dataset_of_one_study"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("clusters:dataset", args=[self.pk])


class DatasetPart(Dated):
    """What one organisation brings in, as the controller of its part, under the arrangement."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="dataset_parts", verbose_name=_("organisation")
    )
    content = models.TextField(_("what this part holds"), max_length=500)
    signed_by = models.CharField(_("signed by"), max_length=150)

    class Meta:
        verbose_name = _("part of a dataset")
        verbose_name_plural = _("parts of datasets")
        ordering: ClassVar = ["organisation__name"]
        constraints: ClassVar = [
            ends_after_it_begins("dataset_part"),
            models.UniqueConstraint(
                fields=["dataset", "organisation"],
                condition=models.Q(archived_at=None),
                name="dataset_part_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class DatasetAccess(Dated):
    """The controller of a part agrees that one line works with it, for a purpose and a time."""

    part = models.ForeignKey(DatasetPart, models.CASCADE, related_name="accesses")
    line = models.ForeignKey(
        OwnLine, models.CASCADE, related_name="accesses", verbose_name=_("own line")
    )
    purpose = models.CharField(_("what for"), max_length=300)

    class Meta:
        verbose_name = _("access to a part of a dataset")
        verbose_name_plural = _("accesses to parts of datasets")
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            ends_after_it_begins("dataset_access"),
            models.UniqueConstraint(
                fields=["part", "line"],
                condition=models.Q(archived_at=None),
                name="dataset_access_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.part}"
