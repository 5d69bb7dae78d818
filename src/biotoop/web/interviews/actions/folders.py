"""Take a whole study folder in, or not at all; and give one out."""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.interviews.actions.claims import Desk
from biotoop.web.interviews.actions.importing import Table, fault, keep, look
from biotoop.web.interviews.bridge.archives import (
    CLAIMS,
    CODEBOOK,
    STUDY,
    THEORY,
    BadArchive,
    Unpacked,
    literature_in,
    same_theory,
    tests_in,
    unpack,
)
from biotoop.web.interviews.bridge.rows import whole_folder
from biotoop.web.shared.actions.records import Refused, noted
from biotoop.web.studies.actions import snapshots, studies
from biotoop.web.studies.actions.documents import Unreadable
from biotoop.web.studies.actions.snapshots import Delivery
from biotoop.web.studies.actions.studies import StudyWords
from biotoop.web.studies.bridge.data import datasets_in, read_data
from biotoop.web.studies.bridge.documents import Fault, read_text
from biotoop.web.studies.bridge.folders import WORDS_OF_A_TEST, WORDS_OF_LITERATURE, faults_in
from biotoop.web.studies.enums import DocumentName
from biotoop.web.studies.models import LiteratureItem, ProcessTest, Study
from biotoop.web.studies.queries import current_snapshots
from biotoop.web.theories.bridge.documents import LanguageCode, text_of
from biotoop.web.theories.models import Theory, Version

Row = dict[str, Any]


def folder_of(study: Study) -> dict[str, str | bytes]:
    """Give the whole folder of a study: documents, claims and the data files that count."""
    files: dict[str, str | bytes] = {**whole_folder(study)}
    for row in current_snapshots(study):
        files[row.name] = snapshots.path_of(row).read_bytes()
    return files


def take(theory: Theory, packed: bytes, *, by: User, language: LanguageCode) -> Study:
    """Take a study folder in as a new study on this theory.

    A registration in it was made elsewhere and is not taken over: who wants the label of this
    server registers here.

    Raises
    ------
    Unreadable
        Something in it is not right; every fault is told, and nothing was kept.
    """
    try:
        found = unpack(packed)
    except BadArchive as wrong:
        raise Unreadable(fault(None, words_of(wrong))) from wrong
    version = version_of(theory, found)
    faults = [each for each in look_through(found, version, language) if each.stops]
    if faults or version is None:
        raise Unreadable(*faults)
    try:
        with transaction.atomic():
            return keep_all(theory, version, found, by, language)
    except (Refused, ValidationError) as wrong:
        texts = wrong.messages if isinstance(wrong, ValidationError) else wrong.args
        raise Unreadable(*(fault(None, str(text)) for text in texts)) from wrong


def words_of(wrong: BadArchive) -> str:
    """Say why a file is no study folder."""
    return {
        "damaged": _("This is no zip file, or it is damaged."),
        "too_large": _("This folder is too large: at most 500 files and 200 MB."),
        "no_study": _("There is no study.yaml with a theory.yaml beside it in this file."),
    }[wrong.reason]


def version_of(theory: Theory, found: Unpacked) -> Version | None:
    """Find the published version that the folder is about."""
    text = found.texts.get(THEORY, "")
    return next((row for row in theory.versions.all() if same_theory(text, row.content)), None)


def look_through(
    found: Unpacked, version: Version | None, language: LanguageCode
) -> Iterator[Fault]:
    """Find every fault: of names, of documents, of data, and of what is here already."""
    for name in found.strange:
        yield of_file(name, _("This file does not belong in a study folder of the workplace."))
    for name in found.unreadable:
        yield of_file(name, _("This is not written in UTF-8."))
    if version is None:
        yield of_file(THEORY, _("This is no published version of the theory of change here."))
    yield from faults_in(found.texts, language)
    plain = read_text(STUDY, found.texts.get(STUDY, ""), language).plain
    if plain and Study.objects.filter(pk=plain["id"]).exists():
        yield of_file(STUDY, _("This study is here already; change it on its own page."))
    codebook = found.texts.get(CODEBOOK, "")
    for each in datasets_in(codebook, language):
        yield from faults_of_data(found, codebook, each.id, f"data/{each.file}", language)


def of_file(name: str, text: str) -> Fault:
    """Make a fault of a file as a whole."""
    return Fault(file=name, line=None, text=text, stops=True)


def faults_of_data(
    found: Unpacked, codebook: str, dataset: str, name: str, language: LanguageCode
) -> Iterator[Fault]:
    """Hold one data file against the codebook."""
    if name not in found.data:
        yield of_file(name, _("The codebook names this file, and it is not in the folder."))
        return
    with tempfile.TemporaryDirectory(prefix="biotoop-import-") as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(found.data[name])
        yield from read_data(path, codebook, dataset, language).faults


def keep_all(
    theory: Theory, version: Version, found: Unpacked, by: User, language: LanguageCode
) -> Study:
    """Write a folder that was looked through."""
    plain = read_text(STUDY, found.texts[STUDY], language).plain or {}
    texts = {name: found.texts[name] for name in DocumentName.values if name in found.texts}
    words = study_words(plain, theory, version)
    study = studies.start(theory, words, by=by, identity=UUID(plain["id"]), documents=texts)
    study.full_clean(validate_unique=False)
    keep_evidence(study, found, by)
    if CLAIMS in found.texts:
        preview = look(study, Table(text=found.texts[CLAIMS]), language)
        if wrong := [f for f in preview.faults if f.stops]:
            raise Unreadable(*(attrs.evolve(each, file=CLAIMS) for each in wrong))
        keep(Desk.of(study, by), preview.rows)
    for each in datasets_in(found.texts.get(CODEBOOK, ""), language):
        upload = ContentFile(found.data[f"data/{each.file}"], name=each.file)
        delivery = Delivery(dataset=each.id, upload=upload, taken_on=study.period_end)
        snapshots.take(study, delivery, by=by, language=language)
    noted(study, "study_imported", by.pk, "study")
    return study


def study_words(plain: Mapping[str, Any], theory: Theory, version: Version) -> StudyWords:
    """Give what study.yaml says that the workplace knows as well."""
    language: LanguageCode = "en" if plain["languages"][0] == "en" else "nl"
    by_day = plain.get("publish_by")
    return StudyWords(
        title=text_of(plain["title"], language),
        question=text_of(plain["question"], language),
        organisation=theory.programme.organisation,
        period_start=date.fromisoformat(plain["period"]["start"]),
        period_end=date.fromisoformat(plain["period"]["end"]),
        purpose=plain["purpose"],
        publish_by=date.fromisoformat(by_day) if by_day else None,
        language=language,
        seed=plain["seed"],
        invented=plain["invented"],
        version=version,
    )


def keep_evidence(study: Study, found: Unpacked, by: User) -> None:
    """Write tests and literature, in both languages where both were written."""
    for plain in tests_in(found.texts):
        plain.pop("registered", None)
        row = ProcessTest(study=study, by=by.pk, kind=plain.pop("test"))
        fill(row, plain, WORDS_OF_A_TEST)
    for plain in literature_in(found.texts):
        fill(LiteratureItem(study=study, by=by.pk), plain, WORDS_OF_LITERATURE)


def fill(row: ProcessTest | LiteratureItem, plain: Row, texts: tuple[str, ...]) -> None:
    """Put a plain record in a row, and keep it."""
    language: LanguageCode = "en" if row.study.language == "en" else "nl"
    row.code = plain.pop("id")
    for name, value in plain.items():
        setattr(row, name, text_of(value, language) if name in texts else value)
        if name in texts and isinstance(value, Mapping):
            row.translations[name] = dict(value)
    row.full_clean(exclude=["by"])
    row.save()
