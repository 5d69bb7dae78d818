"""The invented study of the examples as a study of the workplace, row by row."""

import json
from datetime import date
from pathlib import Path

import attrs
import yaml
from django.core.files.base import ContentFile

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.recipes.registration import Registration, registration_hash
from biotoop.web.interviews.actions.importing import Table, take
from biotoop.web.shared.actions import files
from biotoop.web.shared.models import StoredFile
from biotoop.web.studies.enums import DocumentName
from biotoop.web.studies.models import (
    LiteratureItem,
    PlanRegistration,
    ProcessTest,
    Snapshot,
    Study,
    StudyDocument,
)
from biotoop.web.theories.actions.theories import Particulars, make
from biotoop.web.theories.bridge.documents import content_of, hash_of, whole_of
from biotoop.web.theories.bridge.files import read_theory
from biotoop.web.theories.models import Theory, Version

FOLDER = Path(__file__).parents[3] / "examples" / "ontmoeten"
CODEBOOK = {"survey.csv": "survey", "volunteers.csv": "volunteers"}
OF_TEST = ("target", "p", "p_not", "searched", "found", "family")
TEXTS = ("hypothesis", "rival", "expected", "expected_rival", "seen")


def theory_of(programme, by) -> Theory:
    """Draft and publish the theory of the example."""
    value = read_theory((FOLDER / "theory.yaml").read_text(), "nl").theory
    assert value is not None
    theory = make(
        programme, Particulars(title="Ontmoeten en ontwikkelen", invented=True),
        by=by, content=content_of(value), identity=value.id,
    )  # fmt: skip
    theory.latest = Version.objects.create(
        theory=theory, number=1, content=whole_of(value), text_hash=hash_of(value)
    )
    theory.save()
    return theory


def study_of(theory: Theory, organisation, by) -> Study:
    """Bring in the example: its documents, data, claims, tests, literature and registration."""
    study = Study.objects.create(
        theory=theory, version=theory.latest, organisation=organisation, invented=True,
        title="Ontmoeten", question="Minder eenzaam?", seed=2026,
        period_start=date(2025, 1, 1), period_end=date(2026, 6, 30),
    )  # fmt: skip
    for name in DocumentName.values:
        text = (FOLDER / name).read_text()
        if name == DocumentName.STUDY:
            text = text.replace("scheme: ", "draws: 1024\nscheme: ", 1)
        StudyDocument.objects.create(study=study, name=name, text=text)
    for name, dataset in CODEBOOK.items():
        snapshot(study, name, dataset)
    by_hand(study)
    take(study, Table(text=(FOLDER / "evidence/claims.csv").read_text(), is_read=True), "nl", by=by)
    register(study)
    return study


def snapshot(study: Study, name: str, dataset: str) -> None:
    data = ContentFile((FOLDER / "data" / name).read_bytes())
    digest = files.put_away(data)
    kept = StoredFile.objects.create(
        owner_kind="studies.Study", owner_id=study.pk, name=name, media_type="text/csv",
        size=data.size, sha256=digest,
    )  # fmt: skip
    Snapshot.objects.create(
        study=study, name=f"data/{name}", file=kept, controller=study.organisation, rows=1,
        columns=1, dataset=dataset, sha256=digest,
    )  # fmt: skip


def by_hand(study: Study) -> None:
    for row in yaml.safe_load((FOLDER / "evidence/tests.yaml").read_text())["tests"]:
        said = {name: row.get(name) for name in TEXTS if row.get(name)}
        ProcessTest.objects.create(
            study=study, code=row["id"], kind=row["test"], source=row["source"],
            group=row.get("group", ""), **{k: row[k] for k in OF_TEST if k in row},
            **{name: both["nl"] for name, both in said.items()}, translations=said,
        )  # fmt: skip
    for row in yaml.safe_load((FOLDER / "evidence/literature.yaml").read_text())["items"]:
        said = {n: row[n] for n in ("source", "population", "setting") if isinstance(row[n], dict)}
        plain = {name: both["nl"] for name, both in said.items()}
        numbers = {k: v for k, v in row.items() if k not in ("id", "text_hash")}
        LiteratureItem.objects.create(
            study=study, code=row["id"], **{**numbers, **plain}, translations=said
        )


def register(study: Study) -> None:
    """Take over the registration of the example, as one that was made in the workplace."""
    made = from_plain(json.loads((FOLDER / "registration.json").read_text()), Registration)
    made = attrs.evolve(made, label=RegistrationLabel.REGISTERED, hash="")
    made = attrs.evolve(made, hash=registration_hash(made))
    PlanRegistration.objects.create(
        study=study, digest=made.hash, scheme=made.scheme, plans=5, version=study.version,
        scheme_digest=made.scheme_hash, registered_at=made.registered_at,
        record=to_plain(made), documents={},
    )  # fmt: skip
