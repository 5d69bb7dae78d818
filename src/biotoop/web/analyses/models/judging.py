"""What people judge of a step: added beside what was computed, never instead of it."""

from typing import ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from biotoop.web.analyses.enums import CertaintyLevel, Grade
from biotoop.web.analyses.models.runs import Run
from biotoop.web.studies.models import Study
from biotoop.web.theories.models import FrozenModel, Link


class Judgement(FrozenModel):
    """An assessor's view of one target of a run; a later one is another row."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, models.PROTECT, related_name="%(class)ss")
    link = models.ForeignKey(Link, models.PROTECT, related_name="+")
    text_hash = models.CharField(max_length=64)
    reason = models.TextField(_("why"), max_length=2000)
    assessor = models.CharField(max_length=250)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        abstract = True
        ordering: ClassVar = ["at"]


class Override(Judgement):
    """Another grade, with the reason; it stands beside the computed one."""

    computed = models.CharField(max_length=20, choices=Grade.choices)
    grade = models.CharField(_("your grade"), max_length=20, choices=Grade.choices)

    class Meta(Judgement.Meta):
        verbose_name = _("other grade by an assessor")
        verbose_name_plural = _("other grades by assessors")
        constraints: ClassVar = [
            models.CheckConstraint(name="override_says_why", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="override_differs", condition=~models.Q(grade=models.F("computed"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link}: {self.get_grade_display()}"


class Certainty(Judgement):
    """How certain the evidence on a step is: four components, and one word over them."""

    overall = models.CharField(
        _("certainty over all"), max_length=10, choices=CertaintyLevel.choices
    )
    components = models.JSONField(default=list)

    class Meta(Judgement.Meta):
        verbose_name = _("certainty")
        verbose_name_plural = _("certainties")
        constraints: ClassVar = [
            models.CheckConstraint(name="certainty_says_why", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.link}: {self.get_overall_display()}"
