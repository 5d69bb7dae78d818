"""The study folder on disk: which documents there are, and reading them all at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

import attrs

from biotoop.engine.core.csv_source import read_rows
from biotoop.engine.core.documents import Document, place, read_document
from biotoop.engine.core.problems import Problem, errors_in, problem
from biotoop.engine.core.yaml_source import YamlSource
from biotoop.engine.datasets.codebook import Codebook
from biotoop.engine.datasets.measures import Measures
from biotoop.engine.effects.plan import Plans
from biotoop.engine.evidence.model import Claim, Judgements, Literature, Tests
from biotoop.engine.recipes.registration import Registration
from biotoop.engine.recipes.study import Study
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.engine.valuation.model import Valuation

T = TypeVar("T")
STUDY, THEORY = "study.yaml", "theory.yaml"
CODEBOOK, MEASURES, PLANS = "data/codebook.yaml", "measures.yaml", "effects.yaml"
CLAIMS, TESTS = "evidence/claims.csv", "evidence/tests.yaml"
LITERATURE, JUDGEMENTS = "evidence/literature.yaml", "evidence/judgements.yaml"
VALUATION, REGISTRATION = "valuation.yaml", "registration.json"
DOCUMENTS: dict[str, type] = {
    STUDY: Study,
    THEORY: TheoryOfChange,
    CODEBOOK: Codebook,
    MEASURES: Measures,
    PLANS: Plans,
    TESTS: Tests,
    LITERATURE: Literature,
    JUDGEMENTS: Judgements,
    VALUATION: Valuation,
    REGISTRATION: Registration,
}
_REQUIRED = (STUDY, THEORY)


@attrs.frozen(kw_only=True)
class StudyFolder:
    """All documents of a study, as values.

    Attributes
    ----------
    path
        The folder.
    claim_lines
        Line in the file of each claim.
    sources
        Parsed text of each document, for the lines of later faults.
    """

    path: Path
    study: Study
    theory: TheoryOfChange
    codebook: Codebook | None
    measures: Measures
    plans: Plans
    claims: tuple[Claim, ...]
    claim_lines: tuple[int, ...]
    tests: Tests
    literature: Literature
    judgements: Judgements
    valuation: Valuation | None
    registration: Registration | None
    sources: dict[str, YamlSource]

    def placed(self, file: str, faults: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Give faults about a document its name and their lines."""
        source = self.sources.get(file)
        if source is None:
            return tuple(attrs.evolve(fault, file=fault.file or file) for fault in faults)
        return tuple(place(fault, file, source) for fault in faults)


@attrs.frozen(kw_only=True)
class Reading:
    """What came of reading a folder: the documents when all could be read, and every fault."""

    folder: StudyFolder | None
    problems: tuple[Problem, ...]


def read_folder(path: Path) -> Reading:
    """Read every document of a study folder; tell every fault of notation and schema."""
    if not path.is_dir():
        return Reading(folder=None, problems=(problem("recipes.no_folder", folder=str(path)),))
    read: dict[str, Document[Any]] = {}
    problems: list[Problem] = list(_missing(path))
    for name, cls in DOCUMENTS.items():
        if (path / name).is_file():
            read[name] = read_document(path / name, cls, file=name)
            problems.extend(read[name].problems)
    claims = read_rows(path / CLAIMS, Claim, file=CLAIMS) if (path / CLAIMS).is_file() else None
    problems.extend(claims.problems if claims else ())
    if errors_in(problems):
        return Reading(folder=None, problems=tuple(problems))
    folder = StudyFolder(
        path=path,
        study=cast("Study", read[STUDY].value),
        theory=cast("TheoryOfChange", read[THEORY].value),
        codebook=_value(read, CODEBOOK, None),
        measures=_value(read, MEASURES, Measures()),
        plans=_value(read, PLANS, Plans()),
        claims=claims.rows if claims else (),
        claim_lines=claims.lines if claims else (),
        tests=_value(read, TESTS, Tests()),
        literature=_value(read, LITERATURE, Literature()),
        judgements=_value(read, JUDGEMENTS, Judgements()),
        valuation=_value(read, VALUATION, None),
        registration=_value(read, REGISTRATION, None),
        sources={name: document.source for name, document in read.items()},
    )
    return Reading(folder=folder, problems=tuple(problems))


def _missing(path: Path) -> Iterator[Problem]:
    known = {*DOCUMENTS, CLAIMS}
    for name in _REQUIRED:
        if not (path / name).is_file():
            yield attrs.evolve(problem("recipes.missing_document", document=name), file=name)
    for found in sorted([*path.glob("*.y*ml"), *path.glob("evidence/*")]):
        name = found.relative_to(path).as_posix()
        if found.is_file() and name not in known and not found.name.startswith("."):
            fault = problem("recipes.unknown_document", document=name, allowed=tuple(known))
            yield attrs.evolve(fault, file=name)


def _value(read: dict[str, Document[Any]], name: str, otherwise: T) -> T:
    """Give the value of a document that was read without error, else what stands for none."""
    value: Any = read[name].value if name in read else otherwise
    return cast("T", value)
