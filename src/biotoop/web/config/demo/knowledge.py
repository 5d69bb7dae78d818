"""Knowledge products of the invented world: every kind, and every place where one can stand."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from biotoop.web.accounts.models import User
from biotoop.web.config.demo.content import Plain
from biotoop.web.config.demo.people import World
from biotoop.web.knowledge.actions import products as acts
from biotoop.web.knowledge.actions.stepping import take_step
from biotoop.web.knowledge.enums import Act
from biotoop.web.knowledge.models import Author, Product, Source, Touch
from biotoop.web.questions.models import Question
from biotoop.web.shared.enums import Role
from biotoop.web.shared.models.days import site_day
from biotoop.web.studies.models import Study
from biotoop.web.theories.models import Theory

STEPS = {
    "idea": (),
    "draft": (Act.START,),
    "review": (Act.START, Act.OFFER),
    "published": (Act.START, Act.OFFER, Act.PUBLISH),
    "withdrawn": (Act.START, Act.OFFER, Act.PUBLISH, Act.WITHDRAW),
}
TEXTS = {
    "samenvatting": "summary",
    "gewoon": "plain",
    "professionals": "for_professionals",
    "beleid": "for_policy",
    "onderwijs": "for_education",
    "bewoners": "for_residents",
    "vraag": "question_text",
    "thema": "theme",
}


@cache
def shelf() -> list[Plain]:
    """Read what the products are."""
    text = resources.files(__package__).joinpath("knowledge.yaml").read_text("utf-8")
    found: list[Plain] = yaml.safe_load(text)
    return found


def make_products(world: World, theories: Mapping[str, Theory], study: Study) -> None:
    """Make every product, and take it as far as it comes."""
    made: dict[str, Product] = {}
    for plain in shelf():
        maker = world.people[Role(plain.get("wie", Role.PROFESSIONAL))]
        row = acts.make(values_of(world, plain, theories, study), by=maker.pk)
        made[plain["sleutel"]] = row
        add_parts(row, plain, theories, made, maker)
        bring_to(world, row, plain, maker)
        tell_use(world, row, plain)


def values_of(
    world: World, plain: Plain, theories: Mapping[str, Theory], study: Study
) -> dict[str, Any]:
    """Write the fields of a product."""
    values: dict[str, Any] = {
        "organisation": world.organisations[plain.get("organisatie", "SKB")],
        "partnership": world.partnership,
        "kind": plain["soort"],
        "title": plain["titel"],
        "licence": plain.get("licentie", "CC-BY-4.0"),
        "intellectual_property": "Van alle partners, volgens de overeenkomst (verzonnen).",
        "invented": True,
    }
    values |= {field: plain[word] for word, field in TEXTS.items() if word in plain}
    if "praktijkvraag" in plain:
        values["question"] = Question.objects.get(title=plain["praktijkvraag"]).pk
    if "programma" in plain:
        values["programme"] = theories[plain["programma"]].programme
    if "versie" in plain:
        values["version"] = theories[plain["versie"]].latest
    if "studie" in plain:
        values["study"] = study
    return values


def add_parts(
    row: Product,
    plain: Plain,
    theories: Mapping[str, Theory],
    made: Mapping[str, Product],
    maker: User,
) -> None:
    """Name who made it, what it builds on, and which step it changes."""
    given, _space, family = maker.name.partition(" ")
    name = f"{family}, {given}" if family else given
    acts.add(row, Author(name=name, affiliation=row.organisation.name), by=maker.pk)
    for key in plain.get("bouwt_op", ()):
        acts.add(row, Source(source=made[key]), by=maker.pk)
    if "stap" in plain:
        step = plain["stap"]
        theory = theories[step["programma"]]
        link = theory.links.get(code=step["code"])
        touch = Touch(theory=theory, link=link, change=step["doet"], because=step["omdat"])
        acts.add(row, touch, by=maker.pk)


def bring_to(world: World, row: Product, plain: Plain, maker: User) -> None:
    """Take the steps, the makers and who decides each their own."""
    decider = world.people[
        Role.EDUCATION_COORDINATOR if "organisatie" in plain else Role.PROGRAMME_OWNER
    ]
    there = row
    for act in STEPS[plain["staat"]]:
        by = decider if act in (Act.PUBLISH, Act.WITHDRAW) else maker
        note = plain["omdat"] if act == Act.WITHDRAW else ""
        there = take_step(there, act, note, by=by.pk, seen=there.edition)


def tell_use(world: World, row: Product, plain: Plain) -> None:
    """Let somebody tell how they used it, and show that."""
    if "gebruik" not in plain:
        return
    told = plain["gebruik"]
    values = {
        "who": told["wie"],
        "used_for": told["waarvoor"],
        "changed": told["anders"],
        "used_on": site_day(),
    }
    use = acts.tell_use(row, values, by=world.people[Role.POLICY_READER].pk)
    acts.show_use(use, is_shown=True, by=world.people[Role.PROGRAMME_OWNER].pk)
