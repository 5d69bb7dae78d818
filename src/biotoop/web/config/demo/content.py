"""What the invented world consists of, as it stands in ``content.yaml``."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml

from biotoop.web.shared.enums import Kind, Role

DOMAIN = "demo.invalid"  # a name that no mail can reach, by the rules of the internet
ROOT = "SKB"  # the organisation around which the world turns
Plain = Mapping[str, Any]


@cache
def content() -> Plain:
    """Read the whole of it."""
    text = resources.files(__package__).joinpath("content.yaml").read_text("utf-8")
    found: Plain = yaml.safe_load(text)
    return found


def identity(*names: str) -> UUID:
    """Give a thing of the invented world the same number in every workplace."""
    return uuid5(NAMESPACE_URL, "/".join((f"https://{DOMAIN}", *names)))


def address_of(role: Role) -> str:
    """Give the address with which the one person of a role signs in."""
    return f"{role.value.replace('_', '-')}@{DOMAIN}"


# One person for each role that somebody can be given: name, organisation, and the place.
PEOPLE: Mapping[Role, tuple[str, str, Kind]] = {
    Role.RESIDENT: ("Riet Overmars", "SKB", Kind.PROGRAMME),
    Role.CO_RESEARCHER: ("Samir Haddou", "SKB", Kind.STUDY),
    Role.PROFESSIONAL: ("Fenna Wijkstra", "SKB", Kind.ORGANISATION),
    Role.STUDENT: ("Lotte Blauwhof", "HSM", Kind.STUDY),
    Role.LECTURER: ("Joris Meerdijk", "HSM", Kind.ORGANISATION),
    Role.SUPERVISOR: ("Hanna Oostermeer", "UOM", Kind.THEORY),
    Role.LAB_RESEARCHER: ("Noor Zandbergen", "SKB", Kind.ORGANISATION),
    Role.SECOND_CODER: ("Pim Terwolde", "HSM", Kind.STUDY),
    Role.SECOND_ASSESSOR: ("Aylin Kaya", "UOM", Kind.STUDY),
    Role.EXAMINATION_BOARD: ("Wim Stellingwerf", "HSM", Kind.ORGANISATION),
    Role.PROGRAMME_OWNER: ("Fatma Yildirim", "SKB", Kind.ORGANISATION),
    Role.PROGRAMME_COORDINATOR: ("Bas Kompaan", "KKK", Kind.PARTNERSHIP),
    Role.EDUCATION_COORDINATOR: ("Marijke Schoolmeester", "HSM", Kind.ORGANISATION),
    Role.PARTNER_ADMINISTRATOR: ("Ineke Poortman", "SKB", Kind.ORGANISATION),
    Role.SPONSOR: ("Gerard Overmaas", "ZVO", Kind.ORGANISATION),
    Role.POLICY_READER: ("Sofie van Beek", "GBW", Kind.ORGANISATION),
    Role.DATA_PROTECTION_OFFICER: ("Karim Slot", "SKB", Kind.ORGANISATION),
    Role.KEY_KEEPER: ("Tineke Sleutel", "SKB", Kind.ORGANISATION),
    Role.SYSTEM_ADMINISTRATOR: ("Daan Beheer", "SKB", Kind.SITE),
}
# What the municipality wants to reach, and which nodes of which programmes serve it.
GOALS: tuple[Plain, ...] = (
    {
        "nl": "Inwoners kennen elkaar en helpen elkaar",
        "en": "Residents know and help each other",
        "why": "Wie zijn buren kent, vraagt eerder hulp en biedt die ook aan.",
        "nodes": {"P1": ("N7", "N10"), "P4": ("N6",)},
    },
    {
        "nl": "Minder inwoners voelen zich eenzaam",
        "en": "Fewer residents feel lonely",
        "why": "Een op de drie volwassenen in De Populier zegt dat zij zich eenzaam voelen.",
        "nodes": {"P2": ("N7", "N9"), "P4": ("N6",)},
    },
    {
        "nl": "Meer inwoners doen mee: taal, scholing of werk",
        "en": "More residents take part: language, schooling or work",
        "why": "Meedoen geeft ritme, contact en soms inkomen.",
        "nodes": {"P2": ("N8", "N10")},
    },
    {
        "nl": "Jongeren groeien gezond en kansrijk op",
        "en": "Young people grow up healthy and with chances",
        "why": "Minder zware hulp begint bij een plek waar je gezien wordt.",
        "nodes": {"P3": ("N8", "N10")},
    },
    {
        "nl": "Ouderen wonen langer prettig thuis",
        "en": "Older people live at home well for longer",
        "why": "Thuis wonen lukt als er contact, beweging en steun voor de mantelzorger is.",
        "nodes": {"P4": ("N9",)},
    },
)
GOAL_KEPT_INSIDE = GOALS[-1]["nl"]  # only the municipality and its partners read this one
KINDS = {
    "sociaal_werk": "social_work",
    "hogeschool": "applied_sciences",
    "universiteit": "university",
    "kennisbureau": "knowledge_centre",
    "adviesbureau": "consultancy",
    "gemeente": "municipality",
    "jeugdzorg": "youth_care",
    "zorgverzekeraar": "health_insurer",
    "brancheorganisatie": "sector_association",
}
LINES = {
    "conceptueel": ("Conceptuele lijn", "Conceptual line"),
    "praktijk": ("Praktijklijn", "Practice line"),
    "politiek_bestuurlijk": ("Politiek-bestuurlijke lijn", "Political and administrative line"),
}
NODE_KINDS = {
    "interventie": "intervention",
    "resultaat": "result",
    "uitkomst": "outcome",
    "impact": "impact",
    "context": "context",
}
STANCES = {
    "steunt": "supports",
    "weerspreekt": "contradicts",
    "nuanceert": "nuances",
    "nieuwe_uitkomst": "missing",
}
METHODS = {
    "member_check": "member_check",
    "interview": "interview",
    "msc": "most_significant_change",
    "kaartsortering": "card_sort",
    "q_sort": "q_sort",
    "outcome_harvesting": "outcome_harvesting",
    "quip": "quip",
    "observatie": "observation",
}
ENGLISH = {
    "P1": "Neighbourhood approach",
    "P2": "Meeting and growing",
    "P3": "Prospects for children and young people",
    "P4": "Healthy and happy in old age",
}
