"""The learning cycle: design, data, analysis, conclusion, and then the next one."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate  # noqa: TID251 - what is written down, not what holds
from django.utils.translation import gettext_lazy as _

from biotoop.web.programmes.models import Line, Partnership
from biotoop.web.shared.models.records import Record
from biotoop.web.studies.enums import Conclusion, Decision, GateQuestion, Phase
from biotoop.web.theories.models import Theory


class Cycle(Record):
    """One round of learning about a theory; its studies hold the evidence."""

    theory = models.ForeignKey(
        Theory, models.PROTECT, related_name="cycles", verbose_name=_("theory of change")
    )
    partnership = models.ForeignKey(
        Partnership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cycles",
        verbose_name=_("research programme"),
    )
    title = models.CharField(_("title"), max_length=150)
    question = models.TextField(_("what do you want to find out together?"), max_length=1000)
    phase = models.CharField(
        _("phase"), max_length=10, choices=Phase.choices, default=Phase.DESIGN, editable=False
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="next_cycles"
    )
    started_on = models.DateField(_("started on"), default=localdate)
    conclusion = models.CharField(
        _("what failed, if anything?"), max_length=20, choices=Conclusion.choices, blank=True
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    decision_reason = models.TextField(_("why"), max_length=4000, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    decided_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("learning cycle")
        verbose_name_plural = _("learning cycles")
        ordering: ClassVar = ["-started_on", "title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="cycle_is_decided_with_a_reason",
                condition=models.Q(decided_on=None)
                | ~(models.Q(decision="") | models.Q(decision_reason="") | models.Q(conclusion="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("studies:cycle", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        """Tell whether the team decided; a closed cycle stays as it is."""
        return self.decided_on is not None


class GateAnswer(Record):
    """What a team answered to a question at the end of a phase."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="gate_answers")
    phase = models.CharField(max_length=10, choices=Phase.choices)
    question = models.CharField(max_length=20, choices=GateQuestion.choices)
    answer = models.TextField(_("answer"), max_length=2000)
    by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("answer at a gate")
        verbose_name_plural = _("answers at gates")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "question"], name="gate_answered_once")
        ]

    def __str__(self) -> str:
        return self.get_question_display()


class Reflection(Record):
    """What one line says of the conclusion; asked for when a cycle reaches that phase."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="reflections")
    line = models.ForeignKey(Line, models.PROTECT, related_name="reflections")
    text = models.TextField(_("reflection"), max_length=4000, blank=True)
    none_received = models.BooleanField(_("no reaction received"), default=False)
    given_at = models.DateTimeField(null=True, editable=False)
    by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("reflection")
        verbose_name_plural = _("reflections")
        ordering: ClassVar = ["line__position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "line"], name="reflection_once_a_line"),
            models.CheckConstraint(
                name="reflection_is_words_or_silence",
                condition=models.Q(none_received=False) | models.Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.line)

    @property
    def is_settled(self) -> bool:
        """Tell whether the line reacted, or was found not to."""
        return bool(self.text) or self.none_received
