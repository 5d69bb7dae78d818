"""The example study, run once for these tests; what a test writes is taken back after it."""

from pathlib import Path

import attrs
import pytest
from django.conf import settings as live
from django.db import transaction
from django.test import Client

from biotoop.web.accounts.models import User
from biotoop.web.analyses.actions.asking import ask
from biotoop.web.analyses.models import Run
from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.actions import working
from biotoop.web.shared.actions.working import Work
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models import Worker
from biotoop.web.studies.models import Study
from web.analyses import ontmoeten
from web.theories.conftest import enter, person


@attrs.define
class World:
    """A study that was run, and people around it."""

    media: Path
    study: Study
    run: Run
    researcher: User
    partner: User

    def desk(self, user: User) -> Client:
        """Sign somebody in."""
        return enter(Client(), user)


def work() -> None:
    """Do what waits, as a worker does, on the connection that holds the rows of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(working, "close_old_connections", lambda: None)
        Work(Worker.objects.create()).run_all(until_empty=True)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):  # noqa: ARG001 - it must be there
    before = live.MEDIA_ROOT
    live.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    around = transaction.atomic()
    around._from_testcase = True  # noqa: SLF001 - as the tests of Django itself: a job may commit within
    with django_db_blocker.unblock(), around:
        yield built(live.MEDIA_ROOT)
        transaction.set_rollback(True)
    live.MEDIA_ROOT = before


def built(media: Path) -> World:
    """Prepare the study, and run it."""
    made, researcher, partner = prepared()
    study = Study.objects.get(pk=made.pk)  # as a page reads it: PostgreSQL orders the keys of JSON
    run = ask(study, by=researcher, language="nl")
    work()
    run.refresh_from_db()
    return World(media=media, study=study, run=run, researcher=researcher, partner=partner)


def prepared() -> tuple[Study, User, User]:
    """Give a study that can be run, with a researcher and a professional of its organisation."""
    home = Organisation.objects.create(name="Buurtwerk Oeverhof", kind="social_work")
    programme = Programme.objects.create(organisation=home, name_nl="Ontmoeten", slug="ontmoeten")
    researcher = person("Noor", Role.LAB_RESEARCHER, Kind.ORGANISATION, home.pk, home)
    theory = ontmoeten.theory_of(programme, researcher)
    study = ontmoeten.study_of(theory, home, researcher)
    partner = person("Piet", Role.PROFESSIONAL, Kind.ORGANISATION, home.pk, home)
    return study, researcher, partner


@pytest.fixture
def here(world, db, settings):  # noqa: ARG001 - the rows of a test are its own
    """Give the world with its files."""
    settings.MEDIA_ROOT = world.media
    fresh = Run.objects.select_related("study__theory").get(pk=world.run.pk)
    return attrs.evolve(world, run=fresh, study=fresh.study)
