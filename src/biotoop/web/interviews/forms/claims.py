"""One short form for a claim; the rest lies one click deeper."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biotoop.web.interviews.actions.claims import ClaimWords, Words
from biotoop.web.interviews.bridge.masking import look_through
from biotoop.web.interviews.enums import (
    Asked,
    CoderRelation,
    ProposalState,
    Quality,
    RivalRelation,
    Stance,
)
from biotoop.web.interviews.models import Claim, Round
from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.forms.choices import QuickSelect
from biotoop.web.shared.forms.records import RecordForm
from biotoop.web.studies.bridge.targets import TheoryWords
from biotoop.web.studies.models.evidence import CODE
from biotoop.web.theories.enums import Language

ON_STEPS = ("supports", "contradicts", "nuances", "not_mentioned")
SHORT = ("round", "quote", "life_role", "respondent", "target", "stance")
ABOUT_WORDS = ("quote", "language", "consent", "is_read")


class ClaimForm(forms.Form):
    """What somebody says about a step or node."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none())
    quote = forms.CharField(
        label=_("What was said"), max_length=4000, required=False,
        help_text=_("In their own words, without names, addresses or numbers."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    life_role = forms.CharField(
        label=_("Whose life is it?"), max_length=60, required=False,
        help_text=_("The group, such as resident, volunteer or informal carer."),
    )  # fmt: skip
    respondent = forms.CharField(
        label=_("Code of the respondent"), max_length=32, required=False, validators=[CODE],
        help_text=_("Such as R07, never a name. One code is one person."),
    )  # fmt: skip
    target = forms.ChoiceField(label=_("What is it about?"))
    stance = forms.ChoiceField(label=_("What does it say about that?"))
    proposes = forms.CharField(
        label=_("What is missing?"), max_length=200, required=False,
        help_text=_("Only when something is missing in the theory."),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_("The respondent agreed that these words may be shown"), required=False
    )
    is_read = forms.BooleanField(
        label=_("I read these words; nobody can be recognised by them"), required=False
    )
    language = forms.ChoiceField(label=_("Language of the words"), choices=Language.choices)
    life_age = forms.CharField(label=_("Age band"), max_length=30, required=False)
    life_place = forms.CharField(label=_("Place"), max_length=60, required=False)
    count = forms.IntegerField(
        label=_("Number of people"), min_value=1, max_value=10_000, initial=1,
        help_text=_("Above 1 only for a group that was counted by card."),
    )  # fmt: skip
    explicit = forms.BooleanField(label=_("Said “without this not”"), required=False)
    asked = forms.ChoiceField(
        label=_("Was it asked?"),
        required=False,
        choices=[("", _("as in the round")), *Asked.choices],
    )
    rival = forms.CharField(label=_("Another cause that was named"), max_length=300, required=False)
    rival_relation = forms.ChoiceField(
        label=_("How that cause stands to the step"), required=False,
        choices=[("", _("no other cause was named")), *RivalRelation.choices],
    )  # fmt: skip
    rival_share = forms.CharField(
        label=_("How much it contributed"), max_length=200, required=False
    )
    condition = forms.CharField(
        label=_("Condition that was named"), max_length=300, required=False,
        help_text=_("“I work in the daytime”: then it shows for whom, instead of averaging away."),
    )  # fmt: skip
    importance = forms.IntegerField(
        label=_("Rank of importance"), min_value=1, max_value=999, required=False
    )
    quality = forms.ChoiceField(label=_("Weight"), choices=Quality.choices, initial=Quality.FULL)
    coder_relation = forms.ChoiceField(
        label=_("The coder is"), choices=CoderRelation.choices, initial=CoderRelation.INDEPENDENT
    )

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Django's signature
        rounds: Any,  # noqa: ANN401 - a query of rounds
        theory: TheoryWords,
        **options: Any,  # noqa: ANN401 - Django's signature
    ) -> None:
        super().__init__(*arguments, **options)
        self.theory, self.masked = theory, ""
        held = self.fields["round"]
        if isinstance(held, forms.ModelChoiceField):
            held.queryset = rounds
        self.choose("target", targets_in(theory))
        self.choose("stance", stances())

    def choose(self, name: str, choices: list[Any]) -> None:
        """Say what can be chosen."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def short(self) -> list[forms.BoundField]:
        """Give the fields that a claim needs."""
        return [self[name] for name in SHORT]

    @property
    def deeper(self) -> list[forms.BoundField]:
        """Give the fields that most claims do without."""
        apart = {*SHORT, "edition", "is_read", "consent"}
        return [self[name] for name in self.fields if name not in apart]

    @property
    def is_open(self) -> bool:
        """Tell whether something deeper needs a look."""
        return any(field.errors for field in self.deeper)

    def clean(self) -> dict[str, Any]:
        """Look the words through, and offer them masked."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        hints = look_through(values.get("quote", ""))
        if hints.never or (hints.perhaps and not values.get("is_read")):
            self.masked = hints.masked
        if hints.never:
            text = _("This could point at a person and cannot be kept: %(found)s. Mask it.")
            found = {"found": ", ".join(hints.never)}
            self.add_error("quote", forms.ValidationError(text, params=found))
        elif hints.perhaps and not values.get("is_read"):
            text = _(
                "Could somebody be recognised by this: %(found)s? Mask it, or say that you read it."
            )
            found = {"found": ", ".join(hints.perhaps)}
            self.add_error("quote", forms.ValidationError(text, params=found))
        return values

    def said(self) -> ClaimWords:
        """Give the claim as it was filled in."""
        values = dict(self.cleaned_data)
        words = Words(
            text=values.pop("quote"), language=values.pop("language"),
            consent=values.pop("consent"), is_read=values.pop("is_read"),
        )  # fmt: skip
        for name in ("edition", "round"):
            values.pop(name)
        return ClaimWords(**values, words=words)


def targets_in(theory: TheoryWords) -> list[Any]:
    """Give what a claim can be about, in words."""
    steps = [(step.code, f"{step.code}: {step.words}") for step in theory.steps()]
    nodes = [(node.code, f"{node.code}: {node.words}") for node in theory.nodes()]
    return [
        (_("Steps: does one lead to the other?"), steps),
        (_("Nodes: do people know this?"), nodes),
    ]


def stances() -> list[Any]:
    """Give what a claim can say, by what it is about."""
    steps = [pair for pair in Stance.choices if pair[0] in ON_STEPS]
    nodes = [pair for pair in Stance.choices if pair[0] not in ON_STEPS]
    return [(_("about a step"), steps), (_("about a node"), nodes)]


def initial_of(claim: Claim) -> dict[str, Any]:
    """Give a claim as its form shows it."""
    names = (
        "life_role", "life_age", "life_place", "target", "stance", "count", "explicit", "asked",
        "rival", "rival_relation", "rival_share", "condition", "importance", "quality",
        "coder_relation", "edition",
    )  # fmt: skip
    quote = getattr(claim, "quote", None)
    return {
        **{name: getattr(claim, name) for name in names},
        "round": claim.round_id,
        "respondent": claim.respondent.code if claim.respondent else "",
        "proposes": claim.proposal.label if claim.proposal else "",
        "quote": quote.text if quote else "",
        "language": quote.language if quote else claim.study.language,
        "consent": bool(quote and quote.consent),
        "is_read": bool(quote and quote.approved_by),
    }


class RoundForm(RecordForm):
    """How a round was held: set once, for all its claims."""

    class Meta:
        model = Round
        fields = (
            "code", "method", "held_on", "organisation", "controller", "asked_by", "asked",
            "searched", "interviewer",
        )  # fmt: skip
        help_texts = {  # noqa: RUF012 - Django's form
            "controller": _(
                "Only this organisation, and who works with it by agreement, gets to see what "
                "was said in this round. This cannot be changed later."
            ),
            "code": _("Such as r1."),
            "asked_by": _("What people tell their own organisation weighs less."),
            "searched": _("If nobody could bring it up, silence says nothing."),
            "interviewer": _("A code; leave it empty when several people asked."),
        }

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Django's signature
        controllers: Sequence[Organisation] = (),
        **options: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["controller"]
        if len(controllers) > 1 and isinstance(field, forms.ModelChoiceField):
            keys = [each.pk for each in controllers]
            field.queryset = Organisation.objects.filter(pk__in=keys).order_by("name", "pk")
            field.empty_label, field.required = None, True
        else:
            del self.fields["controller"]


class TableForm(forms.Form):
    """A table of claims, pasted or as a workbook."""

    round = forms.ModelChoiceField(
        label=_("Round"), queryset=Round.objects.none(), required=False,
        help_text=_("Leave empty when the table names method, round and organisation itself."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Paste the table here"), required=False, max_length=2_000_000, strip=False,
        help_text=_(
            "From Excel or a csv file. "
            "The first row names the columns: step, stance, words, respondent, group."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )  # fmt: skip
    file = forms.FileField(label=_("Or send a file"), required=False, help_text=_("xlsx or csv"))
    masked = forms.BooleanField(
        label=_("Mask what could point at a person"), required=False, initial=True
    )
    is_read = forms.BooleanField(
        label=_("I read all words; nobody can be recognised by them"), required=False
    )

    def __init__(self, *arguments: Any, rounds: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        held = self.fields["round"]
        if isinstance(held, forms.ModelChoiceField):
            held.queryset = rounds

    def clean(self) -> dict[str, Any]:
        """Ask for one table."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(values.get("text", "").strip()) == bool(values.get("file")):
            self.add_error("text", _("Paste a table, or send a file: one of the two."))
        return values


class DecisionForm(forms.Form):
    """What is decided about something that people miss."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    state = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[pair for pair in ProposalState.choices if pair[0] != ProposalState.OPEN],
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("As what kind of node?"),
        choices=[("result", _("result")), ("outcome", _("outcome")), ("impact", _("impact")),
                 ("context", _("condition"))],
        help_text=_("Only when it is taken up: it then stands in the draft of the theory."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ClaimFilter(forms.Form):
    """Which claims to list."""

    over = forms.ChoiceField(label=_("About"), required=False, widget=QuickSelect)
    standpunt = forms.ChoiceField(
        label=_("Stance"),
        required=False,
        choices=[("", _("all")), *Stance.choices],
        widget=QuickSelect,
    )

    def __init__(self, *arguments: Any, theory: TheoryWords | None, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        field = self.fields["over"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("everything")), *(targets_in(theory) if theory else [])]
