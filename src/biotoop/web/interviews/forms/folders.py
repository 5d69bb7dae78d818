"""A whole study folder, sent as a zip."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FolderForm(forms.Form):
    """The folder."""

    file = forms.FileField(
        label=_("Study folder as a zip file"),
        help_text=_("Documents, data, claims, tests and literature; all of it or nothing."),
    )
