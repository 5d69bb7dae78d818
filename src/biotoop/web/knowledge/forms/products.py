"""What people fill in about a product and its parts."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from biotoop.web.knowledge.enums import Change, ProductKind
from biotoop.web.knowledge.models import Author, Product, Source, UseReport
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.forms.records import RecordForm
from biotoop.web.theories.models import Theory

Words = str | Promise
Choices = Sequence[tuple[str, Words]]
KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class MakeForm(RecordForm):
    """The beginning of a product: three things, the rest comes later."""

    place = forms.ChoiceField(label=_("Where it belongs"))

    class Meta:
        model = Product
        fields = ("kind", "title", "question_text")
        help_texts = {  # noqa: RUF012 - Django's own form
            "question_text": _("In the words of who asked it."),
        }

    def __init__(self, *arguments: Any, places: Choices, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = list(places)


class FactsForm(RecordForm):
    """What a product is: everything but its texts for readers."""

    question = forms.CharField(
        label=_("Address of the practice question"),
        required=False,
        help_text=_("Paste the address of its page. Only who may see the question follows it."),
    )

    address = forms.URLField(
        label=_("Where else it stands"), required=False, max_length=300, assume_scheme="https"
    )

    class Meta:
        model = Product
        fields = (
            "kind", "title", "language", "theme", "summary", "programme", "partnership", "study",
            "version", "question_text", "question", "licence", "intellectual_property", "address",
            "doi", "invented",
        )  # fmt: skip
        help_texts = {  # noqa: RUF012 - as above
            "summary": _("What was found out or made, for whom, and how sure it is."),
            "version": _("Only for the release of a theory of change; others leave it empty."),
            "licence": _("What others may do with it."),
            "intellectual_property": _(
                "Who holds the rights, and where that was agreed: the agreement of the research "
                "programme, or a mail of a date."
            ),
            "doi": _("If it has one already. Biotoop makes none."),
        }

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Django's signature
        choices: dict[str, QuerySet[Any]],
        questions: Sequence[QuerySet[Any]],
        **options: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*arguments, **options)
        self.questions = questions
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - as above
            field.queryset = rows

    def clean_question(self) -> UUID | None:
        """Take the number out of an address; only of a question that the reader may see."""
        text = self.cleaned_data["question"].strip().lower()
        if not text:
            return None
        found = KEY.search(text)
        key = UUID(found.group()) if found else None
        is_known = key is not None and (
            key == self.instance.question
            or any(rows.filter(pk=key).exists() for rows in self.questions)
        )
        if not is_known:
            raise ValidationError(
                say("There is no question at this address, or you may not see it. "
                    "Copy the address of its page, or leave this empty.")
            )  # fmt: skip
        return key


class TextsForm(RecordForm):
    """The texts for readers: in plain language, and for each group."""

    class Meta:
        model = Product
        fields = ("plain", "for_professionals", "for_policy", "for_education", "for_residents")
        help_texts = {  # noqa: RUF012 - as above
            "plain": _(
                "Short sentences, everyday words, level B1: what was asked, what we found, how "
                "sure it is, what you can do with it. At least forty words."
            ),
            "for_professionals": _("What can you do differently in your work?"),
            "for_policy": _("What does it ask of you to decide?"),
            "for_education": _("What can students learn from it, and how?"),
            "for_residents": _("What will you notice of it?"),
        }


class AuthorForm(RecordForm):
    class Meta:
        model = Author
        fields = ("name", "is_person", "affiliation", "orcid", "position")
        help_texts = {  # noqa: RUF012 - as above
            "name": _("A person as: family name, given name. An organisation as it is called."),
            "orcid": _("The number of a researcher, such as 0000-0002-1825-0097."),
        }


class SourceForm(RecordForm):
    class Meta:
        model = Source
        fields = ("source",)

    def __init__(self, *arguments: Any, sources: QuerySet[Product], **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        field = self.fields["source"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - as above
        field.queryset = sources


class TheoryForm(forms.Form):
    """Which theory of change a product says something about."""

    theory = forms.ModelChoiceField(Theory.objects.none(), label=_("Theory of change"))

    def __init__(self, *arguments: Any, theories: QuerySet[Any], **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        field = self.fields["theory"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - as above
        field.queryset = theories


class TouchForm(forms.Form):
    """Which step or node, what the product does to it, and why."""

    target = forms.ChoiceField(label=_("Step or node"))
    change = forms.ChoiceField(label=_("What it does"), choices=Change.choices)
    because = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea,
        help_text=_("What in this product says so, and how sure it is."),
    )

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Django's signature
        links: Sequence[Model],
        nodes: Sequence[Model],
        **options: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as above
        field.choices = [
            (say("Steps"), [(f"link:{row.pk}", str(row)) for row in links]),
            (say("Nodes"), [(f"node:{row.pk}", str(row)) for row in nodes]),
        ]


class UseForm(RecordForm):
    class Meta:
        model = UseReport
        fields = ("who", "used_for", "changed", "used_on")
        help_texts = {  # noqa: RUF012 - as above
            "who": _("Such as: the neighbourhood team of Lindehof. Name no residents."),
            "changed": _("Nothing is an answer too: then say what stood in the way."),
        }


class StepForm(forms.Form):
    """A remark with a step."""

    note = forms.CharField(
        label=_("Remark"), max_length=1000, required=False, widget=forms.Textarea
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *arguments: Any, says_why: bool, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        if says_why:
            self.fields["note"].required = True
            self.fields["note"].label = _("Why")


class CatalogueFilter(forms.Form):
    """What to look for in the catalogue."""

    zoek = forms.CharField(label=_("Word"), required=False, max_length=200)
    soort = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *ProductKind.choices]
    )
    thema = forms.ChoiceField(label=_("Theme"), required=False)
    programma = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), required=False, empty_label=_("all")
    )

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Django's signature
        themes: Choices,
        programmes: QuerySet[Any],
        **options: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*arguments, **options)
        theme, programme = self.fields["thema"], self.fields["programma"]
        assert isinstance(theme, forms.ChoiceField)  # noqa: S101 - as above
        assert isinstance(programme, forms.ModelChoiceField)  # noqa: S101 - as above
        theme.choices = [("", _("all")), *themes]
        programme.queryset = programmes
