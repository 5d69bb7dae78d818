"""The study folder out of the database: written, held against every check, and registered."""

import datetime as dt
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.problems import Problem, errors_in
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.recipes.changes import told as told_deviation
from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.folder import LITERATURE, REGISTRATION, TESTS, THEORY, StudyFolder
from biotoop.engine.recipes.freezing import fixed_in, registration_of, scheme_of
from biotoop.engine.recipes.registration import Registration, deviations, registration_hash
from biotoop.web.studies.bridge.documents import Fault, told, written
from biotoop.web.studies.models import LiteratureItem, ProcessTest, Study
from biotoop.web.theories.bridge.documents import LanguageCode

Files = dict[str, str]
WORDS_OF_A_TEST = ("hypothesis", "rival", "expected", "expected_rival", "seen")
WORDS_OF_LITERATURE = ("source", "population", "setting")


def files_of(study: Study) -> Files:
    """Give the written documents of a study, by their name in the folder; no data, no claims."""
    files = {document.name: document.text for document in study.documents.all()}
    if study.version is not None:
        files[THEORY] = written(study.version.content)
    tests = [test_of(row, study.language) for row in study.tests.filter(archived_at=None)]
    items = [item_of(row, study.language) for row in study.literature.filter(archived_at=None)]
    if tests:
        files[TESTS] = written({"schema_version": 1, "tests": tests})
    if items:
        files[LITERATURE] = written({"schema_version": 1, "items": items})
    return {**files, **dict(registrations_of(study))}


def registrations_of(study: Study) -> Iterator[tuple[str, str]]:
    """Give each registration under its name in the folder: the last, and the ones before it."""
    kept = [row.record for row in study.registrations.order_by("registered_at")]
    for number, record in enumerate(kept, start=1):
        name = REGISTRATION if number == len(kept) else f"registration-{number}.json"
        yield name, json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def test_of(row: ProcessTest, language: str) -> dict[str, Any]:
    """Write a test as it stands in tests.yaml."""
    plain = {
        "id": row.code,
        "target": row.target,
        **words_of(row, WORDS_OF_A_TEST, language),
        "test": row.kind,
        "p": row.p,
        "p_not": row.p_not,
        "searched": row.searched,
        "found": row.found,
        "source": row.source,
        "family": row.family,
        "group": row.group or None,
        "text_hash": row.text_hash or None,
    }
    return {key: value for key, value in plain.items() if value is not None}


def item_of(row: LiteratureItem, language: str) -> dict[str, Any]:
    """Write a published effect as it stands in literature.yaml."""
    numbers = ("level", "effect", "se", "tau_het", "transferability", "group")
    plain = {
        "id": row.code,
        "target": row.target,
        **words_of(row, WORDS_OF_LITERATURE, language),
        **{name: getattr(row, name) for name in numbers},
        "text_hash": row.text_hash or None,
    }
    return {key: value for key, value in plain.items() if value is not None}


def words_of(
    row: ProcessTest | LiteratureItem, names: Iterable[str], language: str
) -> dict[str, Any]:
    """Give texts, with the other language where that was written and still goes with it."""
    found: dict[str, Any] = {}
    for name in names:
        text = getattr(row, name)
        both = row.translations.get(name, {})
        if text:
            found[name] = both if both.get(language) == text else text
    return found


@contextmanager
def on_disk(files: Mapping[str, str | bytes]) -> Iterator[Path]:
    """Write files into a folder of their own, for as long as they are needed."""
    with tempfile.TemporaryDirectory(prefix="biotoop-study-") as name:
        folder = Path(name)
        for inside, content in files.items():
            path = folder / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            data = content.encode() if isinstance(content, str) else content
            path.write_bytes(data)
        yield folder


def faults_in(files: Mapping[str, str | bytes], language: LanguageCode) -> tuple[Fault, ...]:
    """Hold a whole folder against every check but those of the data; what stops comes first."""
    with on_disk(files) as folder:
        found = check_folder(folder, language=language).problems
    return in_order(found, language)


def in_order(problems: Iterable[Problem], language: LanguageCode) -> tuple[Fault, ...]:
    """Tell faults: by document, and there by line."""
    faults = [told(problem, language) for problem in problems]
    return tuple(sorted(faults, key=lambda fault: (not fault.stops, fault.file, fault.line or 0)))


@attrs.frozen(kw_only=True)
class Registered:
    """A registration as it is kept, or the faults for which nothing was registered."""

    record: Mapping[str, Any] | None
    digest: str = ""
    scheme: str = ""
    scheme_digest: str = ""
    plans: int = 0
    faults: tuple[Fault, ...] = ()


def register(files: Files, *, at: dt.datetime, by: str, language: LanguageCode) -> Registered:
    """Fix the plan of a folder as registered here, with the time of the server."""
    with on_disk(files) as path:
        checked = check_folder(path, language=language)
        wrong = errors_in(checked.problems)
        if checked.folder is None or wrong:
            return Registered(record=None, faults=in_order(wrong or checked.problems, language))
        made = registration_of(checked.folder, at=at, by=by)
        plans = len(checked.folder.plans.plans)
    made = attrs.evolve(made, label=RegistrationLabel.REGISTERED, hash="")
    made = attrs.evolve(made, hash=registration_hash(made))
    return Registered(
        record=to_plain(made),
        digest=made.hash,
        scheme=made.scheme,
        scheme_digest=made.scheme_hash,
        plans=plans,
    )


def departures(files: Files, language: LanguageCode) -> tuple[str, ...]:
    """Say in words how the plan as it is now differs from what was registered last."""
    if REGISTRATION not in files:
        return ()
    registration = from_plain(json.loads(files[REGISTRATION]), Registration)
    with on_disk(files) as path:
        folder = check_folder(path, language=language).folder
        if folder is None:
            return ()
        return _departures(folder, registration, language)


def _departures(
    folder: StudyFolder, registration: Registration, language: LanguageCode
) -> tuple[str, ...]:
    try:
        scheme = scheme_of(folder)
    except EngineError as refusal:
        return (refusal.note.text(language),)
    found = deviations(registration, fixed_in(folder), scheme.hash)
    return tuple(told_deviation(item).text(language) for item in found)
