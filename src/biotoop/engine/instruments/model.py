"""The description of a questionnaire: items, scales, scoring rules, sources and licence.

The catalogue folder holds one such document for each instrument; a study may add its own.
"""

from enum import StrEnum

import attrs

from biotoop.engine.core.schema import field
from biotoop.engine.core.texts import Text

CODE = "^[A-Z][A-Z0-9_]{1,31}$"
KEY = "^[a-z][a-z0-9_]{0,31}$"


class LicenceClass(StrEnum):
    """What the licence lets us ship."""

    FREE = "free"
    CONDITIONAL = "conditional"
    REFERENCE = "reference"


class Verified(StrEnum):
    """How sure we are of a statement: source opened, from memory, or a rule of our own."""

    OPENED = "opened"
    FROM_MEMORY = "from_memory"
    OWN_RULE = "own_rule"


class ScoringRule(StrEnum):
    """How item points become a score."""

    SUM = "sum"
    MEAN = "mean"
    RESCALED = "rescaled"
    CONVERTED = "converted"
    TARIFF = "tariff"


class Better(StrEnum):
    """Which way is the good way."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class DifferenceKind(StrEnum):
    """What a minimal important difference rests on."""

    ANCHOR = "anchor"
    DISTRIBUTION = "distribution"
    UNCLEAR = "unclear"


class Use(StrEnum):
    """Uses against which an instrument warns."""

    EFFECT_MEASURE = "effect_measure"
    SELF_COMPLETION = "self_completion"
    INDIVIDUAL_DIAGNOSIS = "individual_diagnosis"
    TOTAL_SCORE = "total_score"


@attrs.frozen(kw_only=True)
class Source:
    """Where a statement comes from and whether that source was opened."""

    text: str = field("Reference, with page, table or address.")
    verified: Verified = field("Opened, from memory, or a rule of our own.")


@attrs.frozen(kw_only=True)
class Confirmation:
    """A statement by a user that the licence was arranged."""

    by: str = field("Who arranged the licence.")
    reference: str = field("Number or date of the licence or registration.")


@attrs.frozen(kw_only=True)
class Licence:
    """Under what terms the instrument may be used."""

    kind: LicenceClass = field("Free, conditional, or by reference only.")
    note: Text = field("The terms in one or two sentences.")
    source: Source = field("Where the terms are stated.")
    confirmed: Confirmation | None = field(
        "Filled in by a user who holds the licence; only then may item texts be given.",
        default=None,
    )


@attrs.frozen(kw_only=True)
class Item:
    """One question."""

    id: str = field("Short code, unique in the instrument.", pattern=KEY)
    min: float = field("Lowest answer code.")
    max: float = field("Highest answer code.")
    whole: bool = field("Whether answers are whole numbers.", default=True)
    text: Text | None = field("The question, where the licence allows.", default=None)


@attrs.frozen(kw_only=True)
class AnswerPoints:
    """The points that some answers give."""

    answers: tuple[float, ...] = field("Answer codes.", minItems=1)
    points: float = field("Points for these answers.")


@attrs.frozen(kw_only=True)
class PointRule:
    """Points for answers, where these are not the answer codes themselves."""

    items: tuple[str, ...] = field("Items that follow this rule.", minItems=1)
    points: tuple[AnswerPoints, ...] = field("Points for each answer; others give 0.", minItems=1)


@attrs.frozen(kw_only=True)
class MissingRule:
    """How many answers may be missing, and what then happens."""

    max_missing: int = field("Most items that may be missing for a score.", minimum=0)
    prorate: bool = field(
        "Whether the mean of the answered items stands in for the missing ones; "
        "if not, a sum counts the answered items only.",
        default=False,
    )
    source: Source = field("Where the rule comes from.")


@attrs.frozen(kw_only=True)
class Band:
    """A stretch of the score with a name."""

    code: str = field("Short code.", pattern=KEY)
    label: Text = field("The name on screen.")
    low: float = field("Score at which the band starts.")
    above: bool = field("True when the band starts just above `low`.", default=False)


@attrs.frozen(kw_only=True)
class CutOffs:
    """One published way to cut a score into bands."""

    code: str = field("Short code, unique in the scale.", pattern=KEY)
    bands: tuple[Band, ...] = field("Bands from low to high.", minItems=2)
    border: str | None = field(
        "Band at which the other side of the border between poor and sound starts.", default=None
    )
    source: Source = field("Where the cut-offs come from.")


@attrs.frozen(kw_only=True)
class Norm:
    """Scores of a reference group."""

    population: Text = field("Who and when.")
    mean: float = field("Mean score.")
    sd: float | None = field("Standard deviation.", default=None, exclusiveMinimum=0)
    source: Source = field("Where the norm comes from.")


@attrs.frozen(kw_only=True)
class ImportantDifference:
    """The smallest difference that matters."""

    value: float = field("Size in score points.", exclusiveMinimum=0)
    kind: DifferenceKind = field("Anchor, distribution, or unclear in the source.")
    population: Text | None = field("For whom it was found.", default=None)
    source: Source = field("Where it comes from.")


@attrs.frozen(kw_only=True)
class Retest:
    """How well a repeated measurement agrees."""

    value: float = field("Coefficient.", exclusiveMinimum=0, exclusiveMaximum=1)
    coefficient: str = field("Which coefficient.", enum=["icc", "pearson"])
    population: Text | None = field("For whom it was found.", default=None)
    source: Source = field("Where it comes from.")


@attrs.frozen(kw_only=True)
class Scale:
    """A score made of items."""

    id: str = field("Short code, unique in the instrument.", pattern=KEY)
    name: Text = field("Name.")
    more_of: Text = field("Of what a higher score is more.")
    better: Better = field("Whether higher or lower is better, or neither.")
    items: tuple[str, ...] = field("Items of the scale.", minItems=1)
    parts: tuple[str, ...] = field(
        "Scales of which this is the sum; each must have a score of its own.", default=()
    )
    reversed: tuple[str, ...] = field("Items that count the other way round.", default=())
    points: tuple[PointRule, ...] = field("Points where they differ from the codes.", default=())
    rule: ScoringRule = field("How the points become a score.")
    low: float | None = field("Lowest score; left out when a user's table decides.", default=None)
    high: float | None = field("Highest score; left out when a user's table decides.", default=None)
    whole: bool = field("Whether a prorated sum is rounded to a whole number.", default=False)
    missing: MissingRule = field("What happens with missing answers.")
    cutoffs: tuple[CutOffs, ...] = field("Cut-offs; the first is the usual one.", default=())
    norms: tuple[Norm, ...] = field("Reference groups.", default=())
    important_differences: tuple[ImportantDifference, ...] = field(
        "Smallest differences that matter.", default=()
    )
    retests: tuple[Retest, ...] = field("Published test-retest agreement.", default=())
    source: Source = field("Where the scoring rule comes from.")


@attrs.frozen(kw_only=True)
class Caution:
    """A use against which the instrument warns."""

    not_for: Use = field("The use.")
    text: Text = field("Why not, and what to do instead.")
    source: Source = field("Where the warning comes from.")


@attrs.frozen(kw_only=True)
class Instrument:
    """A questionnaire with its scales, licence and sources."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    code: str = field("Code, such as DJG6.", pattern=CODE)
    name: Text = field("Name.")
    version: str = field("Version of the questionnaire.")
    about: Text = field("What it measures, for whom.")
    licence: Licence = field("Terms of use.")
    languages: tuple[str, ...] = field("Languages in which it exists.", minItems=1)
    minutes: float = field("Minutes to fill it in.", exclusiveMinimum=0)
    coding: Text = field("What the answer codes mean.")
    items: tuple[Item, ...] = field("The questions, in order.", minItems=1)
    scales: tuple[Scale, ...] = field("The scores.", minItems=1)
    cautions: tuple[Caution, ...] = field("Warnings.", default=())

    def item(self, key: str) -> Item:
        """Give an item by its code.

        Raises
        ------
        KeyError
            No item has this code.
        """
        for item in self.items:
            if item.id == key:
                return item
        raise KeyError(key)

    def scale(self, key: str) -> Scale:
        """Give a scale by its code.

        Raises
        ------
        KeyError
            No scale has this code.
        """
        for scale in self.scales:
            if scale.id == key:
                return scale
        raise KeyError(key)
