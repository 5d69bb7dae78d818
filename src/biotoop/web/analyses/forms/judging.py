"""Forms with which an assessor judges."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.analyses.enums import CertaintyLevel, Component, Grade

NOTHING = ("", "---------")
REASON = _("Somebody who does not know the study should be able to follow it.")


class OverrideForm(forms.Form):
    """Another grade, and why."""

    grade = forms.ChoiceField(label=_("your grade"))
    reason = forms.CharField(
        label=_("why"), help_text=REASON, max_length=2000, widget=forms.Textarea
    )

    def __init__(self, *arguments: Any, computed: str, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        others = [choice for choice in Grade.choices if choice[0] != computed]
        self.fields["grade"] = forms.ChoiceField(label=_("your grade"), choices=[NOTHING, *others])
        self.order_fields(["grade", "reason"])


class CertaintyForm(forms.Form):
    """How certain the evidence is: by component, and over all."""

    overall = forms.ChoiceField(
        label=_("certainty over all"), choices=[NOTHING, *CertaintyLevel.choices]
    )
    reason = forms.CharField(
        label=_("why"), help_text=REASON, max_length=2000, widget=forms.Textarea
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        for component in Component:
            self.fields[component.value] = forms.ChoiceField(
                label=component.label, choices=[NOTHING, *CertaintyLevel.choices], required=False
            )
            self.fields[f"{component.value}_why"] = forms.CharField(
                label=_("why so: %(what)s") % {"what": component.label},
                max_length=300,
                required=False,
            )
        self.order_fields([*(f for f in self.fields if f not in ("overall", "reason"))])

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of each component that was judged."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for component in Component:
            if values.get(component.value) and not values.get(f"{component.value}_why", "").strip():
                self.add_error(f"{component.value}_why", _("Say in a few words why."))
        return values

    def components(self) -> list[dict[str, str]]:
        """Give the components that were judged, as judgements.yaml knows them."""
        values = self.cleaned_data
        return [
            {"component": c.value, "concern": values[c.value], "reason": values[f"{c.value}_why"]}
            for c in Component
            if values.get(c.value)
        ]
