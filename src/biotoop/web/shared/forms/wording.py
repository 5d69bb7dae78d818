"""What every form says when something is missing or wrong, in our own words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FILL_IN, CHOOSE = _("Fill this in."), _("Make a choice.")
WORDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": FILL_IN},
    forms.BooleanField: {"required": _("Tick this to go on.")},
    forms.ChoiceField: {"required": CHOOSE},
    forms.ModelChoiceField: {"required": CHOOSE},
    forms.MultipleChoiceField: {"required": _("Choose one or more.")},
    forms.FileField: {
        "required": _("Choose a file."),
        "missing": _("Choose a file."),
        "empty": _("This file is empty."),
    },
    forms.DateField: {"invalid": _("This is not a date. Write it as day-month-year: 31-12-2026.")},
    forms.IntegerField: {"invalid": _("Write a whole number, in figures.")},
    forms.DecimalField: {"invalid": _("Write a number, in figures.")},
    forms.FloatField: {"invalid": _("Write a number, in figures.")},
}


def speak_plainly() -> None:
    """Let every form field use our words, unless a form has its own."""
    for field, words in WORDS.items():
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **words}
