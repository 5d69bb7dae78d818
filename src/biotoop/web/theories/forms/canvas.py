"""The form for the canvas: layers of fields, derived from what is published about such canvases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.theories.bridge.documents import Plain, text_of
from biotoop.web.theories.forms.fields import DraftForm, reader_language

CANVAS_LAYERS = (
    (
        _("The question"),
        (
            ("vraagstuk", _("Issue and context"), _("What is going on, and where?")),
            ("doelgroep", _("For whom"), _("Who should notice something?")),
        ),
    ),
    (
        _("The line"),
        (
            ("interventie", _("Intervention"), _("What do you do?")),
            ("resultaat", _("Result"), _("What do people notice or do straight away?")),
            ("uitkomst", _("Outcome"), _("What changes in their lives?")),
            ("impact", _("Impact and public value"), _("What does society notice?")),
        ),
    ),
    (
        _("Who gains, who moves along"),
        (
            ("waarde_voor_wie", _("Value for whom"), _("Residents, organisation, chain, society.")),
            ("belanghebbenden", _("Who has a stake"), _("And who must move along?")),
            ("steun_en_legitimatie", _("Support and legitimacy"), _("Who stands behind it?")),
            ("capaciteit", _("Capacity and means"), _("People, hours, money.")),
        ),
    ),
    (
        _("What to look out for"),
        (
            (
                "ongewenste_effecten",
                _("Risks and unwanted effects"),
                _("What can go wrong, and for whom does it turn out badly?"),
            ),
            ("indicatoren", _("Indicators"), _("By what do you see that it works?")),
            ("leeragenda", _("What we want to find out"), _("Which step is least sure?")),
        ),
    ),
)


class CanvasForm(DraftForm):
    """The canvas (derived): fields in layers, and layers of your own."""

    own_name = forms.CharField(
        label=_("A layer of your own: its name"), required=False, max_length=60
    )
    own_text = forms.CharField(
        label=_("Its text"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *arguments: Any, canvas: Plain, **options: Any) -> None:  # noqa: ANN401 - of Form
        super().__init__(*arguments, **options)
        language = reader_language()
        self.layers: list[tuple[str, list[str]]] = []
        known = set()
        for title, fields in CANVAS_LAYERS:
            self.layers.append((str(title), [f"canvas_{name}" for name, _label, _help in fields]))
            for name, label, hint in fields:
                known.add(name)
                self.add(name, str(label), str(hint), text_of(canvas.get(name), language))
        own = [name for name in canvas if name not in known]
        for name in own:
            self.add(name, name.replace("_", " "), "", text_of(canvas[name], language))
        if own:
            self.layers.append((str(_("Your own layers")), [f"canvas_{name}" for name in own]))

    def add(self, name: str, label: str, hint: str, text: str) -> None:
        self.fields[f"canvas_{name}"] = forms.CharField(
            label=label, help_text=hint, required=False, max_length=2000, initial=text,
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip

    def shown(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Give the layers with their fields."""
        return [(title, [self[name] for name in names]) for title, names in self.layers]

    def written(self) -> dict[str, str]:
        """Give the canvas as it was written."""
        data = self.cleaned_data
        found = {
            name.removeprefix("canvas_"): text
            for name, text in data.items()
            if name.startswith("canvas_")
        }
        own = " ".join(data["own_name"].split()).replace(" ", "_").lower()
        return {**found, **({own: data["own_text"]} if own else {})}
