"""Evidence that is not a voice: data, literature, and tests of a step against a rival."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate  # noqa: TID251 - what is written down, not what holds
from django.utils.translation import gettext_lazy as _

from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.models.files import StoredFile
from biotoop.web.shared.models.records import Record
from biotoop.web.studies.enums import Family, TestKind
from biotoop.web.studies.models.studies import Study

CODE = RegexValidator(
    r"^[A-Za-z][A-Za-z0-9_-]{0,31}$",
    _("Use a short code: a letter, and then letters, digits, - or _."),
)


class Snapshot(Record):
    """A data file as it came in. A newer one takes its place; the old one stays as it was."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="snapshots")
    name = models.CharField(_("name in the study folder"), max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="snapshots")
    controller = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="snapshots",
        verbose_name=_("organisation that answers for the data"),
    )
    sha256 = models.CharField(max_length=64)
    dataset = models.CharField(max_length=64)
    rows = models.PositiveBigIntegerField(_("rows"))
    columns = models.PositiveIntegerField(_("columns"))
    wave = models.CharField(_("moment of measuring"), max_length=64, blank=True)
    taken_on = models.DateField(_("data of"), default=localdate)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True, editable=False)
    by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("data file")
        verbose_name_plural = _("data files")
        ordering: ClassVar = ["name", "-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "name"],
                condition=models.Q(superseded_at=None, archived_at=None),
                name="snapshot_current_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("studies:data", args=[self.study_id])


class LiteratureItem(Record):
    """One published effect that bears on a step or route."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="literature")
    code = models.CharField(_("code"), max_length=32, validators=[CODE])
    target = models.CharField(_("step or route"), max_length=70)
    source = models.TextField(_("full reference, with DOI or page"), max_length=1000)
    level = models.PositiveSmallIntegerField(
        _("design level"),
        choices=[
            (1, _("1: after only")),
            (2, _("2: before and after")),
            (3, _("3: comparison group, or difference in differences")),
            (4, _("4: strong adjustment, or introduced in steps with checks")),
            (5, _("5: randomised")),
        ],
    )
    effect = models.FloatField(_("effect in standard deviations; + is as intended"))
    se = models.FloatField(_("standard error"))
    tau_het = models.FloatField(_("spread of effects between studies"), default=0.0)
    population = models.CharField(_("for whom"), max_length=300)
    setting = models.CharField(_("where"), max_length=300)
    translations = models.JSONField(default=dict, editable=False)
    transferability = models.FloatField(
        _("how well does it carry over to here? (0 to 1)"),
        default=1.0,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
    )
    group = models.CharField(_("underlying study"), max_length=100)
    text_hash = models.CharField(max_length=64, blank=True, editable=False)
    by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("literature")
        verbose_name_plural = _("literature")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "code"],
                condition=models.Q(archived_at=None),
                name="literature_code_once",
            ),
            models.CheckConstraint(name="literature_se", condition=models.Q(se__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.source[:60]}"


class ProcessTest(Record):
    """A test of a step against a rival: what one expects to find, and whether it was found."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="tests")
    code = models.CharField(_("code"), max_length=32, validators=[CODE])
    target = models.CharField(_("step or route"), max_length=70)
    hypothesis = models.TextField(_("what the step says"), max_length=1000)
    rival = models.TextField(_("the other explanation"), max_length=1000)
    kind = models.CharField(_("kind of test"), max_length=10, choices=TestKind.choices)
    p = models.FloatField(_("chance to find it if the step works"), null=True, blank=True)
    p_not = models.FloatField(_("chance to find it if it does not"), null=True, blank=True)
    expected = models.TextField(_("what do you expect to find?"), max_length=1000)
    expected_rival = models.TextField(
        _("what would the other explanation lead you to find?"), max_length=1000, blank=True
    )
    searched = models.BooleanField(_("it was looked for"), default=True)
    found = models.BooleanField(_("found"), null=True, blank=True)
    seen = models.TextField(_("what was seen"), max_length=1000, blank=True)
    source = models.CharField(_("where do you look?"), max_length=300)
    family = models.CharField(_("kind of source"), max_length=15, choices=Family.choices)
    group = models.CharField(_("group of tests on the same source"), max_length=100, blank=True)
    text_hash = models.CharField(max_length=64, blank=True, editable=False)
    translations = models.JSONField(default=dict, editable=False)
    looked_at = models.DateTimeField(_("looked on"), null=True, editable=False)
    by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("test")
        verbose_name_plural = _("tests")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "code"],
                condition=models.Q(archived_at=None),
                name="test_code_once",
            ),
            models.CheckConstraint(
                name="test_has_both_chances_or_none",
                condition=models.Q(p=None, p_not=None)
                | models.Q(
                    p__isnull=False,
                    p_not__isnull=False,
                    p__gte=0,
                    p__lte=1,
                    p_not__gte=0,
                    p_not__lte=1,
                ),
            ),
            models.CheckConstraint(
                name="test_found_was_searched",
                condition=models.Q(found=None) | models.Q(searched=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.hypothesis[:60]}"
