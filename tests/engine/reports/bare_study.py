"""The least that a study can be: a question and one step; no data, voices, euros or decision."""

import datetime as dt
from functools import cache
from uuid import UUID

from biotoop.engine.core.periods import Period
from biotoop.engine.core.texts import Text
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.plausibility.assess import assess
from biotoop.engine.plausibility.scheme import published_scheme
from biotoop.engine.recipes.findings import Edition, Findings, Provenance, RegistrationView
from biotoop.engine.recipes.study import Purpose, Study
from engine.theory.examples import theory


@cache
def bare_study() -> Findings:
    """Give the findings of a study in which nothing has been found yet."""
    said = theory("I1 U1", "I1>U1")
    study = Study(
        id=UUID("3d1c2f4e-0000-4000-8000-0000000000ff"), title=Text.of("Begin"),
        question=Text.of("Helpt het?"), purpose=Purpose.LEARN, organisation=Text.of("Team"),
        period=Period(start=dt.date(2026, 1, 1), end=dt.date(2026, 12, 31)), seed=1,
    )  # fmt: skip
    return Findings(
        edition=Edition.TEAM, study=study, theory=said,
        registration=RegistrationView(
            label=RegistrationLabel.EXPLORATORY, registered_at=None, registered_by=None,
            hash=None, deviations=(),
        ),
        datasets=(), measures=(), effects=(),
        plausibility=assess(said, scheme=published_scheme()),
        valuation=None, answers=(), withheld=(), warnings=(),
        provenance=Provenance(
            recipe_hash="00" * 32, engine_version="0.1.0", scheme="1", scheme_hash="11" * 32,
            seed=1, documents=(),
        ),
    )  # fmt: skip
