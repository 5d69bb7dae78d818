"""Forms about records."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.shared.forms.days import DayInput

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


class RecordForm(ModelForm):
    """A form about a record, which remembers the edition that the reader saw.

    It writes nothing and leaves the record as it is: an action does that, with ``cleaned_data``.
    """

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        self.fields["edition"].initial = self.instance.edition
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = DayInput()

    def _post_clean(self) -> None:
        """Leave the record alone: the action checks it again, on the edition that is there."""

    def clean_edition(self) -> int:
        """Take a form without a number as one about the first edition."""
        return self.cleaned_data["edition"] or 1

    def clean(self) -> dict[str, Any]:
        """Keep the last day from lying before the first."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("This day lies before the first day."))
        return values
