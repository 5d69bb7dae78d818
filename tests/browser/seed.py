"""Two partners and a stranger, with everything on their pages; run inside a workplace."""

from datetime import date, timedelta

from django.utils.timezone import now

from biotoop.web.accounts.models import User
from biotoop.web.organisations.actions.guests import open_to_guests
from biotoop.web.organisations.actions.inviting import Invited, invite
from biotoop.web.organisations.models import Membership, Organisation, RoleGrant
from biotoop.web.organisations.rules import Where
from biotoop.web.programmes.models import (
    Agreement,
    Capacity,
    Line,
    LinePartner,
    Partner,
    Partnership,
    PolicyGoal,
    Programme,
)
from biotoop.web.shared.enums import Kind, Role

PASSWORD, BEGIN, END = "een lange zin als wachtwoord", date(2025, 9, 1), date(2029, 8, 31)


def organisations() -> dict[str, Organisation]:
    rows = {
        "SKB": ("Samenkracht Beekwaarde", "social_work", "Beekwaarde"),
        "GBW": ("Gemeente Beekwaarde", "municipality", "Beekwaarde"),
        "HSM": ("Hogeschool Meerdal", "applied_sciences", "Meerdal"),
        "JZL": ("Jeugdzorggroep Lindelaan", "youth_care", ""),
    }
    return {
        code: Organisation.objects.create(name=name, kind=kind, place=place, valid_from=BEGIN)
        for code, (name, kind, place) in rows.items()
    }


def person(place: Organisation, name: str, job: str, *roles: Role) -> User:
    email = f"{name.partition(' ')[0].lower()}@partners.example"
    user = User.objects.create_user(email, PASSWORD, name=name)
    belongs = Membership.objects.create(
        user=user, organisation=place, starts_on=BEGIN, job_title=job, hours_a_year=160
    )
    for role in roles:
        RoleGrant.objects.create(
            user=user, membership=belongs, role=role, kind=Kind.ORGANISATION,
            scope_id=place.pk, starts_on=BEGIN,
        )  # fmt: skip
    return user


def partnership(places: dict[str, Organisation], coordinator: User) -> None:
    whole = Partnership.objects.create(
        name_nl="Lerende biotoop Beekwaarde",
        purpose="Samen uitzoeken welk verschil sociaal werk maakt, voor wie, en wat het waard is.",
    )
    RoleGrant.objects.create(
        user=coordinator, membership=coordinator.memberships.get(), scope_id=whole.pk,
        role=Role.PROGRAMME_COORDINATOR, kind=Kind.PARTNERSHIP, starts_on=BEGIN,
    )  # fmt: skip
    Agreement.objects.create(
        partnership=whole, starts_on=BEGIN, ends_on=END, signed_on=BEGIN,
        intellectual_property="Wat we samen maken is van ons allemaal, onder CC BY 4.0.",
        derived_services="Iedere partner mag diensten verkopen. Eerst overleg in de stuurgroep.",
        funding="De gemeente betaalt de helft. De rest betaalt iedere partner zelf.",
    )  # fmt: skip
    names = ["Conceptueel en academisch", "Praktijk", "Politiek-bestuurlijk"]
    takes_part = {"starts_on": BEGIN}
    for position, (name, codes) in enumerate(
        zip(names, (["HSM"], ["SKB", "HSM"], ["SKB", "GBW"]), strict=True), start=1
    ):
        line = Line.objects.create(partnership=whole, name_nl=name, position=position)
        for code in codes:
            LinePartner.objects.create(line=line, organisation=places[code], **takes_part)
    for code in ("SKB", "GBW", "HSM"):
        Partner.objects.create(partnership=whole, organisation=places[code], **takes_part)
        for year in (2026, 2027):
            Capacity.objects.create(
                partnership=whole, organisation=places[code], year=year, hours=320, funding="own"
            )


def offers(places: dict[str, Organisation]) -> None:
    own = {"organisation": places["SKB"], "place": "De Populier"}
    for slug, name, summary in [
        ("wijk", "Wijk- en buurtgerichte aanpak", "Opbouwwerkers steunen bewoners in de buurt."),
        ("ontmoeten", "Ontmoeten & ontwikkelen", "Een open wijkcentrum, met begeleid vrijwerk."),
    ]:
        Programme.objects.create(slug=slug, name_nl=name, summary=summary, **own)
    Programme.objects.create(organisation=places["JZL"], slug="geheim", name_nl="Van een ander")
    PolicyGoal.objects.create(
        organisation=places["GBW"], name_nl="Minder inwoners zijn eenzaam", is_public=True,
        name_en="Fewer residents are lonely", starts_on=BEGIN, ends_on=END,
        description_nl="In 2029 voelen minder mensen in De Populier zich sterk eenzaam.",
    )  # fmt: skip


def sow() -> str:
    """Fill the workplace; give the number of one organisation."""
    places = organisations()
    admin = person(places["SKB"], "Anouk Beheer", "teamleider", Role.PARTNER_ADMINISTRATOR)
    person(places["SKB"], "Bram Zonder-Rol", "stagiair")
    person(places["SKB"], "Fatma Yildiz", "opbouwwerker", Role.PROFESSIONAL)
    person(places["GBW"], "Gerda Beleid", "adviseur", Role.POLICY_READER)
    coordinator = person(places["HSM"], "Hans Coördinator", "lector", Role.LAB_RESEARCHER)
    person(places["JZL"], "Iris Elders", "", Role.PARTNER_ADMINISTRATOR)
    partnership(places, coordinator)
    offers(places)
    here = Where(Kind.ORGANISATION, places["SKB"].pk)
    for name in ("Kees Nieuw", "Lies Nieuw"):
        email = f"{name.partition(' ')[0].lower()}@nieuw.example"
        invite(
            places["SKB"],
            Invited(email=email, name=name, role=Role.STUDENT, where=here),
            by=admin.pk,
        )
    until = now() + timedelta(days=30)
    open_to_guests(places["SKB"], here, "Raadslid De Wit, werkbezoek", until, by=admin.pk)
    Membership.objects.create(
        user=User.objects.create_user("mo@partners.example", PASSWORD, name="Mo Vertrokken"),
        organisation=places["SKB"], starts_on=BEGIN, ends_on=BEGIN + timedelta(days=90),
    )  # fmt: skip
    return str(places["SKB"].pk)
