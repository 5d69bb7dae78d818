"""The voices of examples/ontmoeten: who said what of which step. All invented.

Each talk is (step, method, round, organisation, interviewers, asked, asked by, explicit,
for, against, nuance, place), and every person in it says one thing.
"""

from collections.abc import Iterator
from itertools import count

OWN, HBO = "Samenkracht Beekwaarde", "Hogeschool Meerdal"
ROLES = ("bezoeker", "vrijwilliger", "buurtbewoner")
AGES = ("18-39", "40-64", "65+")
QUOTES = {
    ("S1", "+"): "Ze wist de tweede keer mijn naam al. Toen dacht ik: hier kom ik terug.",
    ("S1", "-"): "Ik kom alleen als er bingo is. Die open deur zegt me niks.",
    ("S2", "+"): (
        "Je ziet elke week dezelfde mensen. Na een tijd vraag je hoe het met de kleinkinderen is."
    ),
    ("S2", "-"): "Gezellig wel, maar het blijft koffie. Niemand komt bij mij thuis.",
    ("S3", "+"): "De zondagen waren het ergst. Nu belt Joke altijd op zondag.",
    ("S3", "-"): "Ik heb genoeg mensen om me heen. Ik mis mijn man. Dat lost geen centrum op.",
    ("S4", "+"): "Ze zeiden: zonder jou gaat de keuken niet open. Dan kom je wel je bed uit.",
    ("S4", "-"): "Eerlijk? Het moest van de gemeente.",
    ("S5", "+"): "Ik doe nu de kassa. Een jaar geleden durfde ik de telefoon niet op te nemen.",
    ("S5", "~"): "Het werd op een gegeven moment te veel. Ik kan slecht nee zeggen.",
    ("S6", "+"): (
        "Door de keuken ben ik de horecacursus gaan doen. Zonder dat had ik dat nooit gedaan."
    ),
    ("S6", "-"): "Ik heb hier veel geleerd, maar niemand neemt iemand van 59 aan.",
    ("S7", "+"): "Ik slaap beter sinds ik weer onder de mensen ben.",
    ("S7", "~"): "Ik ben minder alleen, maar mijn knie doet nog net zo zeer.",
    ("S8", "+"): "Ik beslis weer over mijn eigen dag.",
    ("S8", "-"): "Zolang de deurwaarder belt heb ik nergens grip op.",
    ("S9", "+"): "Ik werk nu zestien uur. De uitkering is bijna weg.",
    ("S9", "~"): "Ik ga er in geld niks op vooruit. Wel in gevoel.",
    ("S10", "-"): "Er zit een vaste tafel. Daar mag je niet zomaar bij.",
    ("S10", "+"): "Op de eetdag zitten er zes talen aan tafel en iedereen schuift door.",
}
CONDITIONS = {
    "S4": "het is vrijwillig",
    "S9": "er zijn geen schulden",
    "S6": "er is een werkgever die het aandurft",
}
TALKS = (
    ("S1", "interview", "1", HBO, 3, "asked", "independent", False, 12, 3, 0),
    ("S1", "observation", "1", HBO, 2, "unprompted", "independent", False, 7, 0, 0),
    ("S2", "interview", "1", HBO, 3, "asked", "independent", False, 12, 3, 3),
    ("S2", "observation", "2", HBO, 2, "unprompted", "independent", False, 8, 0, 0),
    ("S3", "interview", "1", OWN, 2, "asked", "own_organisation", False, 6, 3, 3),
    ("S3", "group_talk", "2", OWN, 1, "asked", "own_organisation", False, 5, 2, 0),
    ("S4", "interview", "1", HBO, 3, "asked", "independent", False, 3, 4, 0),
    ("S5", "interview", "1", OWN, 2, "asked", "own_organisation", False, 6, 0, 3),
    ("S5", "most_significant_change", "2", HBO, 2, "unprompted", "independent", True, 4, 0, 0),
    ("S6", "interview", "1", HBO, 3, "asked", "independent", False, 2, 8, 0),
    ("S6", "quip", "2", HBO, 2, "unprompted", "independent", False, 1, 5, 0),
    ("S7", "interview", "1", HBO, 2, "asked", "independent", False, 7, 0, 3),
    ("S8", "interview", "1", OWN, 1, "asked", "own_organisation", False, 1, 1, 0),
    ("S9", "interview", "1", HBO, 3, "asked", "independent", False, 0, 8, 0),
    ("S9", "group_talk", "2", HBO, 2, "asked", "independent", False, 0, 6, 0),
    ("S10", "interview", "1", HBO, 3, "asked", "independent", False, 5, 3, 0),
)
RECOGNISED = (
    ("N3", 16, 0),
    ("N5", 14, 3),
    ("N7", 12, 5),
    ("N6", 13, 3),
    ("N8", 7, 6),
    ("N9", 15, 3),
)
NEW = (
    (
        "Beter Nederlands door samen koken",
        4,
        "Mijn Nederlands is hier beter geworden dan op de cursus.",
    ),
    ("Thuis meer rust", 2, "Mijn man zegt: sinds je daar komt is het thuis ook rustiger."),
)
FIRST = "1"
STANCES = {"+": "supports", "-": "contradicts", "~": "nuances"}


def claim_rows() -> list[dict[str, object]]:
    """Write out every talk, every sorted card and every proposal, one row a claim."""
    number, person = count(1), count(1)
    said = [*_steps(person), *_cards(), *_proposals()]
    first = ("target", "stance")
    return [
        {"id": f"c{next(number):03d}", **{key: row[key] for key in first}, **row} for row in said
    ]


def _steps(person: Iterator[int]) -> Iterator[dict[str, object]]:
    quotes = dict(QUOTES)
    for step, method, turn, who, askers, asked, by, explicit, plus, minus, so_so in TALKS:
        signs = "+" * plus + "-" * minus + "~" * so_so
        for place, sign in enumerate(signs):
            quote = quotes.pop((step, sign), "") if turn == FIRST else ""
            condition = CONDITIONS.get(step, "") if sign == "-" and place % 2 else ""
            yield {
                **_person(next(person), step),
                **_talk(method, turn, who, f"{turn}i{place % askers + 1}"),
                "target": step,
                "stance": STANCES[sign],
                "asked": asked,
                "asked_by": by,
                "explicit": "ja" if explicit and sign == "+" else "nee",
                "quote": quote,
                "quote_consent": "ja" if quote else "nee",
                "quote_approved_by": "k2" if quote else "",
                "condition": condition,
            }


def _cards() -> Iterator[dict[str, object]]:
    for node, yes, no in RECOGNISED:
        for place in range(yes + no):
            yield {
                **_person(place + 300, node),
                **_talk("card_sort", "3", HBO, "3i1"),
                "target": node,
                "stance": "recognised" if place < yes else "not_recognised",
                "importance": 1 + place % 3,
            }


def _proposals() -> Iterator[dict[str, object]]:
    for proposal, people, quote in NEW:
        for place in range(people):
            yield {
                **_person(400 + place, "N9"),
                **_talk("outcome_harvesting", f"{1 + place % 2}", HBO, "1i1"),
                "target": "N9",
                "stance": "missing",
                "asked": "unprompted",
                "quote": "" if place else quote,
                "quote_consent": "nee" if place else "ja",
                "quote_approved_by": "" if place else "k2",
                "proposes": proposal,
            }


def _person(number: int, target: str) -> dict[str, object]:
    helps = target in ("S4", "S5", "S6")
    return {
        "respondent": f"R{number:03d}",
        "life_age": AGES[number % 3],
        "life_place": "Lindehof" if number % 4 else "Havenkwartier-Zuid",
        "life_role": ROLES[number % 2 if helps else number // 2 % 3],
    }


def _talk(method: str, turn: str, who: str, asker: str) -> dict[str, object]:
    return {
        "method": method,
        "round": turn,
        "organisation": who,
        "interviewer": asker,
        "asked": "asked",
        "asked_by": "independent",
        "explicit": "nee",
        "quote": "",
        "quote_consent": "nee",
        "quote_approved_by": "",
        "condition": "",
        "importance": "",
        "proposes": "",
        "coder": "k1",
        "coder_relation": "independent",
    }
