"""What somebody without an account fills in: five fields at most."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.questions.actions.links import TooOld, TooQuick, number_of, ticket
from biotoop.web.questions.enums import AskerKind

MOST_LINKS = 2


class Ticketed(forms.Form):
    """A form that anybody may send: it knows when it was made, and counts once."""

    what = ""
    ticket = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        self.fields["ticket"].initial = ticket(self.what)

    def clean(self) -> dict[str, Any]:
        """Ask to send again what came too quickly or too late; the words stay in the form."""
        values = super().clean() or self.cleaned_data
        try:
            values["number"] = number_of(self.what, values.get("ticket") or "")
        except TooQuick:
            self.renew(_("That went very fast. Please press the button once more."))
        except TooOld:
            self.renew(_("This page stood open for a long time. Press the button once more."))
        return values

    def renew(self, why: Any) -> None:  # noqa: ANN401 - words or a promise of words
        """Give the form a new number, and say why it must be sent again."""
        self.data = {**dict(self.data.items()), self.add_prefix("ticket"): ticket(self.what)}
        self.add_error(None, why)


class AskForm(Ticketed):
    """The question itself. Only the question and who asks must be filled in."""

    what = "question"
    text = forms.CharField(
        label=_("What is your question?"), max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write it as you would say it. Leave out names of other people."),
    )  # fmt: skip
    background = forms.CharField(
        label=_("What goes on? Why do you want to know?"), max_length=1500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    asker_kind = forms.ChoiceField(label=_("You are"), choices=AskerKind.choices)
    place = forms.CharField(label=_("Neighbourhood or place"), max_length=100, required=False)
    email = forms.EmailField(
        label=_("E-mail address"), required=False, max_length=254,
        help_text=_("Only for news about your question. First we ask whether it is yours."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    def clean_text(self) -> str:
        """Refuse advertising: a question needs no row of web addresses."""
        text: str = self.cleaned_data["text"]
        if text.casefold().count("://") > MOST_LINKS:
            raise forms.ValidationError(_("Write your question without web addresses."))
        return text


class AnswerForm(forms.Form):
    """What who asked answers to the desk."""

    text = forms.CharField(
        label=_("Your answer"), max_length=1500, widget=forms.Textarea(attrs={"rows": 4})
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)


class JoinForm(forms.Form):
    """Under which name somebody works along."""

    name = forms.CharField(
        label=_("Your first name, or another name"), max_length=40,
        help_text=_("Everybody who works on this question reads it."),
    )  # fmt: skip
