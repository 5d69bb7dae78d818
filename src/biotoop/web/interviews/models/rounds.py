"""A round of gathering, and the people who were heard."""

from typing import Any, ClassVar
from uuid import UUID

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate  # noqa: TID251 - what is written down, not what holds
from django.utils.translation import gettext_lazy as _

from biotoop.web.interviews.enums import Asked, AskedBy, Method
from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.models.records import Record
from biotoop.web.studies.models import Study
from biotoop.web.studies.models.evidence import CODE

# In many tables the rounds are simply numbered.
ROUND_CODE = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$", _("Use a short code of letters, digits, - or _.")
)


class Round(Record):
    """One round: method, organisation, interviewer and who asked are set once, for all claims.

    The controller answers for what people said in it: the organisation of the study, or one that
    brings in a part of it. That stays as it was written first.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="rounds")
    code = models.CharField(_("code"), max_length=32, validators=[ROUND_CODE])
    method = models.CharField(_("method"), max_length=25, choices=Method.choices)
    organisation = models.CharField(_("organisation that asked"), max_length=150)
    controller = models.ForeignKey(
        Organisation,
        models.PROTECT,
        blank=True,
        related_name="rounds",
        verbose_name=_("organisation that answers for what was said"),
    )
    interviewer = models.CharField(_("code of the interviewer"), max_length=32, blank=True)
    asked = models.CharField(
        _("was it asked?"), max_length=12, choices=Asked.choices, default=Asked.ASKED
    )
    asked_by = models.CharField(
        _("who asked?"), max_length=20, choices=AskedBy.choices, default=AskedBy.OWN_ORGANISATION
    )
    searched = models.BooleanField(_("the topic was open or asked"), default=True)
    held_on = models.DateField(_("held on"), default=localdate)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering: ClassVar = ["-held_on", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "code", "method", "organisation", "asked_by"],
                condition=models.Q(archived_at=None),
                name="round_once_a_study",
                violation_error_message=_(
                    "This study has a round with this code, method, organisation and asker "
                    "already; choose another code."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_method_display()} ({self.organisation})"

    def save(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Let the organisation of the study answer where no other was named."""
        named: UUID | None = self.controller_id
        if named is None:
            self.controller_id = self.study.organisation_id
        super().save(*arguments, **options)

    def get_absolute_url(self) -> str:
        return reverse("interviews:round", args=[self.pk])


class Respondent(Record):
    """Somebody who was heard: a code, never a name. Who it is stands nowhere in the workplace."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="respondents")
    code = models.CharField(_("code of the respondent"), max_length=32, validators=[CODE])

    class Meta:
        verbose_name = _("respondent")
        verbose_name_plural = _("respondents")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "code"], name="respondent_once_a_study")
        ]

    def __str__(self) -> str:
        return self.code
