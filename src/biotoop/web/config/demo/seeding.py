"""Fill an empty workplace with the invented world, whole or not at all."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from biotoop.web.accounts.models import User
from biotoop.web.analyses.actions.asking import ask
from biotoop.web.config.demo.community import make_clusters
from biotoop.web.config.demo.content import ROOT, address_of, identity
from biotoop.web.config.demo.knowledge import make_products
from biotoop.web.config.demo.people import (
    World,
    give_roles,
    invite_somebody,
    make_goals,
    make_organisations,
    make_partnership,
    make_people,
)
from biotoop.web.config.demo.questions import make_questions
from biotoop.web.config.demo.studies import make_studies
from biotoop.web.config.demo.theories import IMPORTED, make_theories
from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.models import Partnership
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.models import Study
from biotoop.web.theories.models import Theory

WHERE_PEOPLE_START = (User, Organisation, Partnership, Theory)


class CannotSeed(Exception):
    """The invented world cannot come here; ``reason`` is a code: mode, occupied or no_example."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def is_seeded() -> bool:
    """Tell whether the invented world is there."""
    return Organisation.objects.filter(pk=identity(ROOT)).exists()


def seed(example: Path) -> bool:
    """Make the invented world; tell whether that was needed.

    Where it is already, everything stays as people left it.

    Raises
    ------
    CannotSeed
        This is no demo, something else is in the database, or the example study is not there.
    """
    if settings.MODE != "demo":
        raise CannotSeed("mode")
    if is_seeded():
        return False
    if any(model._default_manager.exists() for model in WHERE_PEOPLE_START):
        raise CannotSeed("occupied")
    if not (example / "study.yaml").is_file():
        raise CannotSeed("no_example")
    # One transaction, although it takes seconds: nobody is at work yet, and half a world is none.
    with override("nl"):
        with transaction.atomic():
            fill(example)
        have_it_run()
    return True


def have_it_run() -> None:
    """Put a run of the example study on the table, once; a worker takes it, as any other.

    Outside a transaction: the study is frozen and checked first, and that is computing.
    """
    study = Study.objects.filter(snapshots__isnull=False, runs=None).distinct().first()
    if study is not None:
        asker = User.objects.get(email=address_of(Role.LAB_RESEARCHER))
        ask(study, by=asker, language="nl")


def fill(example: Path) -> None:
    """Make everything, the lower floors first."""
    world = World()
    make_organisations(world)
    make_people(world)
    make_partnership(world)
    make_goals(world)
    theories = make_theories(world, example)
    study = make_studies(world, theories, example)
    programme = theories[IMPORTED].programme
    places = {
        Kind.PARTNERSHIP: world.partnership.pk,
        Kind.PROGRAMME: programme.pk,
        Kind.THEORY: theories[IMPORTED].pk,
        Kind.STUDY: study.pk,
    }
    give_roles(world, places)
    invite_somebody(world)
    make_questions(world, theories[IMPORTED])
    make_products(world, theories, study)
    make_clusters(world, theories)
