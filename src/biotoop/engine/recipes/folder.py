"""The study folder on disk: which documents there are, and reading them all at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

import attrs

from biotoop.engine.core.documents import Document, place, read_document
from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.core.yaml_source import YamlSource
from biotoop.engine.datasets.codebook import Codebook
from biotoop.engine.datasets.measures import Measures
from biotoop.engine.effects.plan import Plans
from biotoop.engine.evidence.reading import Evidence, read_evidence
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
    registration, earlier
        What was fixed last, and the registrations that it replaced, oldest first.
    sources
        Parsed text of each document, for the lines of later faults.
    unread
        Documents that are there and of which nothing can be read.
    """

    path: Path
    study: Study
    theory: TheoryOfChange
    codebook: Codebook | None
    measures: Measures
    plans: Plans
    evidence: Evidence
    valuation: Valuation | None
    registration: Registration | None
    sources: dict[str, YamlSource]
    earlier: tuple[Registration, ...] = ()
    unread: frozenset[str] = frozenset()

    def placed(self, file: str, faults: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Give faults about a document its name and their lines."""
        source = self.sources.get(file)
        if source is None:
            return tuple(attrs.evolve(fault, file=fault.file or file) for fault in faults)
        return tuple(place(fault, file, source) for fault in faults)


@attrs.frozen(kw_only=True)
class Reading:
    """What came of reading a folder: the documents as far as they are sound, and every fault."""

    folder: StudyFolder | None
    problems: tuple[Problem, ...]


def read_folder(path: Path) -> Reading:
    """Read every document of a study folder; tell every fault of notation and schema.

    A document with faults takes part with what is sound in it, so that the faults behind the
    first are found too; nothing may be computed while there is an error.
    """
    if not path.is_dir():
        return Reading(folder=None, problems=(problem("recipes.no_folder", folder=str(path)),))
    read: dict[str, Document[Any]] = {}
    problems: list[Problem] = list(_missing(path))
    for name, cls in DOCUMENTS.items():
        if (path / name).is_file() or (name not in _REQUIRED and (path / name).exists()):
            read[name] = read_document(path / name, cls, file=name)
            problems.extend(read[name].problems)
    study: Study | None = read[STUDY].rest if STUDY in read else None
    theory: TheoryOfChange | None = read[THEORY].rest if THEORY in read else None
    evidence = read_evidence(path / "evidence", theory)
    problems.extend(evidence.problems)
    earlier = [read_document(file, Registration, file=file.name) for file in _earlier(path)]
    problems.extend(fault for document in earlier for fault in document.problems)
    if study is None or theory is None:
        return Reading(folder=None, problems=tuple(problems))
    folder = StudyFolder(
        path=path,
        study=study,
        theory=theory,
        codebook=_value(read, CODEBOOK, None),
        measures=_value(read, MEASURES, Measures()),
        plans=_value(read, PLANS, Plans()),
        evidence=evidence,
        valuation=_value(read, VALUATION, None),
        registration=_value(read, REGISTRATION, None),
        sources={name: document.source for name, document in read.items()},
        earlier=tuple(document.value for document in earlier if document.value is not None),
        unread=frozenset(name for name, document in read.items() if document.rest is None),
    )
    return Reading(folder=folder, problems=tuple(problems))


def _earlier(path: Path) -> list[Path]:
    """Give the registrations that were replaced and kept, oldest first."""
    kept = [file for file in path.glob("registration-*.json") if file.stem[13:].isdecimal()]
    return sorted(kept, key=lambda file: int(file.stem[13:]))


def _missing(path: Path) -> Iterator[Problem]:
    known = (*DOCUMENTS, CLAIMS, TESTS, LITERATURE, JUDGEMENTS)
    for name in _REQUIRED:
        if not (path / name).is_file():
            yield attrs.evolve(problem("recipes.missing_document", document=name), file=name)
    for found in sorted([*path.glob("*.y*ml"), *path.glob("evidence/*")]):
        name = found.relative_to(path).as_posix()
        if found.is_file() and name not in known and not found.name.startswith("."):
            fault = problem("recipes.unknown_document", document=name, allowed=known)
            yield attrs.evolve(fault, file=name)


def _value(read: dict[str, Document[Any]], name: str, otherwise: T) -> T:
    """Give what is sound in a document, else what stands for none."""
    value: Any = read[name].rest if name in read else None
    return otherwise if value is None else cast("T", value)
