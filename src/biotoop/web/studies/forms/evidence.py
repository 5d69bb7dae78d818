"""What people fill in about documents, data, literature and tests."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.forms.days import DayInput
from biotoop.web.shared.forms.records import RecordForm
from biotoop.web.shared.models.days import site_day
from biotoop.web.studies.bridge.data import DatasetWords
from biotoop.web.studies.bridge.targets import TheoryWords
from biotoop.web.studies.models import LiteratureItem, ProcessTest


class DocumentForm(forms.Form):
    """The text of a document."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("Text"),
        max_length=400_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
    )


class DataForm(forms.Form):
    """A data file."""

    dataset = forms.ChoiceField(label=_("Which data are these?"))
    file = forms.FileField(label=_("File"), help_text=_("csv, xlsx, parquet, sav or dta"))
    wave = forms.ChoiceField(label=_("Moment of measuring"), required=False)
    taken_on = forms.DateField(label=_("Data of"), widget=DayInput())
    controller = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("Who answers for these data?"),
        empty_label=None,
        help_text=_("Only this organisation, and who works with it by agreement, gets the file."),
    )

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Django's signature
        datasets: tuple[DatasetWords, ...],
        controllers: QuerySet[Organisation],
        **options: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*arguments, **options)
        waves = dict(pair for each in datasets for pair in each.waves)
        for name, choices in (
            ("dataset", [(each.id, f"{each.label} ({each.file})") for each in datasets]),
            ("wave", [("", _("all of them, or none")), *waves.items()]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        self.fields["taken_on"].initial = site_day()
        if controllers.count() > 1:
            self.fields["controller"].queryset = controllers  # type: ignore[attr-defined]
        else:
            del self.fields["controller"]


class TargetForm(RecordForm):
    """A form about a step; the steps are chosen in words."""

    def __init__(self, *arguments: Any, theory: TheoryWords, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        steps = [(step.code, f"{step.code}: {step.words}") for step in theory.steps()]
        known = {code for code, _words in steps}
        other = self.instance.target
        if other and other not in known and (route := theory.find(other)):
            steps.append((route.code, f"{route.code}: {route.words}"))
        self.fields["target"] = forms.ChoiceField(label=_("About which step?"), choices=steps)
        self.order_fields(["edition", "target"])


class LiteratureForm(TargetForm):
    """A published effect."""

    class Meta:
        model = LiteratureItem
        fields = (
            "target", "code", "source", "level", "effect", "se", "tau_het", "population",
            "setting", "transferability", "group",
        )  # fmt: skip
        widgets = {"source": forms.Textarea(attrs={"rows": 2})}  # noqa: RUF012 - Django's form
        help_texts = {  # noqa: RUF012 - as above
            "group": _("Items from one study or meta-analysis depend on each other."),
            "transferability": _("1: just as well; 0: not at all."),
        }


class TestForm(TargetForm):
    """A test of a step against a rival."""

    __test__ = False  # not a test case of pytest

    class Meta:
        model = ProcessTest
        fields = (
            "target", "code", "hypothesis", "rival", "kind", "expected", "expected_rival",
            "source", "family", "searched", "found", "seen", "p", "p_not", "group",
        )  # fmt: skip
        widgets = {  # noqa: RUF012 - Django's form
            name: forms.Textarea(attrs={"rows": 2})
            for name in ("hypothesis", "rival", "expected", "expected_rival", "seen")
        }
        help_texts = {  # noqa: RUF012 - as above
            "kind": _("Only a test that was registered before looking weighs more than a straw."),
            "p": _("Leave empty for the usual chances of this kind of test."),
        }

    def clean(self) -> dict[str, Any]:
        """Hold the chances, and looking and finding, together."""
        values = super().clean()
        if (values.get("p") is None) != (values.get("p_not") is None):
            self.add_error("p_not", _("Give both chances, or neither."))
        if values.get("found") is not None and not values.get("searched"):
            self.add_error("searched", _("It was found or not, so it was looked for."))
        for name in ("p", "p_not"):
            if values.get(name) is not None and not 0 <= values[name] <= 1:
                self.add_error(name, _("A chance lies between 0 and 1."))
        return values
