"""A field for one day."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day, written as browsers read it: in a Dutch form "23-11-2026" would show as empty."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
