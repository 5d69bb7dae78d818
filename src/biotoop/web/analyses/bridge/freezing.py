"""A study as a folder that never changes: documents, claims, data and registrations."""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from biotoop import __version__
from biotoop.engine.core.ids import combined_hash, file_hash
from biotoop.engine.core.messages import LANGUAGES
from biotoop.engine.core.problems import Problem, Severity, errors_in
from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.folder import JUDGEMENTS, REGISTRATION
from biotoop.engine.recipes.releases import FILE as RELEASES
from biotoop.web.analyses.models import Certainty, Override
from biotoop.web.interviews.bridge.rows import whole_folder
from biotoop.web.shared.actions.files import place_of
from biotoop.web.studies.bridge.documents import read_text, written
from biotoop.web.studies.bridge.targets import TheoryWords
from biotoop.web.studies.models import Study
from biotoop.web.studies.queries import current_snapshots
from biotoop.web.theories.bridge.documents import LanguageCode

ENGINE = __version__
Words = dict[str, Any]


@attrs.frozen(kw_only=True)
class Sources:
    """What a study holds at one moment: texts by name, and data files where they lie."""

    texts: Mapping[str, str]
    data: Mapping[str, Path]
    plan: str


@attrs.frozen(kw_only=True)
class Frozen:
    """A folder on disk with its hashes: of the study alone, and with what was released before."""

    path: Path
    content: str
    digest: str
    faults: tuple[Words, ...]

    @property
    def sound(self) -> bool:
        """Whether the folder can be run, as far as one can see without reading the data."""
        return not any(fault["stops"] for fault in self.faults)


def sources_of(study: Study, judged: Iterable[Override | Certainty]) -> Sources:
    """Gather what a study holds now, with what assessors judged since."""
    texts = dict(whole_folder(study))
    said = [row for row in judged if still_about(row, study)]
    if said:
        texts[JUDGEMENTS] = with_judgements(texts.get(JUDGEMENTS, ""), said, study.language)
    data = {row.name: place_of(row.sha256) for row in current_snapshots(study)}
    last = study.registrations.order_by("-registered_at").values_list("digest", flat=True).first()
    return Sources(texts=texts, data=data, plan=(last or "") if REGISTRATION in texts else "")


def still_about(row: Override | Certainty, study: Study) -> bool:
    """Tell whether a judgement is about the text of the step as this study has it."""
    if study.version is None:
        return False
    target = TheoryWords(study.version.content, "nl").find(row.link.code)
    return target is not None and not target.has_changed(row.text_hash)


def with_judgements(text: str, said: Iterable[Override | Certainty], language: str) -> str:
    """Put judgements of the workplace into judgements.yaml; they replace what they are about.

    A document with faults stays as it was written, so that the check tells them.
    """
    plain: Words = {"schema_version": 1}
    if text:
        reading = read_text(JUDGEMENTS, text, "nl")
        if reading.plain is None:
            return text
        plain.update(reading.plain)
    for row in said:
        key = "overrides" if isinstance(row, Override) else "certainty"
        kept = [each for each in plain.get(key) or [] if each["target"] != row.link.code]
        plain[key] = [*kept, judgement(row, language)]
    return written(plain)


def judgement(row: Override | Certainty, language: str) -> Words:
    """Write a judgement as it stands in judgements.yaml."""
    common = {
        "target": row.link.code,
        "assessor": row.assessor,
        "date": row.at.date().isoformat(),
        "reason": {language: row.reason},
    }
    if isinstance(row, Override):
        return {**common, "grade": row.grade}
    parts = [{**part, "reason": {language: part["reason"]}} for part in row.components]
    return {**common, "overall": row.overall, "components": parts}


def freeze(sources: Sources, released: bytes | None, path: Path, language: LanguageCode) -> Frozen:
    """Write a study as a folder, name every fault, and hash it.

    Parameters
    ----------
    sources
        What the study holds.
    released
        The record of earlier editions for readers: the new one is held against it.
    path
        An empty folder.
    language
        Language of the writing rules.
    """
    for name, text in sources.texts.items():
        placed(path, name).write_text(text, "utf-8")
    for name, file in sources.data.items():
        laid(file, placed(path, name))
    hashes = hashes_in(path)
    content = combined_hash([*hashes, ("engine", ENGINE)])
    if released:
        placed(path, RELEASES).write_bytes(released)
    problems = check_folder(path, language=language).problems
    return Frozen(
        path=path,
        content=content,
        digest=combined_hash([*hashes_in(path), ("engine", ENGINE)]),
        faults=told_in_both(problems),
    )


def placed(folder: Path, name: str) -> Path:
    """Give the place of a file, and make the folder around it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def laid(file: Path, target: Path) -> None:
    """Lay a data file into the folder, without a copy where the disk can do that."""
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)


def hashes_in(folder: Path) -> list[tuple[str, str]]:
    """Give the hash of every file by its name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(path.relative_to(folder).as_posix(), file_hash(path)) for path in files]


def told_in_both(problems: Iterable[Problem]) -> tuple[Words, ...]:
    """Tell faults in both languages, so that whoever reads them later can; what stops first."""
    faults = [
        {
            "file": item.file or "",
            "line": item.line,
            "stops": item.severity is Severity.ERROR,
            **{language: item.note.text(language) for language in LANGUAGES},
        }
        for item in problems
    ]
    return tuple(sorted(faults, key=lambda f: (not f["stops"], f["file"], f["line"] or 0)))


def only_errors(problems: tuple[Problem, ...]) -> tuple[Words, ...]:
    """Tell what stops."""
    return told_in_both(errors_in(problems))
