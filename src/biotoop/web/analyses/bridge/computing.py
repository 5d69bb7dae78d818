"""Run a frozen folder, and write down what came of it, for the team and for readers."""

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.messages import LANGUAGES, Note
from biotoop.engine.core.problems import errors_in
from biotoop.engine.plausibility.link_result import LinkAssessment
from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.editions import edition_of
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.recipes.freezing import findings_json
from biotoop.engine.recipes.releases import Review, read_releases
from biotoop.engine.recipes.running import run_study
from biotoop.engine.reports.write import write_report
from biotoop.web.analyses.bridge.freezing import told_in_both
from biotoop.web.analyses.bridge.pages import write_pages
from biotoop.web.analyses.bridge.places import Place
from biotoop.web.theories.bridge.documents import LanguageCode

Words = dict[str, Any]
Tell = Callable[[Words], None]
FINDINGS, RELEASED = "findings.json", "released.json"
REPORTS = ("html", "pdf", "xlsx")


@attrs.frozen(kw_only=True)
class Judged:
    """What readers may know of one step: a number of people that they may not see is None."""

    code: str
    text_hash: str
    grade: str
    sensitive: bool
    certainty: str
    override: str
    people_for: int | None
    people_against: int | None


@attrs.frozen(kw_only=True)
class Wanted:
    """One line of the learning agenda."""

    code: str
    rank: int
    euros: float
    worth: float | None
    error: float | None
    study_cost: float | None
    price_year: int
    routes: int
    estimated: bool
    reason: Mapping[str, str]


@attrs.frozen(kw_only=True)
class Outcome:
    """What a run gives to the tables; with faults there is nothing else."""

    scheme: str = ""
    label: str = ""
    links: tuple[Judged, ...] = ()
    agenda: tuple[Wanted, ...] = ()
    faults: tuple[Words, ...] = ()
    refused: bool = False


def compute(place: Place, out: Path, *, name: str, language: LanguageCode, tell: Tell) -> Outcome:
    """Run the frozen folder of a run, and write findings and pages into ``out``.

    Parameters
    ----------
    place
        Where the frozen folder lies.
    out
        An empty folder.
    name
        Name under which the edition for readers is written down.
    language
        Language of the pages that are written first.
    tell
        Is told of each step, in both languages.
    """

    def report(step: Note) -> None:
        tell(in_both(step))

    with tempfile.TemporaryDirectory(prefix="biotoop-run-") as store:
        checked = check_folder(place.folder, store=Path(store), report=report)
        if not checked.sound:
            return Outcome(faults=told_in_both(errors_in(checked.problems)))
        try:
            findings = run_study(checked, report=report)
            readers = edition_of(findings, "readers", place.folder, name)
        except EngineError as refusal:
            return Outcome(faults=({"stops": True, **in_both(refusal.note)},), refused=True)
    earlier = read_releases(place.folder)
    record = readers.record(name, Review())
    kept = attrs.evolve(earlier, releases=(*earlier.releases, record))
    (out / RELEASED).write_text(json.dumps(to_plain(kept), indent=1, sort_keys=True) + "\n")
    for edition, shown in (("team", findings), ("readers", readers.findings)):
        folder = out / edition
        folder.mkdir()
        (folder / FINDINGS).write_bytes(findings_json(shown))
        write_pages(shown, folder / f"pages-{language}", language)
    return outcome_of(readers.findings)


def in_both(note: Note) -> Words:
    """Tell a note in both languages."""
    return {language: note.text(language) for language in LANGUAGES}


def outcome_of(readers: Findings) -> Outcome:
    """Gather what the tables keep, from what readers may see."""
    return Outcome(
        scheme=readers.plausibility.scheme_version,
        label=readers.registration.label.value,
        links=tuple(judged(found) for found in readers.plausibility.links),
        agenda=agenda_of(readers),
    )


def judged(found: LinkAssessment) -> Judged:
    """Give what readers may know of one step."""
    counts, judgement = found.bundle.counts, found.certainty.judgement
    sure = judgement.overall if judgement is not None else None
    return Judged(
        code=found.target,
        text_hash=found.text_hash,
        grade=found.grade.value,
        sensitive=found.sensitivity.sensitive,
        certainty=sure.value if sure is not None else "",
        override=found.override.grade.value if found.override is not None else "",
        people_for=None if "supports" in counts.hidden else counts.supports,
        people_against=None if "contradicts" in counts.hidden else counts.contradicts,
    )


def agenda_of(readers: Findings) -> tuple[Wanted, ...]:
    """Give the learning agenda; a study without euros has none."""
    found = readers.valuation
    if found is None:
        return ()
    return tuple(
        Wanted(
            code=row.link, rank=row.rank, euros=row.euros, worth=row.worth, error=row.error,
            study_cost=row.study_cost, price_year=found.price_year, routes=row.routes,
            estimated=row.estimated, reason=in_both(row.reason),
        )
        for row in found.agenda
    )  # fmt: skip


def read_findings(file: Path) -> Findings:
    """Read findings as they were written."""
    return from_plain(json.loads(file.read_text("utf-8")), Findings)


def released_in(results: Path) -> bytes | None:
    """Give the record of the editions for readers up to this run."""
    file = results / RELEASED
    return file.read_bytes() if file.is_file() else None


def write_rest(place: Place, language: LanguageCode) -> None:
    """Write the pages in the language that is lacking, and the reports; what is there stays."""
    for edition in ("team", "readers"):
        folder = place.edition(edition)
        findings = read_findings(folder / FINDINGS)
        if not place.pages(edition, language).is_dir():
            write_pages(findings, place.pages(edition, language), language)
        lacking = [kind for kind in REPORTS if not report_file(place, edition, language, kind)]
        if lacking:
            write_report(findings, folder, language=language, formats=tuple(lacking))


def report_file(place: Place, edition: str, language: str, kind: str) -> Path | None:
    """Give the report of a run in one form, once it was written."""
    name = f"tables-{language}.xlsx" if kind == "xlsx" else f"report-{language}.{kind}"
    file = place.edition(edition) / name
    return file if file.is_file() else None
