"""Reading the evidence of a study folder: claims, tests, literature and judgements."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import attrs

from biotoop.engine.core.csv_source import read_rows
from biotoop.engine.core.documents import Document, read_document
from biotoop.engine.core.problems import Problem
from biotoop.engine.evidence.claim_checks import check_claims
from biotoop.engine.evidence.model import Claim, Judgements, Literature, LiteratureItem, Test, Tests
from biotoop.engine.evidence.record_checks import (
    check_judgements,
    check_literature,
    check_tests,
)
from biotoop.engine.evidence.targets import Targets
from biotoop.engine.theory.model import TheoryOfChange

T = TypeVar("T")
_OF_NAMES = frozenset(
    {
        "evidence.unknown_target",
        "evidence.unknown_target_near",
        "evidence.double_record",
        "evidence.record_on_node",
    }
)


@attrs.frozen(kw_only=True)
class Evidence:
    """All evidence of a study, with every fault that was found in reading it.

    What carries a fault of form is left out; when a problem is an error, the evidence as a whole
    is not fit for use.
    """

    claims: tuple[Claim, ...]
    tests: tuple[Test, ...]
    literature: tuple[LiteratureItem, ...]
    judgements: Judgements
    problems: tuple[Problem, ...]


def read_evidence(
    folder: Path, theory: TheoryOfChange | None, *, shown: str = "evidence"
) -> Evidence:
    """Read ``claims.csv``, ``tests.yaml``, ``literature.yaml`` and ``judgements.yaml``.

    A file that is not there holds nothing.

    Parameters
    ----------
    folder
        The folder with the evidence.
    theory
        The theory that it bears on; None when that cannot be read, so that targets go unchecked.
    shown
        Name of the folder in messages.
    """
    targets = None if theory is None else Targets(theory)
    problems: list[Problem] = []
    claims = _claims(folder / "claims.csv", targets, f"{shown}/claims.csv", problems)
    tests = _document(folder / "tests.yaml", Tests, shown, problems)
    literature = _document(folder / "literature.yaml", Literature, shown, problems)
    judgements = _document(folder / "judgements.yaml", Judgements, shown, problems)
    problems.extend(_faults(tests, check_tests, targets))
    problems.extend(_faults(literature, check_literature, targets))
    problems.extend(_faults(judgements, check_judgements, targets))
    return Evidence(
        claims=claims,
        tests=tests.value.tests if tests and tests.value else (),
        literature=literature.value.items if literature and literature.value else (),
        judgements=judgements.value if judgements and judgements.value else Judgements(),
        problems=tuple(problems),
    )


def _faults(
    document: Document[T] | None,
    check: Callable[[T, Targets | None], Iterator[Problem]],
    targets: Targets | None,
) -> Iterator[Problem]:
    """Look a document through; of one with a fault of form only its names, which are as written."""
    if document is None or document.rest is None:
        return
    for fault in document.placed(check(document.rest, targets)):
        if document.value is not None or fault.note.code in _OF_NAMES:
            yield fault


def _claims(
    path: Path, targets: Targets | None, file: str, problems: list[Problem]
) -> tuple[Claim, ...]:
    if not path.exists():
        return ()
    table = read_rows(path, Claim, file=file)
    problems.extend(table.problems)
    problems.extend(check_claims(table, targets, file=file))
    return table.rows


def _document(path: Path, cls: type[T], shown: str, problems: list[Problem]) -> Document[T] | None:
    if not path.exists():
        return None
    document = read_document(path, cls, file=f"{shown}/{path.name}")
    problems.extend(document.problems)
    return document
