"""Research openings and applications."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from biotoop.web.organisations.models import Organisation
from biotoop.web.questions.enums import OpeningKind
from biotoop.web.questions.models import Application, Opening, Question
from biotoop.web.questions.rules.placing import PlacingStep
from biotoop.web.shared.forms.days import DayInput
from biotoop.web.shared.forms.records import RecordForm
from biotoop.web.theories.forms.steps import name_with_theory
from biotoop.web.theories.models import Link


class OpeningForm(RecordForm):
    """A topic; organisation, step and question are chosen among what the reader sees."""

    seats = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=50, initial=1)

    class Meta:
        model = Opening
        fields = (
            "organisation", "kind", "title", "about", "angles", "other_angles", "together",
            "seats", "mentor", "supervision", "step", "question", "starts_on", "ends_on",
            "apply_by",
        )  # fmt: skip

    def __init__(
        self, *arguments: Any, owners: QuerySet[Organisation], links: QuerySet[Link],  # noqa: ANN401 - Django's signature
        questions: QuerySet[Question], **options: Any,  # noqa: ANN401 - as above
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **options)
        choices = (("organisation", owners), ("step", links), ("question", questions))
        for name, rows in choices:
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
            field.queryset = rows
        name_with_theory(self.fields["step"])
        self.fields["organisation"].empty_label = None  # type: ignore[attr-defined]
        if self.instance.organisation_id is not None:
            del self.fields["organisation"]


class ApplyForm(RecordForm):
    class Meta:
        model = Application
        fields = ("angle", "motivation", "fellows")
        help_texts = {  # noqa: RUF012 - Django's own form
            "angle": _("One of the angles above, or your own when that can be discussed."),
        }


class PlacingForm(forms.Form):
    """What a step of an application asks."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What do you tell the other?"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    supervisor = forms.CharField(
        label=_("Who supervises at the college or university?"), max_length=200
    )
    starts_on = forms.DateField(label=_("From"), widget=DayInput())
    ends_on = forms.DateField(label=_("Until"), widget=DayInput())

    def __init__(
        self, *arguments: Any, step: PlacingStep, row: Application, **options: Any  # noqa: ANN401 - Django's signature
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **options)
        self.fields["edition"].initial = row.edition
        self.fields["reason"].required = step.needs_reason
        if step.act != "offer":
            for name in ("supervisor", "starts_on", "ends_on"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Keep the end behind the beginning."""
        values = super().clean() or self.cleaned_data
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("This day lies before the first day."))
        return values


class OpeningFilter(forms.Form):
    zoek = forms.CharField(label=_("Words"), required=False, max_length=100)
    soort = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *OpeningKind.choices]
    )
