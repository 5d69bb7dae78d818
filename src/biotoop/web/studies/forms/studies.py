"""What people fill in about a study as a whole."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.forms.choices import QuickSelect
from biotoop.web.shared.forms.records import RecordForm
from biotoop.web.studies.enums import Purpose, SafeguardState, StudyState
from biotoop.web.studies.models import Study, StudySafeguard
from biotoop.web.theories.models import Theory


class StudyForm(RecordForm):
    """What the workplace knows of a study; the documents say the rest."""

    class Meta:
        model = Study
        fields = (
            "title", "question", "purpose", "publish_by", "period_start", "period_end",
            "version", "cycle", "organisation", "language", "invented",
        )  # fmt: skip
        widgets = {  # noqa: RUF012 - Django's form
            "question": forms.Textarea(attrs={"rows": 2}),
            "purpose": forms.RadioSelect,
        }
        help_texts = {  # noqa: RUF012 - as above
            "purpose": _("Choose before you start. Who accounts also says when it is public."),
            "publish_by": _("Needed when the study is to account for something."),
            "version": _("Evidence is about this text. Only published versions can be chosen."),
            "cycle": _("The round of learning that this study belongs to."),
            "invented": _("For exercises and examples; the word stands on every export."),
        }

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Django's signature
        theory: Theory,
        organisations: QuerySet[Organisation],
        **options: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*arguments, **options)
        self.choose("version", theory.versions.select_related("theory"))
        self.choose("cycle", theory.cycles.filter(archived_at=None, decided_on=None))
        self.choose("organisation", organisations)

    def choose(self, name: str, rows: QuerySet[Any]) -> None:
        """Say which rows can be chosen; what is chosen already stays possible."""
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            kept = getattr(self.instance, f"{name}_id", None)
            field.queryset = rows | rows.model._default_manager.filter(pk=kept) if kept else rows

    def clean(self) -> dict[str, Any]:
        """Hold purpose, promise and period together."""
        values = super().clean()
        if values.get("purpose") == Purpose.ACCOUNT and not values.get("publish_by"):
            self.add_error("publish_by", _("Say by which day the result is public."))
        first, last = values.get("period_start"), values.get("period_end")
        if first and last and last < first:
            self.add_error("period_end", _("This day lies before the first day."))
        return values


class SafeguardForm(RecordForm):
    """What was agreed to protect who takes part."""

    class Meta:
        model = StudySafeguard
        fields = ("state", "explanation")
        widgets = {  # noqa: RUF012 - Django's form
            "state": forms.RadioSelect,
            "explanation": forms.Textarea(attrs={"rows": 2}),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for a reason with every answer."""
        values = super().clean()
        if values.get("state") != SafeguardState.OPEN and not values.get("explanation"):
            self.add_error("explanation", _("Say by whom and where, or why not."))
        return values


class BackForm(forms.Form):
    """Why a study goes back."""

    reason = forms.CharField(
        label=_("Why?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class PublishForm(RecordForm):
    """Since when, and where, the result can be read."""

    class Meta:
        model = Study
        fields = ("published_on", "publication")
        help_texts = {  # noqa: RUF012 - Django's form
            "publication": _("An address, a DOI, or the name of the report."),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        for field in self.fields.values():
            field.required = field is not self.fields["edition"]


class StudyFilter(forms.Form):
    """Which studies to list."""

    zoek = forms.CharField(label=_("Search in titles"), required=False, max_length=100)
    stand = forms.ChoiceField(
        label=_("Where it stands"),
        required=False,
        choices=[("", _("everywhere")), *StudyState.choices],
        widget=QuickSelect,
    )
    doel = forms.ChoiceField(
        label=_("What it is for"),
        required=False,
        choices=[("", _("both")), *Purpose.choices],
        widget=QuickSelect,
    )
