"""The rows of docs/reference/instruments.md, as the catalogue files say.

Run ``python tests/engine/instruments/reference_page.py`` from the root to print them anew.
"""

from biotoop.engine.core.formats import number
from biotoop.engine.core.messages import word
from biotoop.engine.instruments.loading import shipped
from biotoop.engine.instruments.model import Instrument, MissingRule, Scale, Source

HEAD = "| Code | What it measures | Items | Minutes | Licence | Terms |\n|---|---|---|---|---|---|"
SCALES = (
    "| Instrument | Scale | Score | Better | Missing answers | Cut-offs | Rule |\n"
    "|---|---|---|---|---|---|---|"
)


def mark(source: Source) -> str:
    """Say whether the source was opened."""
    return word("instruments.verified", source.verified.value, "en")


def overview(found: Instrument) -> str:
    """Write the row of one instrument."""
    licence = word("instruments.licence", found.licence.kind.value, "en")
    terms = f"{found.licence.note.get('en')} ({mark(found.licence.source)})"
    cells = [f"`{found.code}`", found.name.get("en"), str(len(found.items))]
    cells += [number(found.minutes, "en"), licence, terms]
    return f"| {' | '.join(cells)} |"


def missing(rule: MissingRule) -> str:
    """Say how many answers may be missing."""
    if rule.max_missing == 0:
        return "none"
    return f"at most {rule.max_missing}, {'prorated' if rule.prorate else 'the others count'}"


def cutoffs(scale: Scale) -> str:
    """Write the cut-offs with their marks."""
    texts = []
    for cuts in scale.cutoffs:
        bands = [
            f"{band.label.get('en')} {'above' if band.above else 'from'} {number(band.low, 'en')}"
            for band in cuts.bands[1:]
        ]
        texts.append(f"`{cuts.code}`: {', '.join(bands)} ({mark(cuts.source)})")
    return "; ".join(texts) or "-"


def scale_row(found: Instrument, scale: Scale) -> str:
    """Write the row of one scale."""
    by_user = scale.low is None or scale.high is None
    ends = "" if by_user else f" {number(scale.low, 'en')} to {number(scale.high, 'en')}"
    cells = [f"`{found.code}`", f"`{scale.id}`", f"{scale.rule.value}{ends}"]
    cells += [scale.better.value, missing(scale.missing), cutoffs(scale), mark(scale.source)]
    return f"| {' | '.join(cells)} |"


def tables() -> list[str]:
    """Write both tables."""
    instruments = list(shipped().values())
    rows = [scale_row(found, scale) for found in instruments for scale in found.scales]
    return [HEAD, *map(overview, instruments), "", SCALES, *rows]


if __name__ == "__main__":
    print("\n".join(tables()))  # noqa: T201
