"""A programme with a published theory and people who write it; run inside a workplace."""

import json
from datetime import date

from biotoop.web.accounts.models import User
from biotoop.web.organisations.models import Membership, Organisation, RoleGrant
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.theories.actions.publishing import Publication, publish
from biotoop.web.theories.actions.theories import Particulars, make, with_new_identities
from biotoop.web.theories.bridge.documents import content_of
from biotoop.web.theories.bridge.files import read_theory
from biotoop.web.theories.models import Theory

PASSWORD, BEGIN = "een lange zin als wachtwoord", date(2025, 9, 1)


def writer(place: Organisation, name: str) -> User:
    user = User.objects.create_user(f"{name.lower()}@buurt.example", PASSWORD, name=name)
    belongs = Membership.objects.create(user=user, organisation=place, starts_on=BEGIN)
    RoleGrant.objects.create(
        user=user, membership=belongs, role=Role.PROGRAMME_OWNER, kind=Kind.ORGANISATION,
        scope_id=place.pk, starts_on=BEGIN,
    )  # fmt: skip
    return user


def sow(text: str) -> str:
    """Fill the workplace; give the numbers of the theories, by story."""
    place = Organisation.objects.create(name="Buurtwerk Rietveld", kind="social_work")
    first = writer(place, "Fenna")
    writer(place, "Bart")
    programme = Programme.objects.create(organisation=place, name_nl="Wijkaanpak", slug="wijk")
    content = content_of(read_theory(text, "nl").theory)
    made = {}
    on_a_phone = ("toetsen-390", "samen-390", "publiceren-390")
    for story in ("lezen", "toetsen", "slepen", "samen", "publiceren", *on_a_phone):
        above = Particulars(title=f"Buren kennen elkaar ({story})", visibility="public")
        theory = make(programme, above, by=first, content=with_new_identities(content))
        theory = Theory.objects.select_related("programme", "draft", "latest").get(pk=theory.pk)
        reason = Publication(alone="voor de proef", note="Eerste versie")
        publish(theory, reason, by=first, seen=1, language="nl")
        made[story] = str(theory.pk)
    for story in ("leeg", "plakken", "plakken-390", "los"):
        made[story] = str(make(programme, Particulars(title=f"Nog {story}"), by=first).pk)
    return json.dumps(made)
