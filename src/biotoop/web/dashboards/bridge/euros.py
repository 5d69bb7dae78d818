"""What a programme costs and brings, for each party, out of the findings for readers."""

import json
from functools import lru_cache
from typing import Any

import attrs

from biotoop.engine.core.texts import Text
from biotoop.web.analyses.bridge.computing import FINDINGS
from biotoop.web.analyses.bridge.places import Place
from biotoop.web.theories.bridge.documents import LanguageCode

KEPT = 64


@attrs.frozen(kw_only=True)
class Amount:
    """An amount with its band of nine in ten draws."""

    value: float
    low: float
    high: float


@attrs.frozen(kw_only=True)
class Party:
    """What one party pays and gets."""

    label: Text
    costs: Amount
    benefits: Amount
    net: Amount


@attrs.frozen(kw_only=True)
class Euros:
    """Costs and benefits of a programme, and what is not in money."""

    price_year: int
    net: Amount
    parties: tuple[Party, ...]
    not_in_money: tuple[Text, ...]


@lru_cache(maxsize=KEPT)
def euros_of(digest: str) -> Euros | None:
    """Read the euros of a run; a study without a valuation has none. What was found stays."""
    file = Place(digest).edition("readers") / FINDINGS
    if not file.is_file():
        return None
    found = json.loads(file.read_text("utf-8")).get("valuation")
    if not found:
        return None
    headline = found["headline"]
    return Euros(
        price_year=found["price_year"],
        net=amount(found["net"], headline),
        parties=tuple(party(row, headline) for row in found["parties"] if touches(row)),
        not_in_money=tuple(text(row["label"]) for row in found["not_in_money"]),
    )


def touches(row: dict[str, Any]) -> bool:
    """Tell whether anything at all goes through the hands of a party."""
    return any(row[name]["mean"] or row[name]["mid"] for name in ("costs", "benefits"))


def party(row: dict[str, Any], headline: str) -> Party:
    """Read one party."""
    parts = {name: amount(row[name], headline) for name in ("costs", "benefits", "net")}
    return Party(label=text(row["label"]), **parts)


def amount(band: dict[str, float], headline: str) -> Amount:
    """Read an amount, in the figure that the report leads with."""
    return Amount(value=band[headline], low=band["p5"], high=band["p95"])


def text(plain: Any) -> Text:  # noqa: ANN401 - a text or one in two languages
    """Read a text."""
    return Text(**plain) if isinstance(plain, dict) else Text.of(str(plain))


def words(label: Text, language: LanguageCode) -> str:
    """Give a text in a language."""
    return label.get(language)
