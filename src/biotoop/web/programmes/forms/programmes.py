"""Programmes and policy goals."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.enums import ProgrammeStatus
from biotoop.web.programmes.models import PolicyGoal, Programme
from biotoop.web.shared.forms.records import RecordForm


class OwnedForm(RecordForm):
    """A record of an organisation, which is chosen only when there is something to choose."""

    def __init__(self, *arguments: Any, owners: QuerySet[Organisation], **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = owners
        field.empty_label = None
        if self.instance.organisation_id is not None:
            del self.fields["organisation"]


class ProgrammeForm(OwnedForm):
    class Meta:
        model = Programme
        fields = ("organisation", "name_nl", "name_en", "place", "status", "summary")
        help_texts = {  # noqa: RUF012 - Django's own form
            "summary": _("Two or three sentences that a resident understands."),
            "place": _("Is it offered in several places? Make one programme, with variants."),
        }


class PolicyGoalForm(OwnedForm):
    class Meta:
        model = PolicyGoal
        fields = (
            "organisation", "name_nl", "name_en", "description_nl", "description_en",
            "starts_on", "ends_on", "is_public",
        )  # fmt: skip
        help_texts = {  # noqa: RUF012 - as above
            "name_nl": _("As the council wrote it, such as: fewer people are lonely."),
            "is_public": _("Then the page about this goal opens without an account."),
        }


class ProgrammeFilter(forms.Form):
    zoek = forms.CharField(label=_("Name or place"), required=False, max_length=100)
    organisatie = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), required=False, empty_label=_("all")
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("all")), *ProgrammeStatus.choices]
    )

    def __init__(self, *arguments: Any, owners: QuerySet[Organisation], **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        field = self.fields["organisatie"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = owners


class GoalFilter(ProgrammeFilter):
    status = None  # type: ignore[assignment]  # goals have none
