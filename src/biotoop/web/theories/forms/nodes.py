"""The form for a node."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.theories.bridge.documents import Plain, text_of
from biotoop.web.theories.bridge.editing import KINDS, Amounts, NodeWords
from biotoop.web.theories.bridge.reading import choice_words
from biotoop.web.theories.forms.fields import DraftForm, reader_language


class NodeForm(DraftForm):
    """A node."""

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    label = forms.CharField(
        label=_("The node in one short sentence"),
        help_text=_("One verb. Say who does or experiences what."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    whose = forms.CharField(
        label=_("For whom is this a change, and who sees it?"), required=False, max_length=300
    )
    reach_planned = forms.FloatField(label=_("People planned"), required=False, min_value=0)
    reach_delivered = forms.FloatField(label=_("People reached"), required=False, min_value=0)
    reach_unit = forms.CharField(
        label=_("Counted in"), help_text=_("For example: people a year."), required=False,
        max_length=80,
    )  # fmt: skip
    dose_planned = forms.FloatField(label=_("Dose planned"), required=False, min_value=0)
    dose_delivered = forms.FloatField(label=_("Dose delivered"), required=False, min_value=0)
    dose_unit = forms.CharField(
        label=_("Dose counted in"), help_text=_("For example: hours a person."), required=False,
        max_length=80,
    )  # fmt: skip
    quality = forms.CharField(
        label=_("How well is it delivered?"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    as_intended = forms.ChoiceField(
        label=_("Delivered well enough to test the theory?"),
        required=False,
        choices=[("", _("not known")), ("yes", _("yes")), ("no", _("no"))],
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - of Form
        super().__init__(*arguments, **options)
        field = cast("forms.ChoiceField", self.fields["kind"])
        field.choices = choice_words("kind", KINDS, reader_language())

    def words(self) -> NodeWords:
        """Give what was written."""
        data = self.cleaned_data
        as_intended = {"yes": True, "no": False}.get(data["as_intended"])
        return NodeWords(
            kind=data["kind"],
            label=data["label"],
            whose=data["whose"],
            reach=self.amounts("reach"),
            dose=self.amounts("dose"),
            quality=data["quality"],
            as_intended=as_intended,
        )

    def amounts(self, name: str) -> Amounts:
        data = self.cleaned_data
        parts = ("planned", "delivered", "unit")
        return Amounts(**{part: data[f"{name}_{part}"] for part in parts})

    @staticmethod
    def initial_of(item: Plain) -> dict[str, object]:
        """Give the fields as a node has them now."""
        language = reader_language()
        delivery = item.get("delivery", {})
        found: dict[str, object] = {
            "kind": item.get("kind"),
            "label": text_of(item.get("label"), language),
            "whose": text_of(item.get("whose"), language),
            "quality": text_of(delivery.get("quality"), language),
            "as_intended": {True: "yes", False: "no"}.get(delivery.get("as_intended"), ""),
        }
        for name in ("reach", "dose"):
            amount = delivery.get(name, {})
            found |= {f"{name}_{part}": amount.get(part, "") for part in ("planned", "delivered")}
            found[f"{name}_unit"] = text_of(amount.get("unit"), language)
        return found
