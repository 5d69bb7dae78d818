"""Forms about a theory as a whole, and about what is pasted or sent in."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.shared.forms.choices import QuickSelect
from biotoop.web.theories.enums import Visibility
from biotoop.web.theories.forms.fields import DraftForm
from biotoop.web.theories.models import Theory

LARGEST_FILE = 5_000_000
if TYPE_CHECKING:
    TheoryModelForm = forms.ModelForm[Theory]
else:
    TheoryModelForm = forms.ModelForm


class TheoryForm(TheoryModelForm):
    """What stands above a theory, and who may read it."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Theory
        fields = ("title", "place", "language", "visibility", "invented")
        help_texts = {  # noqa: RUF012 - Django's form
            "title": _("What it is about, in a few words."),
            "place": _("Only when this is written for one place."),
            "visibility": _("What is published; drafts stay with the people of the programme."),
            "invented": _("For exercises and examples; the word stands on every export."),
        }
        widgets = {"visibility": forms.RadioSelect}  # noqa: RUF012 - as above


class VariantForm(forms.Form):
    """A variant for another place."""

    place = forms.CharField(label=_("For which place?"), max_length=100)


class PasteForm(DraftForm):
    """A table or outline, pasted."""

    text = forms.CharField(
        label=_("Paste here"), max_length=200_000, strip=False,
        help_text=_("A table from Excel or Word, or a list of points."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )  # fmt: skip


class FileForm(forms.Form):
    """A theory.yaml, or a zipped study folder."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        label=_("File"), help_text=_("A theory.yaml, or a study folder as a zip file.")
    )

    def clean_file(self) -> bytes:
        """Read the file, when it is not too large."""
        found = self.cleaned_data["file"]
        if found.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is %(size)s MB; at most 5 MB is read. Send only the theory.yaml."),
                params={"size": round(found.size / 1e6, 1)},
            )
        content: bytes = found.read()
        return content


class FilterForm(forms.Form):
    """Which theories to list."""

    q = forms.CharField(label=_("Search in titles"), required=False, max_length=100)
    readable = forms.ChoiceField(
        label=_("Who may read it"), required=False,
        choices=[("", _("all")), *Visibility.choices], widget=QuickSelect,
    )  # fmt: skip
