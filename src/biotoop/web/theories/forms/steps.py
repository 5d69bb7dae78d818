"""Choose a step among those of several theories."""

from django import forms


def name_with_theory(field: forms.Field) -> None:
    """Name each step with its theory: a code such as S1 stands in all of them."""
    if isinstance(field, forms.ModelChoiceField):
        field.label_from_instance = lambda step: f"{step.theory}: {step}"  # type: ignore[assignment]
