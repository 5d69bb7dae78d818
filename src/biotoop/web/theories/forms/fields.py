"""What forms about a draft share."""

from typing import Any

from django import forms
from django.utils.translation import get_language

from biotoop.web.theories.bridge.documents import LanguageCode


def reader_language() -> LanguageCode:
    """Tell in which of our two languages the reader reads."""
    return "en" if get_language() == "en" else "nl"


class Lines(forms.CharField):
    """Several short texts, one on a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - options of CharField
        super().__init__(required=False, max_length=3000, **options)

    def clean(self, value: Any) -> list[str]:  # noqa: ANN401 - whatever was sent
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]


class DraftForm(forms.Form):
    """A form about the draft: it says which edition the person saw."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
