"""Forms that belong to no app in particular."""

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.shared.forms.days import DayInput


class SampleForm(forms.Form):
    """One field of each kind, for the gallery."""

    title = forms.CharField(label=_("Name of the study"), help_text=_("Short, as on a folder."))
    why = forms.CharField(
        label=_("What do you want to find out?"), required=False, widget=forms.Textarea
    )
    start = forms.DateField(label=_("First day"), widget=DayInput(), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", "–"), ("survey", _("survey")), ("interviews", _("interviews"))],
    )
    purpose = forms.ChoiceField(
        label=_("What is it for?"),
        choices=[("learn", _("to learn")), ("account", _("to account for"))],
        widget=forms.RadioSelect,
    )
    lines = forms.MultipleChoiceField(
        label=_("Which lines take part?"),
        choices=[("practice", _("practice")), ("policy", _("policy")), ("concept", _("concepts"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label=_("The partners agree to this plan"))
