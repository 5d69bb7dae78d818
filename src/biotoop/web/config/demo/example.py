"""The example study out of its folder, as a team would have brought it in."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile

from biotoop.web.accounts.models import User
from biotoop.web.config.demo.content import Plain
from biotoop.web.config.demo.people import World
from biotoop.web.interviews.actions import importing
from biotoop.web.shared.models.days import site_day
from biotoop.web.studies.actions import documents, evidence, snapshots
from biotoop.web.studies.actions.studies import StudyWords, start
from biotoop.web.studies.bridge.documents import with_values
from biotoop.web.studies.enums import DocumentName
from biotoop.web.studies.models import Cycle, LiteratureItem, ProcessTest, Study
from biotoop.web.theories.models import Theory

IN_WORDS = (
    "hypothesis", "rival", "expected", "expected_rival", "seen", "source", "population", "setting"
)  # fmt: skip
OUTCOMES = ("found", "seen")  # looked for after the plan was registered
OTHER_NAMES = {"id": "code", "test": "kind"}


def take_example(world: World, theory: Theory, cycle: Cycle, folder: Path, by: User) -> Study:
    """Bring in documents, data, tests, literature and claims of a study folder."""
    study = begin(world, theory, cycle, folder, by)
    for name in (
        DocumentName.MEASURES,
        DocumentName.EFFECTS,
        DocumentName.VALUATION,
        DocumentName.CODEBOOK,
    ):
        text = read(folder, name)
        documents.save(study, name, text, by=by, seen=0, language="nl")
    take_data(study, folder, by)
    take_evidence(study, folder, by)
    name = DocumentName.JUDGEMENTS
    documents.save(study, name, read(folder, name), by=by, seen=0, language="nl")
    return study


def read(folder: Path, name: str) -> str:
    """Read a document of the folder."""
    return (folder / name).read_text("utf-8")


def begin(world: World, theory: Theory, cycle: Cycle, folder: Path, by: User) -> Study:
    """Start the study; study.yaml keeps its words, under the number that it has here."""
    text = read(folder, DocumentName.STUDY)
    plain: Plain = yaml.safe_load(text)
    words = StudyWords(
        title=plain["title"]["nl"],
        question=plain["question"]["nl"],
        organisation=world.organisations["SKB"],
        period_start=plain["period"]["start"],
        period_end=plain["period"]["end"],
        purpose=plain["purpose"],
        publish_by=plain["publish_by"],
        seed=plain["seed"],
        invented=True,
        cycle=cycle,
        version=theory.latest,
    )
    study = start(theory, words, by=by)
    text = with_values(text, {"id": str(study.pk)})
    first = study.documents.get(name=DocumentName.STUDY)
    documents.save(study, first.name, text, by=by, seen=first.edition, language="nl")
    return Study.objects.select_related("version", "organisation", "theory").get(pk=study.pk)


def take_data(study: Study, folder: Path, by: User) -> None:
    """Take in the data files that the codebook describes."""
    codebook: Plain = yaml.safe_load(read(folder, DocumentName.CODEBOOK))
    for plain in codebook["datasets"]:
        upload = ContentFile((folder / "data" / plain["file"]).read_bytes(), plain["file"])
        moments: list[date] = [wave["date"] for wave in plain.get("waves", ()) if "date" in wave]
        delivery = snapshots.Delivery(
            dataset=plain["id"], upload=upload, taken_on=max(moments, default=site_day())
        )
        snapshots.take(study, delivery, by=by, language="nl")


def take_evidence(study: Study, folder: Path, by: User) -> None:
    """Take in tests, literature and claims."""
    tests: Plain = yaml.safe_load(read(folder, "evidence/tests.yaml"))
    items: Plain = yaml.safe_load(read(folder, "evidence/literature.yaml"))
    for plain in tests["tests"]:
        asked = {name: value for name, value in plain.items() if name not in OUTCOMES}
        evidence.add(ProcessTest(study=study, **fields_of(asked)), by=by)
    for plain in items["items"]:
        evidence.add(LiteratureItem(study=study, **fields_of(plain)), by=by)
    table = importing.Table(text=read(folder, "evidence/claims.csv"), is_read=True)
    importing.take(study, table, "nl", by=by)


def look_at_tests(study: Study, folder: Path, by: User) -> None:
    """Say of each test what was found; the plan was registered before anybody looked."""
    tests: Plain = yaml.safe_load(read(folder, "evidence/tests.yaml"))
    rows = {row.code: row for row in study.tests.all()}
    for plain in tests["tests"]:
        row, fields = rows[plain["id"]], fields_of(plain)
        found = {name: fields[name] for name in (*OUTCOMES, "translations") if name in fields}
        evidence.change(row, found, by=by, seen=row.edition)


def fields_of(plain: Plain) -> dict[str, Any]:
    """Give the fields of a row; the other language of its words is kept beside them."""
    fields: dict[str, Any] = {OTHER_NAMES.get(key, key): value for key, value in plain.items()}
    both = {key: fields[key] for key in IN_WORDS if isinstance(fields.get(key), dict)}
    for key, texts in both.items():
        fields[key] = texts["nl"]
    return {**fields, "translations": both}
