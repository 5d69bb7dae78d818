"""An organisation itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.organisations.enums import OrganisationKind
from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.forms.records import RecordForm


class OrganisationForm(RecordForm):
    class Meta:
        model = Organisation
        fields = ("name", "kind", "place", "valid_from", "valid_until")


class OrganisationFilter(forms.Form):
    zoek = forms.CharField(label=_("Name or place"), required=False, max_length=100)
    soort = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("all kinds")), *OrganisationKind.choices],
    )
