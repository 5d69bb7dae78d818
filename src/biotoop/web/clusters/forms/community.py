"""The work community, the learning group, after-care, proposals and datasets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.clusters.forms.clusters import Choices, ChoosingForm, narrow
from biotoop.web.clusters.models import (
    AfterCare,
    Dataset,
    DatasetAccess,
    DatasetPart,
    Decision,
    Interest,
    Meeting,
    Proposal,
    Theme,
)
from biotoop.web.organisations.models import Membership
from biotoop.web.shared.forms.days import DayInput


class MeetingForm(ChoosingForm):
    class Meta:
        model = Meeting
        fields = ("title", "on", "place", "agenda", "notes")


class GroupMeetingForm(ChoosingForm):
    class Meta:
        model = Meeting
        fields = ("organisation", "title", "on", "place", "agenda", "notes")


class DecisionForm(ChoosingForm):
    class Meta:
        model = Decision
        fields = ("text", "owner", "due_on", "meeting")


class FollowForm(ChoosingForm):
    """The follow-up of a decision, by who sees to it."""

    class Meta:
        model = Decision
        fields = ("done_on", "outcome")
        help_texts = {  # noqa: RUF012 - Django's own form
            "done_on": _("Leave it empty as long as it is not done."),
        }


class AfterCareForm(ChoosingForm):
    class Meta:
        model = AfterCare
        fields = ("kind", "title", "text", "on")


class ProposalForm(ChoosingForm):
    class Meta:
        model = Proposal
        fields = ("organisation", "host", "title", "question", "wanted")


class InterestForm(ChoosingForm):
    class Meta:
        model = Interest
        fields = ("organisation", "note")


class StartForm(forms.Form):
    """With what a proposal becomes a cluster."""

    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"), empty_label=None)
    professor = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Professor"), empty_label=None
    )
    starts_on = forms.DateField(label=_("From"), widget=DayInput())
    ends_on = forms.DateField(label=_("Until"), widget=DayInput())
    capacity = forms.IntegerField(label=_("Number of seats"), min_value=2, max_value=20, initial=5)

    def __init__(self, *arguments: Any, choices: Choices, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        narrow(self, choices)

    def clean(self) -> dict[str, Any]:
        """Keep the last day from lying before the first."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("This day lies before the first day."))
        return values


class DatasetForm(ChoosingForm):
    class Meta:
        model = Dataset
        fields = (
            "title", "study", "arrangement", "contact", "codebook", "starts_on", "ends_on",
        )  # fmt: skip
        help_texts = {  # noqa: RUF012 - as above
            "arrangement": _("Who informs people, who answers requests, who tells of a leak?"),
            "codebook": _("For example: lonely_1 – score on six questions, 0 to 6."),
        }


class DatasetPartForm(ChoosingForm):
    class Meta:
        model = DatasetPart
        fields = ("organisation", "content", "signed_by", "starts_on", "ends_on")
        help_texts = {  # noqa: RUF012 - as above
            "ends_on": _("After this day no agreement about this part holds any more."),
        }


class DatasetAccessForm(ChoosingForm):
    class Meta:
        model = DatasetAccess
        fields = ("line", "purpose", "starts_on", "ends_on")
