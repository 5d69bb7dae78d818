"""A rule that was written out once says for every reader what the rule itself says."""

import re
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, Q
from django.utils.timezone import now

from biotoop.web.accounts.models import User
from biotoop.web.shared.rules.registry import REACHES
from biotoop.web.shared.rules.written import MOST_IDS, asked, written

pytestmark = pytest.mark.django_db
A_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


def words_of(label: str, condition: Q) -> tuple[list[str], int]:
    """Give the parameters of a condition, and from how many tables it selects."""
    try:
        text, parameters = apps.get_model(label).objects.filter(condition).query.sql_with_params()
    except EmptyResultSet:
        return [], 0
    return sorted(map(str, parameters)), text.count("SELECT")


def test_a_written_rule_selects_by_the_same_values_as_the_rule_itself():
    for (label, word), rule in REACHES.items():
        for number in (1, 3):
            ids = [uuid4() for _ in range(number)]
            there, here = words_of(label, asked(rule, ids)), words_of(label, rule(ids))
            assert there == here, (label, word, number)


def test_each_reader_gets_the_own_ids_and_no_others():
    for (label, word), rule in REACHES.items():
        first, second = uuid4(), uuid4()
        words_of(label, asked(rule, [first]))
        after = words_of(label, asked(rule, [second]))[0]
        assert first.hex not in after, (label, word)


def test_no_rule_looks_at_more_than_the_day():
    for (label, word), rule in REACHES.items():
        parameters, _ = words_of(label, rule([uuid4()]))
        assert not [each for each in parameters if A_MOMENT.match(each)], (label, word)


def test_no_rule_asks_the_database_while_it_is_written(django_assert_num_queries):
    with django_assert_num_queries(0):
        for rule in REACHES.values():
            rule([uuid4()])


def test_what_is_not_known_to_stay_is_not_kept():
    asked_for = []

    def by_the_clock(ids):
        asked_for.append(ids)
        return Q(pk__in=ids, created_at__lt=now())

    def by_an_expression(ids):
        asked_for.append(ids)
        return Q(Exists(User.objects.filter(pk__in=ids)))

    for rule in (by_the_clock, by_an_expression):
        for ids in ([uuid4()], [uuid4()]):
            asked(rule, ids)
            assert asked_for[-1] == ids


def test_of_more_ids_than_there_are_places_the_rule_itself_is_asked():
    rule = next(iter(REACHES.values()))
    before = written.cache_info().currsize
    many = [uuid4() for _ in range(MOST_IDS + 1)]
    assert str(asked(rule, many)) == str(rule(many))
    assert written.cache_info().currsize == before
