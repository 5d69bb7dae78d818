"""Steps of a product by roles in its programme, study, theory or partnership, and in others."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from biotoop.web.accounts.models import Notice
from biotoop.web.knowledge.actions.telling import deciders_of
from biotoop.web.knowledge.enums import Act, ProductState
from biotoop.web.knowledge.models import Product
from biotoop.web.organisations.models import Membership
from biotoop.web.programmes.models import Partnership
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.models import Study
from biotoop.web.theories.models import Theory
from web.knowledge.conftest import drafted
from web.knowledge.test_lifecycle import HELD, taken
from web.organisations.conftest import LONG_AGO, give, member
from web.signing import signed_in
from web.sweeps import swept

# Written beside the permission file: who works on, and who decides on, a product of others.
MAKES = {
    Kind.PROGRAMME: {
        Role.PROFESSIONAL, Role.LECTURER, Role.LAB_RESEARCHER, Role.SUPERVISOR,
        Role.PROGRAMME_OWNER,
    },
    Kind.STUDY: {
        Role.PROFESSIONAL, Role.LECTURER, Role.STUDENT, Role.LAB_RESEARCHER, Role.SUPERVISOR,
    },
    Kind.THEORY: {Role.LAB_RESEARCHER, Role.SUPERVISOR},
    Kind.PARTNERSHIP: {Role.PROGRAMME_COORDINATOR},
}  # fmt: skip
DECIDES = {
    Kind.PROGRAMME: {Role.SUPERVISOR, Role.PROGRAMME_OWNER},
    Kind.STUDY: {Role.SUPERVISOR},
    Kind.THEORY: {Role.SUPERVISOR},
    Kind.PARTNERSHIP: {Role.PROGRAMME_COORDINATOR},
}
STEPS = {
    Act.OFFER: (ProductState.DRAFT, ProductState.REVIEW, MAKES),
    Act.PUBLISH: (ProductState.REVIEW, ProductState.PUBLISHED, DECIDES),
}


@pytest.fixture
def around(home, programme) -> dict[str, object]:
    """Give what a product can lie in, beside its organisation."""
    theory = Theory.objects.create(programme=programme, title="Buren")
    study = Study.objects.create(
        theory=theory, organisation=home, title="Samen eten", question="?",
        period_start=LONG_AGO, period_end=LONG_AGO,
    )  # fmt: skip
    return {
        "programme": programme,
        "study": study,
        "partnership": Partnership.objects.create(name_nl="Lab"),
    }


def place_of(product: Product, kind: Kind) -> UUID:
    """Give the place of a kind in which a product lies."""
    return product.study.theory_id if kind == Kind.THEORY else getattr(product, f"{kind}_id")


def holder(home, role: Role, kind: Kind, place: UUID):
    """Make somebody of the organisation with one role in one place."""
    user = member(home, f"Iemand-{place}")
    at_site = role == Role.SYSTEM_ADMINISTRATOR
    through = None if at_site else Membership.objects.get(user=user)
    kind, scope = (Kind.SITE, None) if at_site else (kind, place)
    give(user, role, kind, scope, membership=through)
    return user


@pytest.mark.parametrize("role", swept(HELD))
@pytest.mark.parametrize("kind", MAKES)
@pytest.mark.parametrize("act", STEPS)
def test_a_role_works_in_its_own_place_and_in_no_other(home, around, act, kind, role):
    was, then, table = STEPS[act]
    product = drafted(home, state=was, **around)
    other = holder(home, role, kind, uuid4())
    assert taken(signed_in(other), product, act) == 404

    own = holder(home, role, kind, place_of(product, kind))
    status = taken(signed_in(own), product, act)
    product.refresh_from_db()

    may, sees = role in table[kind], role in MAKES[kind]
    assert status == (302 if may else 403 if sees else 404)
    assert product.state == (then if may else was)


@pytest.mark.parametrize("role", swept(HELD))
@pytest.mark.parametrize("kind", MAKES)
def test_who_may_decide_is_told_and_nobody_else(home, maker, around, kind, role):
    product = drafted(home, maker, **around)
    reader = holder(home, role, kind, place_of(product, kind))
    assert taken(signed_in(maker), product, Act.OFFER) == 302

    right = {reader.pk} if role in DECIDES[kind] else set()
    assert deciders_of(product) == right
    assert set(Notice.objects.values_list("user", flat=True)) == right


def test_a_supervisor_of_the_theory_finds_the_way_to_the_product(home, maker, around):
    product = drafted(home, maker, **around)
    reader = holder(home, Role.SUPERVISOR, Kind.THEORY, around["study"].theory_id)
    taken(signed_in(maker), product, Act.OFFER)

    page = signed_in(reader).get(reverse("accounts:notices")).content.decode()

    assert product.title in page
