"""Ratios under their own names, never alone and never before the inputs are complete."""

import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.valuation.bands import QUANTILES
from biotoop.engine.valuation.flows import weights
from biotoop.engine.valuation.model import RatioKind, Valuation
from biotoop.engine.valuation.outlook import Outlook
from biotoop.engine.valuation.quantile_fit import FloatArray
from biotoop.engine.valuation.result import Ratio


def ratios(valuation: Valuation, seen: Outlook, *, shown: bool) -> tuple[Ratio, ...]:
    """Give every named ratio for the chosen perspective; none when nothing is paid.

    benefits_to_costs: benefits over all costs, burdens included. sroi: (benefits - burdens) over
    what is put in. net_to_inputs: net value over what is put in. Of present values, as a ratio of
    means beside the quantiles of the ratio by draw.

    Parameters
    ----------
    valuation
        The document.
    seen
        Present values.
    shown
        Whether the inputs are complete.
    """
    weight = weights(seen.model.posts, valuation.perspective)
    programme = np.array([post.programme for post in seen.model.posts], dtype=np.float64)
    put_in = weight.cost * programme
    burden = weight.cost * (1 - programme)
    parts: dict[RatioKind, tuple[FloatArray, FloatArray, Note]] = {
        RatioKind.BENEFITS_TO_COSTS: (
            weight.benefit, weight.cost, note("valuation.ratio.benefits_to_costs")
        ),
        RatioKind.SROI: (weight.benefit - burden, put_in, note("valuation.ratio.sroi")),
        RatioKind.NET_TO_INPUTS: (weight.net, put_in, note("valuation.ratio.net_to_inputs")),
    }  # fmt: skip
    found = []
    for kind, (above, below, definition) in parts.items():
        if np.any(below):
            found.append(_ratio(kind, seen, above, below, definition, shown=shown))
    return tuple(found)


def _ratio(
    kind: RatioKind,
    seen: Outlook,
    above: FloatArray,
    below: FloatArray,
    definition: Note,
    *,
    shown: bool,
) -> Ratio:
    top, bottom = seen.sum_up(above), seen.sum_up(below)
    draws = seen.by_draw(below)
    usable = bool(np.all(draws > 0))
    by_draw = seen.by_draw(above) / np.where(draws > 0, draws, np.nan)
    p5, p50, p95 = (float(x) for x in np.quantile(by_draw, QUANTILES)) if usable else (np.nan,) * 3
    return Ratio(
        kind=kind, of_means=top.mean / bottom.mean, mid=top.mid / bottom.mid,
        p5=p5, p50=p50, p95=p95, shown=shown and usable, definition=definition,
    )  # fmt: skip
