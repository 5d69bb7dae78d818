"""pyfixest: covariates as dummies and absorbed, and effects of unit and period."""

import pandas as pd
import pyfixest

from bench.harness_worker import Order, Runner
from bench.tools.frames import frame


def _fit(formula: str, cluster: str = "gem") -> Runner:
    def work(data: pd.DataFrame, _order: Order) -> tuple[float, float]:
        fit = pyfixest.feols(
            formula, data=data, vcov={"CRV1": cluster}, copy_data=False, store_data=False, lean=True
        )
        return float(fit.coef()["d"]), float(fit.se()["d"])

    return Runner(load=frame, work=work)


DUMMIES = _fit("y ~ d + C(c1) + C(c2) + C(c3)")
ABSORBED = _fit("y ~ d | c1 + c2 + c3")
_BOTH_WAYS = "y ~ d + C(c1) + C(c2) + C(c3) | unit + t"
TWO_WAY, TWO_WAY_UNIT = _fit(_BOTH_WAYS), _fit(_BOTH_WAYS, "unit")
