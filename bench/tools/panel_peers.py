"""Others on panels: linearmodels, diff-diff and csdid; each is imported when it runs."""

import pandas as pd

from bench.harness_worker import Order, Runner
from bench.tools.frames import frame


def linearmodels(data: pd.DataFrame, _order: Order) -> tuple[float, float]:
    """Fit with entity and time effects, error by municipality."""
    from linearmodels.panel import PanelOLS  # noqa: PLC0415

    table = data.set_index(["unit", "t"])
    formula = "y ~ d + C(c1) + C(c2) + C(c3) + EntityEffects + TimeEffects"
    fit = PanelOLS.from_formula(formula, table).fit(
        cov_type="clustered", clusters=table[["gem"]], group_debias=True
    )
    return float(fit.params["d"]), float(fit.std_errors["d"])


def diff_diff(data: pd.DataFrame, _order: Order) -> tuple[float, float]:
    """Estimate by cohort and period, with units that never start, error by unit."""
    from diff_diff import CallawaySantAnna  # noqa: PLC0415

    found = CallawaySantAnna(control_group="never_treated", cband=False).fit(
        data, "y", "unit", "t", "start", aggregate="simple"
    )
    return float(found.overall_att), float(found.overall_se)


def csdid(data: pd.DataFrame, _order: Order) -> tuple[float, float]:
    """Estimate the same by outcome regression."""
    from csdid.att_gt import ATTgt  # noqa: PLC0415

    fit = ATTgt(
        yname="y", tname="t", idname="unit", gname="start", data=data,
        control_group="nevertreated",
    ).fit(est_method="reg", bstrap=False)  # fmt: skip
    simple = fit.aggte(typec="simple", bstrap=False).atte
    return float(simple["overall_att"]), float(simple["overall_se"])


LINEARMODELS = Runner(load=frame, work=linearmodels)
DIFF_DIFF = Runner(load=frame, work=diff_diff)
CSDID = Runner(load=frame, work=csdid)
