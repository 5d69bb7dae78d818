"""Seats: asking for one, who sits on it, and its own line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.clusters.enums import FOR_ORGANISATION, FOR_STUDENT
from biotoop.web.clusters.forms.clusters import Choices, ChoosingForm, StepForm, narrow
from biotoop.web.clusters.models import Cluster, OwnLine, Report, Seat, Yield
from biotoop.web.organisations.models import Membership
from biotoop.web.shared.forms.days import DayInput


class SeatForm(ChoosingForm):
    """The request for a seat: short on purpose."""

    class Meta:
        model = Seat
        fields = ("organisation", "motive", "sponsor")
        help_texts = {  # noqa: RUF012 - Django's own form
            "motive": _("Two sentences are enough. You choose the employee later."),
            "sponsor": _("Somebody with a mandate; may be named later."),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        field.empty_label = None
        self.fields["motive"].widget.attrs["rows"] = 4


class TakeForm(StepForm):
    """The start of the employee; the dates of the cluster are the proposal."""

    starts_on = forms.DateField(label=_("First day on the seat"), widget=DayInput())
    ends_on = forms.DateField(label=_("Last day on the seat"), widget=DayInput())


class HolderForm(StepForm):
    """Who gets the seat, or comes in the place of another."""

    employee = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Employee"), empty_label=None
    )
    field_order = ("employee", "on", "reason")

    def __init__(self, *arguments: Any, choices: Choices, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        narrow(self, choices)


class SponsorForm(forms.Form):
    sponsor = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Sponsor"), empty_label=None
    )

    def __init__(self, *arguments: Any, choices: Choices, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        narrow(self, choices)


class LineForm(ChoosingForm):
    class Meta:
        model = OwnLine
        fields = ("title", "question", "within", "outside", "aspects")
        help_texts = {  # noqa: RUF012 - as above
            "title": _("Without a title your name stands here."),
            "outside": _("What you leave to the others, so that nobody does the same twice."),
            "aspects": _("Which parts of the question of the cluster does your line cover?"),
        }
        widgets = {"aspects": forms.CheckboxSelectMultiple}  # noqa: RUF012 - as above


class ReportForm(ChoosingForm):
    class Meta:
        model = Report
        fields = ("kind", "title", "text", "address", "on")
        help_texts = {  # noqa: RUF012 - as above
            "kind": _("Published work is seen by the sponsor and by everybody at once."),
        }


class YieldForm(ChoosingForm):
    class Meta:
        model = Yield
        fields = ("kind", "text", "evidence", "on")
        help_texts = {  # noqa: RUF012 - as above
            "evidence": _("A document, a page, a number with its source, somebody who saw it."),
        }

    def __init__(self, *arguments: Any, for_student: bool | None = None, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        if for_student is None and self.instance.kind:
            for_student = self.instance.kind.startswith("s_")
        kinds = FOR_STUDENT if for_student else FOR_ORGANISATION
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(kind.value, kind.label) for kind in kinds]


class JoinForm(forms.Form):
    cluster = forms.ModelChoiceField(Cluster.objects.none(), label=_("Cluster"), empty_label=None)
    on = forms.DateField(label=_("From"), widget=DayInput())
    reason = forms.CharField(
        label=_("What you do together"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *arguments: Any, choices: Choices, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        narrow(self, choices)
