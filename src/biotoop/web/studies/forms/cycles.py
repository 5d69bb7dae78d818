"""What people fill in about a learning cycle."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from biotoop.web.programmes.models import Partnership
from biotoop.web.shared.forms.records import RecordForm
from biotoop.web.studies.enums import GATES, Conclusion, Decision, GateQuestion, Phase
from biotoop.web.studies.models import Cycle, Reflection


class CycleForm(RecordForm):
    """What stands above a cycle."""

    class Meta:
        model = Cycle
        fields = ("title", "question", "partnership")
        widgets = {"question": forms.Textarea(attrs={"rows": 3})}  # noqa: RUF012 - Django's form
        help_texts = {  # noqa: RUF012 - as above
            "partnership": _("Its lines are asked for a reflection at the end."),
        }

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Django's signature
        partnerships: QuerySet[Partnership],
        **options: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["partnership"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = partnerships


class GateForm(forms.Form):
    """The questions at the end of a phase."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *arguments: Any, phase: Phase, **options: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(*arguments, **options)
        for question in GATES[phase]:
            self.fields[question.value] = forms.CharField(
                label=GateQuestion(question).label,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )


class ReflectionForm(RecordForm):
    """What a line says of the conclusion."""

    class Meta:
        model = Reflection
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}  # noqa: RUF012 - Django's form

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        self.fields["text"].required = True


class DecideForm(RecordForm):
    """How a cycle ends."""

    class Meta:
        model = Cycle
        fields = ("conclusion", "decision", "decision_reason")
        widgets = {  # noqa: RUF012 - Django's form
            "conclusion": forms.RadioSelect,
            "decision": forms.RadioSelect,
            "decision_reason": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        self.fields["decision_reason"].required = True
        for name, choices in (("conclusion", Conclusion.choices), ("decision", Decision.choices)):
            field = self.fields[name]
            field.required = True
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
