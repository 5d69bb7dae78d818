"""Studies here and elsewhere: registered or not, on a theory that partners may read or not."""

from datetime import date

from django.utils.timezone import now

from biotoop.web.organisations.models import Membership
from biotoop.web.programmes.models import Line, Programme
from biotoop.web.shared.enums import Kind
from biotoop.web.shared.models import StoredFile
from biotoop.web.studies.enums import Family, Safeguard, TestKind
from biotoop.web.studies.models import (
    Cycle,
    LiteratureItem,
    PlanRegistration,
    ProcessTest,
    Reflection,
    Snapshot,
    Study,
    StudySafeguard,
)
from biotoop.web.theories.enums import Visibility
from biotoop.web.theories.models import Theory, Version
from web.permissions.world import LONG_AGO


def fill(world) -> None:
    here, elsewhere = (theory_of(world, name) for name in ("here", "elsewhere"))
    shown = Theory.objects.create(
        programme=here.programme, title="Gedeeld", visibility=Visibility.PARTNERS
    )
    assigned = {"id": world.places[Kind.STUDY]}
    for theory, fields, registered in (
        (here, assigned, False),
        (here, {}, True),
        (shown, {}, False),
        (elsewhere, {}, True),
    ):
        fill_study(world, theory, registered=registered, **fields)


def theory_of(world, name: str) -> Theory:
    """Give a theory that only the people of its programme may read, and that was published."""
    programme = Programme.objects.get(organisation=world.organisations[name])
    own = {"id": world.places[Kind.THEORY]} if name == "here" else {}
    theory = Theory.objects.filter(**own).first() if own else None
    return theory or Theory.objects.create(programme=programme, title="Buren", **own)


def fill_study(world, theory, *, registered: bool, **fields) -> None:
    """Make a study in a cycle, with a row of everything that it may hold."""
    home = theory.programme.organisation
    partners, together = around(world, home)
    line = Line.objects.filter(partnership__partners__organisation=partners[-1]).first()
    cycle = Cycle.objects.create(
        theory=theory, title="Ronde 1", question="Wat helpt?", partnership=line.partnership
    )
    study = Study.objects.create(
        theory=theory, cycle=cycle, organisation=home, title="Samen eten", question="Helpt het?",
        period_start=LONG_AGO, period_end=date(2026, 12, 31), **fields,
    )  # fmt: skip
    place = {"organisation": home, "programme": theory.programme, "theory": theory}
    world.add(cycle, **place, partners=partners, **together, study=study)
    fill_reflection(world, cycle, line, place, partners, together)
    if registered or theory.visibility == Visibility.PARTNERS:
        place |= {"partners": partners, **together}
    place["study"] = study
    world.studies = [*getattr(world, "studies", []), (study, place)]
    world.add(study, **place)
    for row in rows_of(study, registered=registered):
        world.add(row, **place)


def around(world, home) -> tuple[list, dict]:
    """Give the partners of an organisation, and the research programme that they share."""
    if home == world.organisations["here"]:
        partnership = {"partnership": world.places[Kind.PARTNERSHIP]}
        return [home, world.organisations["partner"]], partnership
    return [home], {}


def fill_reflection(world, cycle, line, place, partners, together) -> None:
    """Ask a line what it thinks; those who work on it may answer."""
    asked = Reflection.objects.create(cycle=cycle, line=line)
    members = Membership.objects.filter(organisation__in=partners, ends_on=None)
    own = list(members.values_list("user", flat=True))
    where = {key: place[key] for key in ("organisation", "programme")}
    world.add(asked, own=own, partners=partners, **together, **where)


def rows_of(study, *, registered: bool) -> list:
    """Make what a study holds."""
    item = {"study": study, "target": "S1"}
    rows = [
        StudySafeguard.objects.create(study=study, kind=Safeguard.LETTER),
        LiteratureItem.objects.create(**item, code="L1", source="x", level=3, effect=0.2, se=0.1),
        ProcessTest.objects.create(
            **item, code="T1", kind=TestKind.STRAW, family=Family.OBSERVATION
        ),
        snapshot_of(study),
    ]
    return [*rows, registration_of(study)] if registered else rows


def snapshot_of(study) -> Snapshot:
    kept = StoredFile.objects.create(
        owner_kind="studies.Study", owner_id=study.pk, name="a.csv", media_type="text/csv",
        size=1, sha256="0" * 64,
    )  # fmt: skip
    return Snapshot.objects.create(
        study=study, name="data/a.csv", file=kept, controller=study.organisation, rows=1, columns=1
    )


def registration_of(study) -> PlanRegistration:
    made = Version.objects.create(theory=study.theory, number=90, content={}, text_hash="0" * 64)
    return PlanRegistration.objects.create(
        study=study, digest="1" * 64, scheme="1", scheme_digest="2" * 64, version=made,
        registered_at=now(), record={}, documents={},
    )  # fmt: skip
