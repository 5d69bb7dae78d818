"""A day ends at midnight of the site: for readers in every zone, and for what is kept for a day."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from biotoop.web.clusters.models import DatasetAccess
from biotoop.web.clusters.queries import open_accesses
from biotoop.web.organisations.models import Membership, RoleGrant
from biotoop.web.organisations.queries import live_grants, live_memberships, reader_of
from biotoop.web.programmes.models import Partner
from biotoop.web.programmes.queries import live_partners
from biotoop.web.shared.enums import Reach
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import ask
from biotoop.web.shared.rules.asking import formed
from biotoop.web.shared.rules.registry import REACHES
from biotoop.web.shared.rules.written import asked, written
from biotoop.web.studies.models import Reflection, Study
from biotoop.web.studies.queries import late

pytestmark = pytest.mark.django_db
LAST = site_day()
NEXT = LAST + timedelta(days=1)
MIDNIGHT = timezone.make_aware(datetime.combine(NEXT, time()), timezone.get_default_timezone())
BEFORE, AFTER = MIDNIGHT - timedelta(seconds=1), MIDNIGHT + timedelta(seconds=1)
ZONES = ("Europe/Amsterdam", "Pacific/Kiritimati", "Pacific/Honolulu")
HELD = {
    RoleGrant: live_grants,
    Membership: live_memberships,
    Partner: live_partners,
    DatasetAccess: open_accesses,
}


@pytest.fixture
def clock(monkeypatch):
    """Give moments, one each time that somebody looks; the last one stays."""

    def strike(*moments: datetime) -> None:
        left = list(moments)
        monkeypatch.setattr(timezone, "now", lambda: left.pop(0) if len(left) > 1 else left[0])

    formed.cache_clear()
    written.cache_clear()
    yield strike
    formed.cache_clear()
    written.cache_clear()


def in_all_zones(question) -> object:
    """Ask something of a reader in each zone; all get the same answer."""
    answers = []
    for zone in ZONES:
        with timezone.override(zone):
            answers.append(question())
    assert answers == answers[:1] * len(ZONES)
    return answers[0]


@pytest.mark.parametrize("model", HELD, ids=lambda model: model.__name__)
def test_a_last_day_ends_at_midnight_of_the_site(world, clock, model):
    row = HELD[model]().filter(pk__in=[each.row.pk for each in world.rows[model._meta.label]])[0]
    model.objects.filter(pk=row.pk).update(ends_on=LAST)

    clock(BEFORE)
    assert in_all_zones(lambda: HELD[model]().filter(pk=row.pk).exists())
    clock(AFTER)
    assert not in_all_zones(lambda: HELD[model]().filter(pk=row.pk).exists())


def test_who_has_a_role_has_it_as_long_in_every_zone(world, clock):
    given = world.rows["organisations.RoleGrant"][0].row
    RoleGrant.objects.filter(user=given.user).update(ends_on=LAST)

    clock(BEFORE)
    assert in_all_zones(lambda: given.role in reader_of(given.user).roles)
    clock(AFTER)
    assert not in_all_zones(lambda: given.role in reader_of(given.user).roles)


def dates_in(rows) -> set[object]:
    """Give the days that a question names."""
    return {each for each in map(str, rows.form.words.parameters) if each in {str(LAST), str(NEXT)}}


def test_a_question_is_kept_for_the_day_with_which_it_was_written(clock):
    clock(BEFORE, AFTER)  # midnight passes while the question is put into words
    assert dates_in(ask(late_at_all, None)) == {str(LAST)}
    clock(BEFORE)
    assert dates_in(ask(late_at_all, None)) == {str(LAST)}
    clock(AFTER)
    assert dates_in(ask(late_at_all, None)) == {str(NEXT)}
    assert formed.cache_info().currsize == 2


def late_at_all():
    """List what should have been public, whoever asks."""
    return late(Study.objects.all())


def test_a_rule_is_kept_for_the_day_with_which_it_was_written(clock):
    rule, ids = REACHES[Reflection._meta.label, Reach.OWN.value], [uuid4()]

    def days() -> set[str]:
        text = str(Reflection.objects.filter(asked(rule, ids)).query)
        return {str(day) for day in (LAST, NEXT) if str(day) in text}

    clock(BEFORE, AFTER)
    assert days() == {str(LAST)}
    clock(AFTER)
    assert days() == {str(NEXT)}
    clock(BEFORE)
    assert days() == {str(LAST)}


def test_readers_in_all_zones_share_the_words_of_a_day(clock):
    clock(BEFORE)
    in_all_zones(lambda: dates_in(ask(late_at_all, None)))
    assert formed.cache_info().currsize == 1
