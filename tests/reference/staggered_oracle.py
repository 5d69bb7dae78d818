"""Make the stored effects of ``staggered.json`` with diff-diff and csdid, on a drawn panel.

Run this by hand in an environment of its own, with numpy, pandas, diff-diff and csdid installed:
``python tests/reference/staggered_oracle.py``.
"""

import json
from importlib import metadata
from pathlib import Path

import numpy as np

UNITS, PERIODS, AREAS = 600, 8, 24


def panel(seed: int = 11) -> dict[str, np.ndarray]:
    """Draw units in areas that start in period 3, 5 or 7, or never (0)."""
    rng = np.random.default_rng(seed)
    unit, period = np.divmod(np.arange(UNITS * PERIODS), PERIODS)
    area = rng.integers(AREAS, size=UNITS)
    start = np.resize([0, 3, 5, 7, 0, 5], AREAS)[area][unit]
    kind = rng.integers(3, size=UNITS)[unit]
    since = np.where(start > 0, period + 1 - start, -1)
    y = rng.normal(size=UNITS)[unit] + rng.normal(0, 0.3, (AREAS, PERIODS))[area[unit], period]
    y += 0.1 * period * (1 + kind) - 0.3 * (since >= 0) * (1 + 0.2 * since)
    return {
        "unit": unit,
        "period": period + 1,
        "area": area[unit],
        "start": start,
        "kind": kind,
        "y": y + rng.normal(size=unit.size),
    }


def adjusted(seed: int = 12) -> dict[str, np.ndarray]:
    """Draw the same with an age that goes with starting and with change, and weights."""
    found, rng = panel(), np.random.default_rng(seed)
    unit = found["unit"]
    age = rng.normal(size=UNITS)[unit] + 0.4 * (found["start"] > 0)
    weight = rng.uniform(0.5, 2.0, UNITS)[unit]
    return found | {"age": age, "weight": weight, "y": found["y"] + 0.2 * age * found["period"]}


def _theirs(control: str, covariates: list[str] | None, cluster: str | None) -> dict[str, object]:
    import pandas as pd  # noqa: PLC0415 - the test draws the panel without them
    from diff_diff import CallawaySantAnna  # noqa: PLC0415 - the test draws the panel without them

    table = pd.DataFrame(panel())
    table["kind1"], table["kind2"] = (table["kind"] == 1) * 1.0, (table["kind"] == 2) * 1.0
    found = CallawaySantAnna(control_group=control, cluster=cluster, cband=False).fit(
        table, "y", "unit", "period", "start", covariates=covariates, aggregate="all"
    )
    events = {str(key): [item["effect"], item["se"]]
              for key, item in found.event_study_effects.items()}  # fmt: skip
    cells = {f"{key[0]},{key[1]}": [item["effect"], item["se"]]
             for key, item in found.group_time_effects.items()}  # fmt: skip
    return {"overall": [found.overall_att, found.overall_se], "events": events, "cells": cells}


def _csdid(control: str, cluster: str | None) -> dict[str, object]:
    import pandas as pd  # noqa: PLC0415 - the test draws the panel without them
    from csdid.att_gt import ATTgt  # noqa: PLC0415 - the test draws the panel without them

    table = pd.DataFrame(panel())
    fit = ATTgt(
        yname="y", tname="period", idname="unit", gname="start", data=table,
        control_group=control, clustervar=cluster,
    ).fit(est_method="reg", bstrap=False)  # fmt: skip
    simple = fit.aggte(typec="simple", bstrap=False).atte
    return {"overall": [float(simple["overall_att"]), float(np.ravel(simple["overall_se"])[0])]}


def _csdid_adjusted(control: str, weights: str | None, cluster: str | None) -> dict[str, object]:
    import pandas as pd  # noqa: PLC0415 - the test draws the panel without them
    from csdid.att_gt import ATTgt  # noqa: PLC0415 - the test draws the panel without them

    table = pd.DataFrame(adjusted())
    table["kind1"], table["kind2"] = (table["kind"] == 1) * 1.0, (table["kind"] == 2) * 1.0
    fit = ATTgt(
        yname="y", tname="period", idname="unit", gname="start", data=table,
        control_group=control, clustervar=cluster, weights_name=weights,
        xformla="y ~ age + kind1 + kind2",
    ).fit(est_method="dr", bstrap=False)  # fmt: skip
    simple = fit.aggte(typec="simple", bstrap=False).atte
    dynamic = fit.aggte(typec="dynamic", bstrap=False).atte
    events = zip(dynamic["egt"], dynamic["att_egt"], np.ravel(dynamic["se_egt"]), strict=True)
    return {
        "overall": [float(simple["overall_att"]), float(np.ravel(simple["overall_se"])[0])],
        "events": {str(int(key)): [float(value), float(se)] for key, value, se in events},
    }


if __name__ == "__main__":
    made = {
        "made_with": [f"{name} {metadata.version(name)}" for name in ("diff-diff", "csdid")],
        "never": _theirs("never_treated", None, None),
        "not_yet": _theirs("not_yet_treated", None, None),
        "never_by_area": _theirs("never_treated", None, "area"),
        "never_by_kind": _theirs("never_treated", ["kind1", "kind2"], None),
        "csdid_never": _csdid("nevertreated", None),
        "csdid_not_yet": _csdid("notyettreated", None),
        "csdid_never_by_area": _csdid("nevertreated", "area"),
        "csdid_adjusted": _csdid_adjusted("nevertreated", None, None),
        "csdid_adjusted_weighted": _csdid_adjusted("nevertreated", "weight", None),
        "csdid_adjusted_not_yet": _csdid_adjusted("notyettreated", "weight", None),
        "csdid_adjusted_by_area": _csdid_adjusted("nevertreated", "weight", "area"),
    }
    path = Path(__file__).with_name("staggered.json")
    path.write_text(json.dumps(made, indent=1) + "\n")
