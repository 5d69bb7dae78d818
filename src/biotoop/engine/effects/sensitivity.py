"""How strong something unmeasured would have to be to explain an effect away."""

import math


def robustness_value(t: float, df: float, share: float = 1.0) -> float:
    """Give the part of the remaining variance of both that an unmeasured trait must explain.

    Cinelli & Hazlett 2020: with f = share abs(t) / sqrt(df), RV = (sqrt(f^4 + 4 f^2) - f^2) / 2.

    Parameters
    ----------
    t
        Estimate over its classical standard error.
    df
        Degrees of freedom of the regression.
    share
        Share of the effect to explain away, 1 for all of it.

    Returns
    -------
    float
        Partial R2 with being reached and with the outcome, 0 to 1.
    """
    f2 = (share * t) ** 2 / df
    return (math.sqrt(f2**2 + 4.0 * f2) - f2) / 2.0


def e_value(risk_ratio: float) -> float:
    """Give the smallest risk ratio of an unmeasured trait with both that explains it away.

    VanderWeele & Ding 2017: RR + sqrt(RR (RR - 1)), with RR turned around when below 1.

    Raises
    ------
    ValueError
        The risk ratio is not positive.
    """
    if risk_ratio <= 0.0:
        message = f"a risk ratio is above 0, not {risk_ratio}"
        raise ValueError(message)
    ratio = max(risk_ratio, 1.0 / risk_ratio)
    return ratio + math.sqrt(ratio * (ratio - 1.0))


def e_value_of_difference(d: float) -> float:
    """Give the E-value of a standardised difference, by RR = exp(0.91 d) (idem, appendix)."""
    return e_value(math.exp(0.91 * d))
