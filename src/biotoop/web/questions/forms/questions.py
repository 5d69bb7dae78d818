"""What each step of a question asks, and what goes along with it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from biotoop.web.programmes.enums import Theme
from biotoop.web.questions.enums import Method, QuestionState
from biotoop.web.questions.models import Contributor, Desk, Expertise, Question, Translation
from biotoop.web.questions.models.listed import listed, words_in
from biotoop.web.shared.forms.records import RecordForm
from biotoop.web.theories.models import Link

LONG = forms.Textarea(attrs={"rows": 5})
READ_BY_ASKER = _("Who asked reads this. Write it for somebody outside your organisation.")


class Listed(forms.MultipleChoiceField):
    """Several words, kept as one text."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - what a form holds
        return words_in(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:  # noqa: ANN401 - as above
        return listed(super().clean(value))


class StepForm(forms.Form):
    """A step that asks nothing more."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *arguments: Any, question: Question, others: QuerySet[Question],  # noqa: ANN401 - Django's signature
        links: QuerySet[Link], **options: Any,  # noqa: ANN401 - as above
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **options)
        self.question = question
        self.fields["edition"].initial = question.edition
        for name, rows in (("other", others), ("step", links)):
            field = self.fields.get(name)
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows
        for name in self.fields:
            if name in ("title", "themes", "methods", "step", "reflection", "approach", "answer"):
                self.fields[name].initial = getattr(question, name)


class TextForm(StepForm):
    """A step that asks for words to who asked."""

    text = forms.CharField(
        label=_("What do you tell who asked?"), max_length=3000, widget=LONG,
        help_text=READ_BY_ASKER,
    )  # fmt: skip


class AcceptForm(StepForm):
    title = forms.CharField(label=_("Short title"), max_length=150)
    themes = Listed(label=_("Themes"), choices=Theme.choices)
    methods = Listed(label=_("How could it be found out?"), choices=Method.choices, required=False)
    step = forms.ModelChoiceField(
        Link.objects.none(), label=_("Which step of a theory of change is it about?"),
        required=False, empty_label=_("none, or not known yet"),
    )  # fmt: skip
    text = forms.CharField(
        label=_("What do you tell who asked?"), max_length=3000, widget=LONG, required=False,
        help_text=READ_BY_ASKER,
    )  # fmt: skip


class RefuseForm(StepForm):
    text = forms.CharField(
        label=_("Why not?"), max_length=3000, widget=LONG, help_text=READ_BY_ASKER
    )
    alternative = forms.CharField(
        label=_("What can who asked do instead?"), max_length=2000, widget=LONG,
        help_text=_("Somebody who can help, something to read, another way to ask it."),
    )  # fmt: skip


class MergeForm(StepForm):
    other = forms.ModelChoiceField(
        Question.objects.none(), label=_("It goes along with"), empty_label=None
    )
    text = forms.CharField(
        label=_("What do you tell who asked?"), max_length=3000, widget=LONG,
        help_text=READ_BY_ASKER,
    )  # fmt: skip


class ReflectForm(StepForm):
    reflection = forms.CharField(
        label=_("What is known about it, and what is not?"), max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10}), help_text=READ_BY_ASKER,
    )  # fmt: skip


class BeginForm(StepForm):
    approach = forms.CharField(
        label=_("What do you do, with whom, until when?"), max_length=4000, widget=LONG,
        help_text=READ_BY_ASKER,
    )  # fmt: skip


class DeliverForm(StepForm):
    product = forms.CharField(
        label=_("What is it called?"), max_length=200,
        help_text=_("A report, advice, a way of working, a lesson ..."),
    )  # fmt: skip
    product_address = forms.URLField(
        label=_("Where can it be read?"), required=False, assume_scheme="https",
        help_text=_("The web address, such as that of its page in the catalogue."),
    )  # fmt: skip


class ReportForm(StepForm):
    answer = forms.CharField(
        label=_("The answer, in plain words"), max_length=3000, widget=LONG,
        help_text=READ_BY_ASKER,
    )  # fmt: skip
    without = forms.CharField(
        label=_("Will nobody do anything differently? Say why"), max_length=1000, required=False,
        help_text=_("Only needed when no professional wrote what they do differently now."),
    )  # fmt: skip


class MatchForm(StepForm):
    expertise = forms.ModelChoiceField(
        Expertise.objects.none(), label=_("Researcher"), empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    hours = forms.IntegerField(label=_("Hours a month"), min_value=1, max_value=80, initial=4)
    why = forms.CharField(
        label=_("Why this person?"), max_length=1000, widget=LONG, help_text=READ_BY_ASKER
    )


FORMS: dict[str, type[StepForm]] = {
    "accept": AcceptForm,
    "refuse": RefuseForm,
    "merge": MergeForm,
    "match": MatchForm,
    "reflect": ReflectForm,
    "begin": BeginForm,
    "deliver": DeliverForm,
    "report": ReportForm,
    "take": StepForm,
    "ask": TextForm,
    "reopen": TextForm,
    "hand_back": TextForm,
    "answer": TextForm,
    "withdraw": StepForm,
}


class DeskForm(RecordForm):
    class Meta:
        model = Desk
        fields = ("organisation", "name_nl", "name_en", "slug", "region", "days", "is_open")


class ExpertiseForm(RecordForm):
    themes = Listed(label=_("Themes"), choices=Theme.choices)
    methods = Listed(label=_("Methods that you can use"), choices=Method.choices)

    class Meta:
        model = Expertise
        fields = ("organisation", "themes", "methods", "region", "hours", "about")
        help_texts = {  # noqa: RUF012 - Django's own form
            "hours": _("Nobody asks you for more. With nought you are not asked."),
        }


class ContributorForm(RecordForm):
    class Meta:
        model = Contributor
        fields = ("name", "kind")


class TranslationForm(RecordForm):
    class Meta:
        model = Translation
        fields = ("text", "because")
        widgets = {"text": LONG}  # noqa: RUF012 - as above


class QuestionFilter(forms.Form):
    zoek = forms.CharField(label=_("Words"), required=False, max_length=100)
    stand = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *QuestionState.choices]
    )
    thema = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", _("all")), *Theme.choices]
    )
