"""Every step of a product, for every role: who may take it, where, and from which state."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from biotoop.web.knowledge.enums import Act, ProductState
from biotoop.web.knowledge.models import Product, ProductStep
from biotoop.web.organisations.actions import guests
from biotoop.web.organisations.models import Membership, RoleGrant
from biotoop.web.organisations.rules import Where
from biotoop.web.shared.enums import Kind, Role
from web.knowledge.conftest import drafted, released
from web.organisations.conftest import LONG_AGO, give, member
from web.signing import signed_in
from web.sweeps import swept

# Written beside the permission file, so that the two are held against each other: who may take
# which step in a product of the own organisation that somebody else made.
MAKES = {
    Role.PROFESSIONAL, Role.LECTURER, Role.LAB_RESEARCHER, Role.SUPERVISOR, Role.PROGRAMME_OWNER,
    Role.PROGRAMME_COORDINATOR, Role.EDUCATION_COORDINATOR, Role.PARTNER_ADMINISTRATOR,
}  # fmt: skip
DECIDES = {
    Role.SUPERVISOR, Role.PROGRAMME_OWNER, Role.PROGRAMME_COORDINATOR, Role.EDUCATION_COORDINATOR,
}  # fmt: skip
SEES = MAKES | {Role.DATA_PROTECTION_OFFICER}
TABLE = {
    (Act.START, ProductState.IDEA): (ProductState.DRAFT, MAKES),
    (Act.OFFER, ProductState.DRAFT): (ProductState.REVIEW, MAKES),
    (Act.TAKE_BACK, ProductState.REVIEW): (ProductState.DRAFT, MAKES),
    (Act.RETURN, ProductState.REVIEW): (ProductState.DRAFT, DECIDES),
    (Act.PUBLISH, ProductState.REVIEW): (ProductState.PUBLISHED, DECIDES),
    (Act.REVISE, ProductState.PUBLISHED): (ProductState.DRAFT, MAKES),
    (Act.WITHDRAW, ProductState.PUBLISHED): (ProductState.WITHDRAWN, DECIDES),
    (Act.WITHDRAW, ProductState.DRAFT): (ProductState.WITHDRAWN, DECIDES),
    (Act.WITHDRAW, ProductState.REVIEW): (ProductState.WITHDRAWN, DECIDES),
}
BEGINS = list(TABLE)
NAMES = [f"{act.value}-{was.value}" for act, was in BEGINS]
HELD = [role for role in Role if role not in (Role.VISITOR, Role.GUEST)]


def in_state(home, state: ProductState, act: Act | None = None) -> Product:
    """Make a product that stands somewhere; what is withdrawn from there was published before."""
    if act == Act.WITHDRAW and state in (ProductState.DRAFT, ProductState.REVIEW):
        made = released(home)
        Product.objects.filter(pk=made.pk).update(state=state)
        return Product.objects.get(pk=made.pk)
    if state in (ProductState.PUBLISHED, ProductState.WITHDRAWN):
        made = released(home)
        if state == ProductState.WITHDRAWN:
            from biotoop.web.knowledge.actions.stepping import take_step  # noqa: PLC0415 - as there

            made = take_step(made, Act.WITHDRAW, "Fout.", by=home.pk, seen=made.edition)
        return made
    return drafted(home, state=state)


def browser_of(role: Role, where):
    """Give somebody with one role, in an organisation or where the role is held."""
    user = member(where, f"Iemand-{role.value}")
    kind = Kind.SITE if role == Role.SYSTEM_ADMINISTRATOR else Kind.ORGANISATION
    through = Membership.objects.get(user=user)
    scope = None if kind == Kind.SITE else where.pk
    give(user, role, kind, scope, membership=None if kind == Kind.SITE else through)
    return signed_in(user)


def taken(browser, product: Product, act: Act) -> int:
    address = reverse("knowledge:step", args=[product.pk, act.value])
    return browser.post(address, {"note": "Daarom.", "edition": product.edition}).status_code


@pytest.mark.parametrize("role", swept(HELD))
@pytest.mark.parametrize(("act", "was"), BEGINS, ids=NAMES)
def test_a_step_is_for_the_roles_that_the_table_names(home, act, was, role):
    then, who = TABLE[act, was]
    product = in_state(home, was, act)
    status = taken(browser_of(role, home), product, act)
    product.refresh_from_db()

    assert status == (302 if role in who else 403 if role in SEES else 404)
    assert product.state == (then if role in who else was)


@pytest.mark.parametrize("role", swept(HELD))
@pytest.mark.parametrize(("act", "was"), BEGINS, ids=NAMES)
def test_nobody_takes_a_step_in_a_product_of_another_organisation(home, elsewhere, act, was, role):
    product = in_state(home, was, act)
    status = taken(browser_of(role, elsewhere), product, act)
    product.refresh_from_db()

    assert (status, product.state) == (404, was)


@pytest.mark.parametrize(("act", "was"), BEGINS, ids=NAMES)
def test_a_visitor_is_asked_to_sign_in(client, home, act, was):
    product = in_state(home, was, act)
    answer = client.post(reverse("knowledge:step", args=[product.pk, act.value]))
    product.refresh_from_db()

    assert answer.url.startswith("/inloggen/")
    assert product.state == was


@pytest.mark.parametrize(("act", "was"), BEGINS, ids=NAMES)
def test_a_guest_takes_no_step(client, home, decider, act, was):
    product = in_state(home, was, act)
    until, where = now() + timedelta(days=1), Where(Kind.ORGANISATION, home.pk)
    link, secret = guests.open_to_guests(home, where, "kijken", until, by=decider.pk)
    client.post(reverse("organisations:guest", args=[secret]))
    steps = ProductStep.objects.count()
    assert client.session[guests.SESSION] == str(link.pk)

    address = reverse("knowledge:step", args=[product.pk, act.value])
    answer = client.post(address, {"note": "Daarom.", "edition": product.edition})
    product.refresh_from_db()

    assert answer.url.startswith("/inloggen/")
    assert (product.state, ProductStep.objects.count()) == (was, steps)


# From these a product is withdrawn only if it was published before; here it was not.
NEVER_OUT = (ProductState.DRAFT, ProductState.REVIEW)
WRONG = [
    (act, state)
    for act in Act
    for state in ProductState
    if (act, state) not in TABLE or (act == Act.WITHDRAW and state in NEVER_OUT)
]


@pytest.mark.parametrize(
    ("act", "state"), WRONG, ids=[f"{act.value}-{state.value}" for act, state in WRONG]
)
def test_a_step_begins_only_where_the_table_says(home, decider, act, state):
    product = in_state(home, state)
    status = taken(signed_in(decider), product, act)
    product.refresh_from_db()

    assert (status, product.state) == (422, state)


@pytest.mark.parametrize("act", [Act.PUBLISH, Act.RETURN])
def test_who_offered_a_product_does_not_decide_on_it(home, decider, act):
    product = drafted(home)
    browser = signed_in(decider)
    assert taken(browser, product, Act.OFFER) == 302
    product.refresh_from_db()

    assert taken(browser, product, act) == 422
    product.refresh_from_db()
    assert product.state == ProductState.REVIEW


@pytest.mark.parametrize("act", [Act.RETURN, Act.WITHDRAW])
def test_sending_back_and_withdrawing_ask_for_a_reason(home, decider, act):
    product = in_state(home, ProductState.REVIEW if act == Act.RETURN else ProductState.PUBLISHED)
    address = reverse("knowledge:step", args=[product.pk, act.value])
    answer = signed_in(decider).post(address, {"note": " ", "edition": product.edition})

    assert answer.status_code == 422


def test_a_step_on_an_older_edition_is_refused_and_nothing_is_written(home, decider):
    product = drafted(home, state=ProductState.REVIEW)
    Product.objects.filter(pk=product.pk).update(edition=5)

    assert taken(signed_in(decider), product, Act.PUBLISH) == 409
    assert not ProductStep.objects.exists()


def test_a_role_that_ended_takes_no_step(home, decider):
    product = drafted(home, state=ProductState.REVIEW)
    RoleGrant.objects.filter(user=decider).update(ends_on=LONG_AGO)

    assert taken(signed_in(decider), product, Act.PUBLISH) == 404


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.STUDENT, Role.CO_RESEARCHER])
def test_residents_and_students_take_the_steps_of_makers_in_what_is_their_own(home, role):
    user = member(home, "Riet", role)
    product = drafted(home, user)

    assert taken(signed_in(user), product, Act.OFFER) == 302
    product.refresh_from_db()
    assert taken(signed_in(user), product, Act.PUBLISH) == 403
