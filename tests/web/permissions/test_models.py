"""Every role, model and verb of the matrix, against real rows here, at partners and elsewhere."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404

from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.rules import allowed, found, matrix, may, may_make, visible
from biotoop.web.shared.rules.deciding import extent
from web.sweeps import swept

pytestmark = pytest.mark.django_db
OURS = [m for m in apps.get_models() if m.__module__.startswith("biotoop.web.")]
SHOWN = sorted(m._meta.label for m in OURS if m._meta.label not in matrix().internal)
ON_ROWS = [verb for verb in Verb if verb != Verb.MAKE]
ANSWERS: dict = {}


def words_of(label: str, role: Role, verb: Verb) -> list[tuple[str, Role]]:
    """Give what the file says for this role, and for everybody."""
    return [(word, r) for r in {role, Role.VISITOR} for word in matrix().reaches(label, r, verb)]


def expected(world, label: str, role: Role, verb: Verb, kind: Kind, user) -> set:
    """Work out from the file and the plain sets which rows the verb must reach."""
    grants = {role: world.grant(role, kind), Role.VISITOR: world.grant(Role.VISITOR, Kind.SITE)}
    wanted, seen = words_of(label, role, verb), words_of(label, role, Verb.SEE)

    def covers(words, placed) -> bool:
        pk = user.pk if user else None
        return any(placed.lies(word, grants[r], pk) for word, r in words)

    rows = world.rows[label]
    return {placed.row.pk for placed in rows if covers(wanted, placed) and covers(seen, placed)}


@pytest.mark.parametrize("label", SHOWN)
@pytest.mark.parametrize("role", swept(Role))
def test_rows_and_verbs_are_what_the_matrix_says(world, label, role):
    model = apps.get_model(label)
    rows = [placed.row for placed in world.rows[label]]
    for kind in Kind:
        for user in (world.someone, world.stranger, None):
            reader = world.reader(role, kind, user)
            for verb in ON_ROWS:
                right = expected(world, label, role, verb, kind, user)
                assert (verb, *asked_once(reader, model, verb, rows)) == (verb, right, right)


def asked_once(reader, model, verb, rows) -> tuple[set, set]:
    """Ask the database; readers who reach equally far get the same answer."""
    key = tuple(extent(reader, model._meta.label, v) for v in (verb, Verb.SEE)), model, verb
    if key not in ANSWERS:
        listed = visible(reader, model, verb, archived=None)
        listed = listed.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
        assert len(listed) == len(set(listed)), "a row came twice"
        ANSWERS[key] = set(listed), allowed(reader, verb, rows)
    return ANSWERS[key]


@pytest.mark.parametrize("label", SHOWN)
@pytest.mark.parametrize("role", swept(Role))
def test_a_role_makes_things_only_where_the_matrix_says(world, label, role):
    model, verb = apps.get_model(label), Verb.MAKE
    words = matrix().reaches(label, role, verb)
    own = Kind.SITE if {"own"} & {word for word, _ in words_of(label, role, verb)} else None
    for kind in Kind:
        reader = world.reader(role, kind, world.someone)
        here = None if kind == Kind.SITE else world.places[kind]
        assert may_make(reader, model, kind, here) == (kind in {*words, own})
        elsewhere = world.organisations["elsewhere"].pk
        everywhere = kind == Kind.SITE and kind in words
        assert may_make(reader, model, Kind.ORGANISATION, elsewhere) == everywhere


@pytest.mark.parametrize("label", SHOWN)
@pytest.mark.parametrize("role", swept(Role))
def test_one_row_is_found_refused_or_hidden(world, label, role):
    model = apps.get_model(label)
    for placed in world.rows[label]:
        reader = world.reader(role, Kind.ORGANISATION, world.stranger)
        seen, changed = (
            placed.row.pk in expected(world, label, role, verb, Kind.ORGANISATION, world.stranger)
            for verb in (Verb.SEE, Verb.CHANGE)
        )
        outcome = outcome_of(reader, model, placed.row.pk)
        assert outcome == ("found" if seen and changed else "refused" if seen else "hidden")
        assert may(reader, Verb.CHANGE, placed.row) == changed


def outcome_of(reader, model, pk) -> str:
    try:
        found(reader, model, pk, Verb.CHANGE)
    except Http404:
        return "hidden"
    except PermissionDenied:
        return "refused"
    return "found"


def test_every_model_has_a_row_in_the_matrix_or_a_reason():
    assert {m._meta.label for m in OURS} - matrix().models() == set()


@pytest.mark.parametrize("label", SHOWN)
def test_the_world_has_a_row_of_the_model_and_one_that_nobody_has_a_place_for(world, label):
    if label.partition(".")[0] not in world.apps:
        pytest.skip("the app has no world yet")
    tried = {*world.places.values(), world.home, world.stranger.pk}

    assert any(not set().union(*p.within.values()) & tried for p in world.rows[label])


def test_the_system_administrator_and_the_key_keeper_see_no_content():
    content = {"programmes.Programme", "programmes.PolicyGoal", "organisations.Membership"}
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.KEY_KEEPER):
        assert [c for c in content if matrix().reaches(c, role, Verb.SEE)] == []
