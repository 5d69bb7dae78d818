"""Runs of the studies: computed or not; one of a study whose result everybody may read."""

from django.utils.timezone import localdate, now

from biotoop.web.analyses.enums import RunState
from biotoop.web.analyses.models import Certainty, Override, Run
from biotoop.web.studies.models import Study
from biotoop.web.theories.enums import Visibility
from biotoop.web.theories.models import Link, Version


def fill(world) -> None:
    for number, (study, place) in enumerate(world.studies):
        for row in rows_of(study, number):
            world.add(row, **place)
    study, place = world.studies[-1]
    theory = study.theory
    theory.visibility, theory.latest = Visibility.PUBLIC, theory.versions.first()
    theory.save()
    Study.objects.filter(pk=study.pk).update(published_on=localdate(), publication="x")
    world.rows["analyses.Run"][-1].is_public = True
    refresh(world, theory)


def refresh(world, theory) -> None:
    """Let rows of the floors below know that this theory is public from now on."""
    for label in ("theories.Theory", "theories.Version"):
        for placed in world.rows[label]:
            own = placed.row if label.endswith("Theory") else placed.row.theory
            if own.pk == theory.pk:
                placed.is_public = True


def rows_of(study, number) -> list:
    version = Version.objects.create(
        theory=study.theory, number=80 + number, content={}, text_hash="0" * 64
    )
    run = Run.objects.create(
        study=study, version=version, state=RunState.DONE, evidence_until=now(),
        content=f"{number:064}", digest=f"{number:064}", engine="1",
    )  # fmt: skip
    link = Link.objects.create(theory=study.theory, code=f"S8{number}")
    judged = {"study": study, "run": run, "link": link, "text_hash": "0", "reason": "Daarom"}
    return [
        run,
        Override.objects.create(**judged, computed="open", grade="plausible"),
        Certainty.objects.create(**judged, overall="low"),
    ]
