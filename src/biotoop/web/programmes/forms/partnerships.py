"""Research programmes and everything that belongs to them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.models import (
    Agreement,
    Capacity,
    Line,
    LinePartner,
    Partner,
    Partnership,
)
from biotoop.web.shared.forms.records import RecordForm


class PartForm(RecordForm):
    """A part of a research programme; an organisation is chosen among those that may be."""

    def __init__(self, *arguments: Any, owners: QuerySet[Organisation], **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        field = self.fields.get("organisation")
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = owners


class PartnershipForm(RecordForm):
    class Meta:
        model = Partnership
        fields = ("name_nl", "name_en", "purpose")


class AgreementForm(PartForm):
    class Meta:
        model = Agreement
        fields = (
            "starts_on", "ends_on", "signed_on",
            "intellectual_property", "derived_services", "funding",
        )  # fmt: skip
        help_texts = {  # noqa: RUF012 - Django's own form
            "ends_on": _("After this day partners no longer see what is each other's."),
            "intellectual_property": _("Whose is what is made, and who may use it for what?"),
            "derived_services": _("Who may sell advice or tools that come from it?"),
            "funding": _("Public money, own money, or money from elsewhere?"),
        }


class PartnerForm(PartForm):
    class Meta:
        model = Partner
        fields = ("organisation", "starts_on", "ends_on")
        help_texts = {  # noqa: RUF012 - as above
            "organisation": _(
                "Is it not in the list? Ask the system administrator to let it take part."
            ),
        }


class LineForm(PartForm):
    class Meta:
        model = Line
        fields = ("name_nl", "name_en", "position")


class LinePartnerForm(PartForm):
    class Meta:
        model = LinePartner
        fields = ("organisation", "starts_on", "ends_on")


class CapacityForm(PartForm):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=1_000_000)

    class Meta:
        model = Capacity
        fields = ("organisation", "year", "hours", "funding")
