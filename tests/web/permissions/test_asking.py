"""A question that is kept in words finds for every reader what it would have found by itself."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from biotoop.web.dashboards.queries import together_rows, waiting_rows
from biotoop.web.dashboards.views.home import worked_in
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import ask, visible
from biotoop.web.shared.rules.asking import formed
from biotoop.web.shared.rules.written import MOST_IDS
from biotoop.web.studies.models import Study
from biotoop.web.studies.queries import counted, seen_for_lists
from biotoop.web.studies.rules import theories_for
from biotoop.web.theories.queries import seen_for_lists as seen_theories

pytestmark = pytest.mark.django_db
LABELS = ("studies.Snapshot", "studies.ProcessTest")
DAY, LATER = site_day(), site_day() + timedelta(days=9999)
QUESTIONS = (
    seen_for_lists,
    seen_theories,
    waiting_rows.asked_to_read,
    waiting_rows.turning,
    waiting_rows.unsettled,
    waiting_rows.remarked,
    waiting_rows.invited,
    together_rows.with_a_next_step,
    together_rows.offered,
    worked_in,
)


def readers(world):
    """Give a reader for each role in each kind of place, for two people."""
    for role in Role:
        for kind in Kind:
            for user in (world.someone, world.stranger):
                yield world.reader(role, kind, user)


@pytest.mark.server
def test_every_reader_gets_what_the_query_itself_would_give(world):
    for reader in readers(world):
        for build in QUESTIONS:
            kept, plain = ask(build, reader), build(reader)
            assert list(kept) == list(plain), (build, reader)
            assert ask(build, reader).first() == plain.first()
        assert set(ask(theories_for, reader, model=Study)) == set(theories_for(reader, Study))
        for day in (DAY, LATER):
            kept = ask(together_rows.seats_on_the_way, reader, today=day)
            assert list(kept) == list(together_rows.seats_on_the_way(reader, today=day))
        homes = tuple(sorted(reader.places(Kind.ORGANISATION)))
        kept = ask(together_rows.proposals_open_to, reader, homes)
        assert list(kept) == list(together_rows.proposals_open_to(reader, homes))


def test_rows_are_counted_and_read_by_the_page(world):
    for reader in readers(world):
        rows = seen_for_lists(reader)
        kept = ask(seen_for_lists, reader)
        assert kept.count() == rows.count()
        assert list(kept[1:3]) == list(rows[1:3])


def test_readers_whose_roles_hold_alike_share_the_words_and_nothing_else(world):
    formed.cache_clear()
    here = world.reader(Role.LAB_RESEARCHER, Kind.ORGANISATION, world.someone)
    list(ask(seen_for_lists, here))
    strangers = type(here)(uuid4(), tuple(moved(grant) for grant in here.grants))
    assert list(ask(seen_for_lists, strangers)) == list(seen_for_lists(strangers))
    assert formed.cache_info().currsize == 1
    assert formed.cache_info().hits == 1


def moved(grant):
    """Give the same role in another place."""
    other = uuid4() if grant.scope_id else None
    return type(grant)(grant.role, grant.kind, other, other and grant.organisation_id and other)


def test_a_question_is_one_query_also_the_first_time(world):
    formed.cache_clear()
    reader = world.reader(Role.LAB_RESEARCHER, Kind.ORGANISATION, world.someone)
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            list(ask(seen_for_lists, reader))
        assert len(asked) == 1


def test_what_builds_a_question_may_not_ask_the_database(world):
    reader = world.reader(Role.LAB_RESEARCHER, Kind.ORGANISATION, world.someone)
    with pytest.raises(TypeError, match="asks the database nothing"):
        ask(in_two_steps, reader)


def in_two_steps(reader):
    """Look first which studies there are; that would be kept."""
    return Study.objects.filter(pk__in=[row.pk for row in visible(reader, Study)])


def test_many_ids_and_no_ids_are_asked_too():
    many = tuple(uuid4() for _ in range(MOST_IDS + 1))
    assert list(ask(counted, None, many, labels=LABELS)) == []
    assert list(ask(counted, None, (), labels=LABELS)) == []
    assert ask(counted, None, (), labels=LABELS).first() is None
