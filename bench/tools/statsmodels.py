"""statsmodels: least squares with clusters, and weighting by a logistic regression."""

import numpy as np
import pandas as pd
import statsmodels.api as sm
import statsmodels.formula.api as smf
from statsmodels.treatment.treatment_effects import TreatmentEffect

from bench.harness_worker import Order, Runner
from bench.tools.frames import design, frame, scaled


def pooled(data: pd.DataFrame, _order: Order) -> tuple[float, float]:
    """Fit by formula with the error by cluster."""
    model = smf.ols("y ~ d + C(c1) + C(c2) + C(c3)", data=data)
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": data["gem"].to_numpy()})
    return float(fit.params["d"]), float(fit.bse["d"])


def weighted(data: pd.DataFrame, _order: Order) -> tuple[float, None]:
    """Weigh the comparison by the odds of a fitted chance; there is no error in this."""
    d, y = data["d"].to_numpy(), data["y"].to_numpy()
    chance = sm.GLM(d, sm.add_constant(design(data)), family=sm.families.Binomial()).fit().mu
    odds = np.where(d == 1, 0.0, chance / (1.0 - chance))
    return float(y[d == 1].mean() - np.average(y, weights=odds)), None


def treatment_effect(data: pd.DataFrame, _order: Order) -> tuple[float, float]:
    """Weigh with its class for treatment effects, whose error allows for the fitted chance.

    Terms are scaled: its numerical derivatives lose two digits of the error otherwise.
    """
    d, y, X = data["d"].to_numpy(), data["y"].to_numpy(), sm.add_constant(scaled(design(data)))
    chance = sm.Logit(d, X).fit(disp=False)
    found = TreatmentEffect(sm.OLS(y, X), d, results_select=chance).ipw(effect_group=1)
    effect = found.summary_frame().iloc[0]
    return float(effect["coef"]), float(effect["std err"])


POOLED = Runner(load=frame, work=pooled)
WEIGHTED = Runner(load=frame, work=weighted)
TREATMENT_EFFECT = Runner(load=frame, work=treatment_effect)
