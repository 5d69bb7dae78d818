"""What a program writes is kept, refused or hidden for each role as the permission files say."""

import functools
import json
from collections.abc import Callable
from itertools import product
from typing import Any
from uuid import uuid4

import attrs
import pytest
from django.core.cache import cache
from django.db import transaction

from biotoop.web.accounts.models import User
from biotoop.web.api.views.operations import OPERATIONS
from biotoop.web.interviews.models import Claim, Quote
from biotoop.web.organisations.models import Membership, RoleGrant
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.studies.models import Study
from biotoop.web.theories.actions.parts import keep_parts
from biotoop.web.theories.bridge.documents import content_of, hash_of, whole_of
from biotoop.web.theories.models import Draft, Theory, Version
from web.api.conftest import Program, program
from web.permissions import world as worlds
from web.permissions.test_models import expected, words_of
from web.permissions.world import LONG_AGO, Placed
from web.theories.conftest import sound_theory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SOUND = sound_theory()
NODE = {"kind": "outcome", "label": "Bewoners lenen gereedschap uit", "edition": 1}
CANVAS = {"edition": 1, "canvas": {"vraagstuk": "Eenzaam"}}


def content() -> dict[str, Any]:
    """Give a draft of which no other has a node or a step."""
    text = json.dumps(plain := content_of(SOUND))
    for item in (*plain["nodes"], *plain["links"]):
        text = text.replace(item["id"], str(uuid4()))
    return json.loads(text)


def ends(theory: Theory) -> dict[str, Any]:
    first, last = theory.draft.content["nodes"][0], theory.draft.content["nodes"][-1]
    words = {"if": "als", "then": "dan", "because": "omdat", "edition": 1}
    return {"start": first["id"], "end": last["id"], **words}


def said(study: Study, **more: Any) -> dict[str, Any]:
    held = study.rounds.get()
    usual = {"round": str(held.pk), "target": "S1", "stance": "supports", "respondent": "R7"}
    return usual | {"quote": "Ik ken nu de buren van de overkant."} | more


@attrs.frozen
class Write:
    """One way to write: of which rows, at which address, and what is sent."""

    label: str
    path: str
    body: Callable[[Any], Any]


DRAFT = "theories/{0.pk}/draft"
A_NODE, A_LINK = (
    f"{DRAFT}/{name}/{{0.draft.content[{name}][0][id]}}" for name in ("nodes", "links")
)
OF_THEORY = {
    ("POST", "draft_nodes"): (f"{DRAFT}/nodes", lambda _: NODE),
    ("PUT", "draft_node"): (A_NODE, lambda _: NODE),
    ("DELETE", "draft_node"): (f"{A_NODE}?edition=1", lambda _: None),
    ("POST", "draft_links"): (f"{DRAFT}/links", ends),
    ("PUT", "draft_link"): (A_LINK, ends),
    ("DELETE", "draft_link"): (f"{A_LINK}?edition=1", lambda _: None),
    ("PUT", "draft_canvas"): (f"{DRAFT}/canvas", lambda _: CANVAS),
}
WRITES = {
    **{key: Write("theories.Theory", *value) for key, value in OF_THEORY.items()},
    ("POST", "claims"): Write("studies.Study", "studies/{0.pk}/claims", said),
    ("POST", "claims_batch"): Write(
        "studies.Study", "studies/{0.pk}/claims/batch", lambda s: {"claims": [said(s), said(s)]}
    ),
    ("PUT", "claim"): Write(
        "interviews.Claim", "claims/{0.pk}", lambda c: said(c.study, stance="nuances", edition=1)
    ),
}  # fmt: skip
KINDS = (Kind.ORGANISATION, Kind.PROGRAMME, Kind.THEORY, Kind.STUDY)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):  # noqa: ARG001 - it must be there
    """Give the world of the permissions, with texts in which can be written."""
    with django_db_blocker.unblock(), transaction.atomic():
        built = worlds.build()
        for draft in Draft.objects.select_related("theory"):
            draft.content = content()
            draft.save()
            keep_parts(draft.theory, draft.content)
        for placed in built.rows["theories.Theory"]:
            placed.row = Theory.objects.get(pk=placed.row.pk)  # as a call reads it
        for placed in built.rows["studies.Study"]:
            text = Version.objects.create(
                theory=placed.row.theory, number=700 + len(Version.objects.values("pk")),
                content=whole_of(SOUND), text_hash=hash_of(SOUND),
            )  # fmt: skip
            Study.objects.filter(pk=placed.row.pk).update(version=text)
        yield built
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def people(world) -> dict[tuple[Role, Kind], tuple[User, Program]]:
    """Give for each role somebody who holds it in each kind of place here."""
    found = {}
    for role, kind in product(Role, KINDS):
        user = User.objects.create(email=f"{role}-{kind}@example.org", name=str(role))
        here = world.organisations["here"]
        belongs = Membership.objects.create(user=user, organisation=here, starts_on=LONG_AGO)
        RoleGrant.objects.create(
            user=user, role=role, kind=kind, scope_id=world.places[kind], starts_on=LONG_AGO,
            membership=belongs,
        )  # fmt: skip
        found[role, kind] = user, program(user)
    return found


def rows_for(world, label: str) -> list[Placed]:
    """Give every study and claim; theories that a person writes, reads, may not see."""
    rows = [placed for placed in world.rows[label] if placed.row.pk not in without_draft()]
    if label != "theories.Theory":
        return rows
    here = world.organisations["here"].pk
    mine = [placed for placed in rows if here in placed.within["organisation"]]
    others = [placed for placed in rows if placed not in mine]
    read = [placed for placed in others if "partners" in placed.within]
    hidden = [placed for placed in others if "partners" not in placed.within]
    return [*mine[:3], read[0], hidden[-1]]


@functools.cache
def without_draft() -> set[object]:
    """Give the theories that the world made bare."""
    return set(Theory.objects.filter(draft=None).values_list("pk", flat=True))


def right(world, write: Write, placed: Placed, role: Role, kind: Kind, user: User) -> int:
    """Work out from the files and the plain sets what must come back."""
    if placed.row.pk not in expected(world, write.label, role, Verb.SEE, kind, user):
        return 404
    if write.label == "studies.Study":
        return 201 if reaches(world, "interviews.Claim", Verb.MAKE, placed, role, kind) else 403
    changes = placed.row.pk in expected(world, write.label, role, Verb.CHANGE, kind, user)
    if write.label == "interviews.Claim":
        changes = changes and reaches(world, "interviews.Quote", Verb.SEE, placed, role, kind)
    return 200 if changes else 403


def reaches(world, label: str, verb: Verb, placed: Placed, role: Role, kind: Kind) -> bool:
    grant = world.grant(role, kind)
    held = [word for word, given in words_of(label, role, verb) if given == role]
    return any(placed.lies(word, grant, None) for word in held)


def tried(asking: Program, method: str, write: Write, row: Any) -> tuple[int, bool]:
    """Write, look whether anything changed, and take it back."""
    with transaction.atomic():
        before = state()
        body = write.body(row)
        sent = b"" if body is None else json.dumps(body).encode()
        answer = asking.call(method, write.path.format(row), sent)
        changed = state() != before
        transaction.set_rollback(True)
    return answer.status_code, changed


def state() -> tuple[Any, ...]:
    """Give what could have been written."""
    drafts = Draft.objects.order_by("pk").values_list("pk", "edition")
    claims = Claim.objects.order_by("pk").values_list("pk", "edition", "stance")
    return list(drafts), list(claims), Quote.objects.count()


def test_every_way_to_write_is_tried():
    assert {(each.method, each.name) for each in OPERATIONS if each.writes} == set(WRITES)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("method", "name"), WRITES)
def test_each_role_writes_where_the_files_say_and_nowhere_else(
    world, people, method, name, role, settings
):
    settings.API_CALLS = 1_000_000
    cache.clear()
    write = WRITES[method, name]
    for kind in KINDS:
        user, asking = people[role, kind]
        for placed in rows_for(world, write.label):
            wanted = right(world, write, placed, role, kind, user)
            wanted = 201 if (wanted, method) == (200, "POST") else wanted
            status, changed = tried(asking, method, write, placed.row)
            where = write.path.format(placed.row), kind
            assert (status, changed) == (wanted, wanted < 300), where


def test_every_way_to_write_is_open_to_some_and_closed_to_others(world):
    """Keep the sweep from passing because nothing may or everything is hidden."""
    nobody = User(name="x")
    for write in WRITES.values():
        answers = {
            right(world, write, placed, role, kind, nobody)
            for role, kind in product(Role, KINDS)
            for placed in rows_for(world, write.label)
        }
        assert {403, 404} <= answers
        assert answers & {200, 201}
