"""Gatherings, and who comes."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import make_naive, override
from django.utils.translation import gettext_lazy as _

from biotoop.web.organisations.models import Organisation
from biotoop.web.questions.enums import GatheringKind
from biotoop.web.questions.forms.asking import Ticketed
from biotoop.web.questions.models import Gathering, Question
from biotoop.web.shared.forms.records import RecordForm

MOMENT = "%Y-%m-%dT%H:%M"


def moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)


class GatheringForm(RecordForm):
    """A gathering; the organisation is chosen once."""

    starts_at = forms.DateTimeField(
        label=_("Begins"), widget=moment_input(), input_formats=[MOMENT, "%d-%m-%Y %H:%M"],
        help_text=_("On the clock of the organisation that holds it."),
    )  # fmt: skip
    ends_at = forms.DateTimeField(
        label=_("Ends"), widget=moment_input(), input_formats=[MOMENT, "%d-%m-%Y %H:%M"]
    )
    seats = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=2000)

    class Meta:
        model = Gathering
        fields = (
            "organisation", "kind", "title", "about", "place", "starts_at", "ends_at", "seats",
            "is_public", "question",
        )  # fmt: skip

    def __init__(
        self, *arguments: Any, owners: QuerySet[Organisation],  # noqa: ANN401 - Django's signature
        questions: QuerySet[Question], **options: Any,  # noqa: ANN401 - as above
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **options)
        for name, rows in (("organisation", owners), ("question", questions)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
            field.queryset = rows
        self.fields["organisation"].empty_label = None  # type: ignore[attr-defined]
        if self.instance.organisation_id is not None:
            del self.fields["organisation"]

    def full_clean(self) -> None:
        """Read the times on the clock of the organisation, whoever fills them in."""
        with override(self.zone()):
            super().full_clean()

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:  # noqa: ANN401 - Django's signature
        """Show the times on that clock too."""
        value = super().get_initial_for_field(field, field_name)
        is_moment = isinstance(field, forms.DateTimeField) and isinstance(value, datetime)
        return make_naive(value, self.zone()) if is_moment else value

    def zone(self) -> ZoneInfo:
        """Give the zone of the organisation that holds it."""
        home = self.instance.organisation if self.instance.organisation_id else None
        if home is None and self.is_bound:
            field = self.fields["organisation"]
            try:
                home = field.clean(self.data.get(self.add_prefix("organisation")))
            except forms.ValidationError:
                home = None
        return ZoneInfo(home.zone if home else settings.TIME_ZONE)

    def clean(self) -> dict[str, Any]:
        """Keep the end behind the beginning."""
        values = super().clean()
        begins, ends = values.get("starts_at"), values.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("It ends before it begins."))
        return values


class CancelForm(forms.Form):
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label=_("Why? Everybody who would come reads it"), max_length=500)


class SeatForm(Ticketed):
    """Who comes to one gathering; the address is only for news."""

    name = forms.CharField(
        label=_("Your name"), max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"), required=False,
        help_text=_("Without it we cannot tell you that something changes."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    def __init__(self, *arguments: Any, gathering: Gathering, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        self.what = f"seat {gathering.pk}"
        super().__init__(*arguments, **options)


class GatheringFilter(forms.Form):
    soort = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *GatheringKind.choices]
    )
    wanneer = forms.ChoiceField(
        label=_("When"), required=False, choices=[("", _("to come")), ("geweest", _("past"))]
    )
