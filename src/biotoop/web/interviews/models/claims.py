"""Claims by people, their words, and what they miss in the theory."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biotoop.web.interviews.enums import (
    Asked,
    CoderRelation,
    ProposalState,
    Quality,
    RivalRelation,
    Stance,
    TargetKind,
)
from biotoop.web.interviews.models.rounds import Respondent, Round
from biotoop.web.shared.models.records import Record, address_of
from biotoop.web.studies.enums import Family
from biotoop.web.studies.models import Study
from biotoop.web.studies.models.evidence import CODE
from biotoop.web.theories.enums import Language


class Proposal(Record):
    """Something that people miss in the theory; enough voices ask for a decision."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="proposals")
    label = models.CharField(_("what is missing?"), max_length=200)
    key = models.CharField(max_length=200, editable=False)
    state = models.CharField(
        _("decision"), max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    reason = models.TextField(_("why"), max_length=2000, blank=True)
    node_code = models.CharField(_("code of the node"), max_length=32, blank=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("proposed node")
        verbose_name_plural = _("proposed nodes")
        ordering: ClassVar = ["label"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "key"], name="proposal_once_a_study"),
            models.CheckConstraint(
                name="proposal_is_decided_with_a_reason",
                condition=models.Q(state=ProposalState.OPEN) | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("interviews:proposals", args=[self.study_id])


class Claim(Record):
    """What one person, or a group counted by card, says about one node, step or route.

    ``asked``, ``interviewer`` and ``searched`` are those of the round unless they stand here.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="claims")
    round = models.ForeignKey(Round, models.PROTECT, related_name="claims", verbose_name=_("round"))
    code = models.CharField(_("code"), max_length=32, validators=[CODE])
    respondent = models.ForeignKey(
        Respondent, models.PROTECT, null=True, related_name="claims", verbose_name=_("respondent")
    )
    count = models.PositiveIntegerField(_("number of people"), default=1)
    life_age = models.CharField(_("age band"), max_length=30, blank=True)
    life_place = models.CharField(_("place"), max_length=60, blank=True)
    life_role = models.CharField(_("role"), max_length=60, blank=True)
    target = models.CharField(_("about"), max_length=70)
    target_kind = models.CharField(max_length=5, choices=TargetKind.choices)
    stance = models.CharField(_("stance"), max_length=15, choices=Stance.choices)
    asked = models.CharField(_("was it asked?"), max_length=12, choices=Asked.choices, blank=True)
    interviewer = models.CharField(_("code of the interviewer"), max_length=32, blank=True)
    searched = models.BooleanField(_("the topic was open or asked"), null=True, blank=True)
    explicit = models.BooleanField(_("said “without this not”"), default=False)
    rival = models.CharField(_("another cause that was named"), max_length=300, blank=True)
    rival_relation = models.CharField(
        _("how that cause stands to the step"),
        max_length=12,
        choices=RivalRelation.choices,
        blank=True,
    )
    rival_share = models.CharField(_("how much it contributed"), max_length=200, blank=True)
    condition = models.CharField(_("condition that was named"), max_length=300, blank=True)
    quality = models.CharField(
        _("weight"), max_length=4, choices=Quality.choices, default=Quality.FULL
    )
    coder = models.CharField(max_length=40, blank=True, editable=False)
    coder_relation = models.CharField(
        _("the coder is"),
        max_length=12,
        choices=CoderRelation.choices,
        default=CoderRelation.INDEPENDENT,
    )
    family = models.CharField(max_length=15, choices=Family.choices, blank=True)
    importance = models.PositiveSmallIntegerField(_("rank of importance"), null=True, blank=True)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    text_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering: ClassVar = ["-created_at", "code"]
        indexes: ClassVar = [
            models.Index(fields=["study", "target"], name="claim_target"),
            models.Index(
                fields=["study", "-created_at"],
                condition=models.Q(archived_at=None),
                name="claim_newest",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "code"],
                condition=models.Q(archived_at=None),
                name="claim_code_once",
            ),
            models.CheckConstraint(name="claim_counts_people", condition=models.Q(count__gte=1)),
            models.CheckConstraint(
                name="claim_of_one_person_or_a_count",
                condition=models.Q(count=1) | models.Q(respondent=None),
            ),
            models.CheckConstraint(
                name="claim_rival_and_relation",
                condition=models.Q(rival="", rival_relation="")
                | (~models.Q(rival="") & ~models.Q(rival_relation="")),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return address_of("interviews:claim", self.pk)


class Quote(Record):
    """The words themselves, masked; fewer people may read these than may see the claim."""

    claim = models.OneToOneField(Claim, models.CASCADE, related_name="quote")
    text = models.TextField(_("words of the respondent"), max_length=4000)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.DUTCH
    )
    consent = models.BooleanField(_("the respondent agreed that it may be shown"), default=False)
    approved_by = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def __str__(self) -> str:
        return self.claim.code
