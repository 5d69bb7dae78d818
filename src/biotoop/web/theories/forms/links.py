"""The form for a step."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.theories.bridge.documents import Plain, text_of
from biotoop.web.theories.bridge.editing import HORIZONS, LinkWords
from biotoop.web.theories.bridge.reading import choice_words
from biotoop.web.theories.forms.fields import DraftForm, Lines, reader_language


class LinkForm(DraftForm):
    """A step: if, then, because."""

    start = forms.ChoiceField(label=_("From"))
    end = forms.ChoiceField(label=_("Leads to"))
    if_ = forms.CharField(
        label=_("If"), help_text=_("Who does or experiences what."), required=False,
        max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    then = forms.CharField(
        label=_("Then"), help_text=_("What changes, for whom, when."), required=False,
        max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    because = forms.CharField(
        label=_("Because"), help_text=_("What makes it work; not the change once more."),
        required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    assumptions = Lines(
        label=_("What do you take for granted?"), help_text=_("One assumption on a line.")
    )
    rivals = Lines(
        label=_("What else could explain the change?"),
        help_text=_("One other explanation on a line. Without one the grade stays below the top."),
    )
    conditions = Lines(
        label=_("For whom and when does it hold?"), help_text=_("One condition on a line.")
    )
    horizon = forms.ChoiceField(label=_("How long until it shows?"), required=False)
    kind = forms.ChoiceField(label=_("Kind of step"), initial="cause")

    def __init__(
        self, *arguments: Any, nodes: Iterable[tuple[str, str]], **options: Any  # noqa: ANN401 - of Form
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **options)
        language = reader_language()
        named = list(nodes)
        choices: dict[str, list[tuple[str, Any]]] = {
            "start": named,
            "end": named,
            "horizon": [("", _("not known")), *choice_words("horizon", HORIZONS, language)],
            "kind": choice_words("link_kind", ("cause", "condition", "feedback"), language),
        }
        for name, values in choices.items():
            cast("forms.ChoiceField", self.fields[name]).choices = values

    def words(self) -> LinkWords:
        """Give what was written."""
        data = self.cleaned_data
        names = ("kind", "if_", "then", "because", "assumptions", "rivals", "conditions", "horizon")
        return LinkWords(**{name: data[name] for name in names})

    @staticmethod
    def initial_of(item: Plain, ids: dict[str, str]) -> dict[str, object]:
        """Give the fields as a step has them now; ``ids`` names nodes by code."""
        language = reader_language()
        lines = {
            "assumptions": [
                text_of(part["text"], language) for part in item.get("assumptions", ())
            ],
            "rivals": [text_of(part["text"], language) for part in item.get("rivals", ())],
            "conditions": [text_of(part, language) for part in item.get("conditions", ())],
        }
        return {
            "start": ids.get(item["from"]),
            "end": ids.get(item["to"]),
            "kind": item.get("kind", "cause"),
            "horizon": item.get("horizon", ""),
            "if_": text_of(item.get("if"), language),
            "then": text_of(item.get("then"), language),
            "because": text_of(item.get("because"), language),
            **{name: "\n".join(texts) for name, texts in lines.items()},
        }
