"""The words that the tables of studies use; values that go into study folders are the engine's."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """Where a learning cycle is."""

    DESIGN = "design", _("design")
    DATA = "data", _("gathering data")
    ANALYSIS = "analysis", _("analysis")
    CONCLUSION = "conclusion", _("conclusion")


class Decision(models.TextChoices):
    """What is done with a programme after a cycle."""

    CONTINUE = "continue", _("continue")
    ADJUST = "adjust", _("adjust")
    SCALE_UP = "scale_up", _("scale up")
    STOP = "stop", _("stop")


class Conclusion(models.TextChoices):
    """What failed, if anything."""

    BOTH_HELD = "both_held", _("neither: theory and delivery held")
    THEORY_FAILED = "theory_failed", _("the theory is not right")
    DELIVERY_FAILED = "delivery_failed", _("it was not delivered well")
    BOTH_FAILED = "both_failed", _("both failed")
    UNKNOWN = "unknown", _("not known")


class GateQuestion(models.TextChoices):
    """What a team answers before it goes on to the next phase."""

    AGREED = "agreed", _("Is the question clear, and with whom did you agree on it?")
    WHOSE_VOICE = "whose_voice", _("Whose voices do you look for, and who could be missed?")
    ENOUGH = "enough", _("How many people or measurements are needed to say anything?")
    AS_PLANNED = "as_planned", _("Was it done as planned? What went differently?")
    NOT_HEARD = "not_heard", _("Who was not heard, and what does that mean?")
    HANDLED = "handled", _("Are answers kept safe, and can nobody be recognised?")
    RIVALS = "rivals", _("Which other explanations did you look at?")
    AGAINST = "against", _("What speaks against the theory?")
    CHECKED = "checked", _("Who outside the team checked the analysis?")


GATES: Mapping[Phase, tuple[GateQuestion, ...]] = {
    Phase.DESIGN: (GateQuestion.AGREED, GateQuestion.WHOSE_VOICE, GateQuestion.ENOUGH),
    Phase.DATA: (GateQuestion.AS_PLANNED, GateQuestion.NOT_HEARD, GateQuestion.HANDLED),
    Phase.ANALYSIS: (GateQuestion.RIVALS, GateQuestion.AGAINST, GateQuestion.CHECKED),
    Phase.CONCLUSION: (),
}


class Purpose(models.TextChoices):
    """What a study is for."""

    LEARN = "learn", _("to learn")
    ACCOUNT = "account", _("to account for")


class StudyState(models.TextChoices):
    """Where a study is in its life."""

    IDEA = "idea", _("idea")
    PLAN = "plan", _("plan")
    ETHICS_AGREED = "ethics_agreed", _("ethics agreed")
    FIELDWORK = "fieldwork", _("fieldwork")
    ANALYSIS = "analysis", _("analysis")
    RELEASE = "release", _("release")
    CLOSED = "closed", _("closed")


class Safeguard(models.TextChoices):
    """What protects the people who take part."""

    IMPACT = "impact", _("data protection impact assessment (DPIA)")
    LETTER = "letter", _("information letter")
    CONSENT = "consent", _("form of consent")


class SafeguardState(models.TextChoices):
    """Where a safeguard stands."""

    OPEN = "open", _("still to do")
    AGREED = "agreed", _("agreed")
    NOT_NEEDED = "not_needed", _("not needed")


class DocumentName(models.TextChoices):
    """The documents that a team writes; the name is the place in the study folder."""

    STUDY = "study.yaml", _("the study")
    MEASURES = "measures.yaml", _("what is measured, and how")
    EFFECTS = "effects.yaml", _("analysis plans")
    VALUATION = "valuation.yaml", _("euros")
    CODEBOOK = "data/codebook.yaml", _("codebook of the data")
    JUDGEMENTS = "evidence/judgements.yaml", _("judgements by assessors")


class TestKind(models.TextChoices):
    """Kinds of process-tracing test."""

    __test__ = False  # not a test case of pytest

    STRAW = "straw", _("straw in the wind")
    NECESSARY = "necessary", _("necessary clue")
    STRONG = "strong", _("strong clue")
    BOTH = "both", _("necessary and strong clue")


class Family(models.TextChoices):
    """Kinds of evidence that err in their own way."""

    SELF_REPORT = "self_report", _("what people tell")
    OBSERVATION = "observation", _("observation")
    REGISTRATION = "registration", _("registration and documents")
    EFFECT_DESIGN = "effect_design", _("measured effect")
    LITERATURE = "literature", _("literature")
