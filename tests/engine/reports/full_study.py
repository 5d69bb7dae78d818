"""An invented study with everything: voices, tests, estimates, literature, euros, a decision."""

import datetime as dt
from functools import cache
from pathlib import Path

from biotoop.engine.core.csv_source import read_rows
from biotoop.engine.core.documents import read_document
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import Codebook, Column, ColumnType, Dataset, DatasetKind
from biotoop.engine.datasets.measures import Direction, Measure, Measures
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.evidence.model import Claim, Judgements, Literature, Tests
from biotoop.engine.plausibility.assess import assess
from biotoop.engine.plausibility.estimate_evidence import EstimateEvidence
from biotoop.engine.plausibility.result import Plausibility
from biotoop.engine.plausibility.scheme import published_scheme
from biotoop.engine.recipes.editions import readers_edition
from biotoop.engine.recipes.findings import (
    Answer,
    DatasetSummary,
    Edition,
    Findings,
    MeasureMoment,
    MeasureSummary,
    Provenance,
    Question,
    RegisteredVersion,
    RegistrationView,
    WaveCount,
)
from biotoop.engine.recipes.quotes_shown import quotes_of
from biotoop.engine.recipes.study import Study
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.engine.valuation.model import Valuation
from biotoop.engine.valuation.rests import RouteGrade
from biotoop.engine.valuation.result import ValuationResult
from biotoop.engine.valuation.value import value
from engine.reports.full_effects import EFFECTS, estimate, said

FOLDER = Path(__file__).parent / "full"
MEASURES = Measures(
    measures=(
        Measure(
            id="loneliness", node="N4", dataset="survey", instrument="DJG6",
            label=Text(nl="Eenzaamheid (DJG-6)", en="Loneliness (DJG-6)"),
            definition=Text(nl="Score van 0 (niet) tot 6 (sterk).", en="Score from 0 to 6."),
            unit=Text(nl="punten (0-6)", en="points (0-6)"), intended=Direction.DECREASE,
        ),
        Measure(
            id="visits", node="N2", dataset="survey", column="visits",
            label=Text(nl="Bezoeken per maand", en="Visits a month"),
            definition=Text.of("Zelf opgegeven bezoeken."),
            unit=Text(nl="bezoeken per maand", en="visits a month"),
            intended=Direction.INCREASE,
        ),
    )
)  # fmt: skip
CODEBOOK = Codebook(
    datasets=(
        Dataset(
            id="survey", file="survey.csv", label=Text(nl="Bewonersvragenlijst", en="Survey"),
            kind=DatasetKind.INVENTED, controller=Text.of("Samenkracht"), key=("person",),
            columns=(
                Column(name="age", type=ColumnType.NUMBER, label=Text(nl="Leeftijd", en="Age")),
                Column(name="alone", type=ColumnType.CATEGORY,
                       label=Text(nl="Woont alleen", en="Lives alone"),
                       values={"1": Text(nl="ja", en="yes"), "9": Text(nl="onbekend")}),
                Column(name="shoe_size", type=ColumnType.NUMBER,
                       label=Text(nl="Schoenmaat", en="Shoe size")),
            ),
        ),
    )
)  # fmt: skip
SENTENCES = {
    Question.DIFFERENCE: (
        "Bezoekers zijn 0,61 punt minder eenzaam (95%-interval −0,94 tot −0,28), n = 522.",
        "Visitors score 0.61 points less on loneliness (95% interval −0.94 to −0.28), n = 522.",
    ),
    Question.FOR_WHOM: ("Wie alleen woont, merkt het meest.", "Most for those who live alone."),
    Question.PLAUSIBILITY: ("Van 5 stappen is er 1 aannemelijk.", "1 of 5 steps is plausible."),
    Question.WORTH: ("Gemiddeld € 25.300 (−€ 66.100 tot € 169.400).", "On average €25,300."),
    Question.NEXT: ("Stap S3 eerst.", "Step S3 first."),
    Question.LIMITS: ("Bezoekers kiezen zelf.", "Visitors decide for themselves."),
}
ANSWERS = tuple(
    Answer(question=question, sentences=(said(nl, en),)) for question, (nl, en) in SENTENCES.items()
)
WAVES = (
    WaveCount(wave="w0", label=Text(nl="nulmeting", en="baseline"),
              date=dt.date(2025, 2, 15), rows=540),
    WaveCount(wave="w1", label=Text(nl="vervolgmeting", en="follow-up"),
              date=dt.date(2026, 2, 15), rows=522),
)  # fmt: skip


def document(name: str, cls: type):
    """Read a document of the study."""
    found = read_document(FOLDER / name, cls, file=name)
    assert found.problems == ()
    return found.value


def claims() -> tuple[Claim, ...]:
    """Read what people said."""
    found = read_rows(FOLDER / "claims.csv", Claim, file="claims.csv")
    assert found.problems == ()
    return found.rows


def plausibility(theory: TheoryOfChange) -> Plausibility:
    """Weigh the evidence of the study."""
    estimates = (
        EstimateEvidence(id="visits", target="S1", effect=-0.42, se=0.13, level=3,
                         comparison=True, group="g1", primary=True, registered=True),
        EstimateEvidence(id="loneliness", target="N1>N4", effect=0.37, se=0.1, level=3,
                         comparison=True, group="g2", primary=True, registered=True),
        EstimateEvidence(id="panel", target="S3", effect=0.3, se=0.1, level=4, comparison=True,
                         group="g3", primary=True, registered=True),
    )  # fmt: skip
    return assess(
        theory,
        claims=claims(),
        tests=document("tests.yaml", Tests).tests,
        literature=document("literature.yaml", Literature).items,
        estimates=estimates,
        judgements=document("judgements.yaml", Judgements),
        scheme=published_scheme(),
    )


def valued(study: Study, theory: TheoryOfChange, found: Plausibility) -> ValuationResult:
    """Value the study in euros."""
    written = document("valuation.yaml", Valuation)
    grades = found.grades()
    return value(
        written, theory=theory, seed=study.seed, draws=study.draws, decision=study.decision,
        estimates={"loneliness": estimate(-0.61, 0.17)}, compared=("loneliness",),
        estimated=("S1",),
        routes={item.id: RouteGrade(grade=grades[item.via[0]], weakest=item.via[:1])
                for item in written.items},
    )  # fmt: skip


def summary(measure: Measure, before: float, after: float) -> MeasureSummary:
    """Summarise a measure at two moments."""
    alpha = estimate(0.81, 0.02, None)
    return MeasureSummary(
        id=measure.id, node=measure.node, label=measure.label, definition=measure.definition,
        unit=measure.unit, intended=measure.intended, dataset=measure.dataset,
        instrument=measure.instrument,
        moments=tuple(
            MeasureMoment(
                wave=wave, mean=estimate(mean, 0.08), sd=1.7,
                alpha=alpha if measure.instrument else None,
                remarks=(said("Eén antwoord open telt mee.", "One may be open."),),
            )
            for wave, mean in (("w1", after), ("w0", before))
        ),
    )  # fmt: skip


@cache
def full_study() -> Findings:
    """Give all findings of the invented study, in the edition of the team."""
    study, theory = document("study.yaml", Study), document("theory.yaml", TheoryOfChange)
    found = plausibility(theory)
    valuation = valued(study, theory, found)
    return Findings(
        edition=Edition.TEAM, study=study, theory=theory,
        registration=RegistrationView(
            label=RegistrationLabel.SELF_DECLARED, registered_by="A. Verzonnen",
            registered_at=dt.datetime(2025, 1, 20, 9, 30, tzinfo=dt.UTC), hash="5f" * 32,
            deviations=(said("Plan visits kwam erbij.", "Plan visits was added."),),
            history=(
                RegisteredVersion(
                    registered_by="B. Verzonnen", hash="4e" * 32, intact=True,
                    registered_at=dt.datetime(2024, 11, 4, 8, 0, tzinfo=dt.UTC),
                ),
                RegisteredVersion(
                    registered_by="A. Verzonnen", hash="5f" * 32, intact=True,
                    registered_at=dt.datetime(2025, 1, 20, 9, 30, tzinfo=dt.UTC),
                    changes=(said("Maat bezoeken erbij.", "Measure visits added."),),
                ),
            ),
        ),
        codebook=CODEBOOK,
        datasets=(
            DatasetSummary(
                id="survey", label=Text(nl="Bewonersvragenlijst", en="Survey of residents"),
                kind=DatasetKind.INVENTED, controller=Text.of("Samenkracht Beekwaarde"),
                source=Text.of("Verzonnen"), content_hash="ab" * 32, rows=1062, people=540,
                waves=WAVES, remarks=(said("Drie dubbele rijen.", "Three double rows."),),
            ),
        ),
        measures=(
            summary(MEASURES.measures[0], 3.15, 2.68), summary(MEASURES.measures[1], 2.9, 2.1)
        ),
        effects=EFFECTS, plausibility=found, quotes=quotes_of(claims()), valuation=valuation,
        answers=ANSWERS,
        withheld=(), warnings=(said("Alles is verzonnen.", "All is invented."),),
        provenance=Provenance(
            recipe_hash="cd" * 32, engine_version="0.1.0", scheme="1", scheme_hash="ef" * 32,
            seed=2026, documents=(("study.yaml", "01" * 32), ("theory.yaml", "23" * 32)),
        ),
    )  # fmt: skip


@cache
def for_readers() -> Findings:
    """Give the edition for readers, after disclosure control."""
    return readers_edition(full_study())
