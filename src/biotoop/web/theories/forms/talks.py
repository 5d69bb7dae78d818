"""Forms for remarks, for reading before publishing, and for publishing."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.theories.enums import ReviewState
from biotoop.web.theories.models import Comment

if TYPE_CHECKING:
    CommentModelForm = forms.ModelForm[Comment]
else:
    CommentModelForm = forms.ModelForm


class CommentForm(CommentModelForm):
    """A remark."""

    class Meta:
        model = Comment
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}  # noqa: RUF012 - Django's form


class AskForm(forms.Form):
    """Ask somebody to read the draft."""

    question = forms.CharField(
        label=_("What should the reader look at?"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class DecideForm(forms.Form):
    """What a reader found of the draft."""

    state = forms.ChoiceField(
        label=_("What do you find?"),
        widget=forms.RadioSelect,
        choices=[
            (ReviewState.APPROVED, _("I agree: this can be published")),
            (ReviewState.CHANGES, _("Something has to change first")),
        ],
    )
    remarks = forms.CharField(
        label=_("Remarks"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class PublishForm(forms.Form):
    """Publish the draft."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What changed, and why?"), required=False, max_length=2000,
        help_text=_("Readers see this beside the version."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    alone = forms.CharField(
        label=_("Nobody else read this text. Why publish it all the same?"), required=False,
        max_length=300, help_text=_("The reason stays beside the version."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, is_read: bool, **options: Any) -> None:  # noqa: ANN401 - of Form
        super().__init__(*arguments, **options)
        if is_read:
            del self.fields["alone"]
