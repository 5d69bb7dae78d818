"""The programmes of the invented world, with their theories as they were published."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from biotoop.web.accounts.models import User
from biotoop.web.config.demo.content import (
    ENGLISH,
    GOALS,
    NODE_KINDS,
    Plain,
    content,
    identity,
)
from biotoop.web.config.demo.people import PLACE, World
from biotoop.web.programmes.actions.programmes import make_programme
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.enums import Role
from biotoop.web.theories.actions import drafting, publishing, talking
from biotoop.web.theories.actions import theories as acts
from biotoop.web.theories.actions.importing import as_new
from biotoop.web.theories.bridge.files import read_file
from biotoop.web.theories.enums import ReviewState, Visibility
from biotoop.web.theories.models import Theory

IMPORTED = "P2"  # the programme whose theory comes with the example study
VISIBLE = {
    "P1": Visibility.PUBLIC,
    "P2": Visibility.PUBLIC,
    "P3": Visibility.PARTNERS,
    "P4": Visibility.PUBLIC,
}


def make_theories(world: World, example: Path) -> dict[str, Theory]:
    """Make each programme, and publish its theory after somebody else has read it."""
    owner, reader = world.people[Role.PROGRAMME_OWNER], world.people[Role.SUPERVISOR]
    made = {}
    for plain in content()["programmas"]:
        code = plain["code"]
        programme = programme_of(world, plain, owner)
        theory = theory_of(programme, plain, example, owner)
        made[code] = published(theory, owner, reader)
    serve_goals(world, made, owner)
    leave_work(made, reader)
    return made


def programme_of(world: World, plain: Plain, owner: User) -> Programme:
    """Make a programme."""
    values = {
        "organisation": world.organisations["SKB"],
        "name_nl": plain["naam"],
        "name_en": ENGLISH[plain["code"]],
        "place": PLACE,
        "summary": plain["canvas"]["doelgroep"],
    }
    return make_programme(values, by=owner.pk)


def theory_of(programme: Programme, plain: Plain, example: Path, owner: User) -> Theory:
    """Draft the theory: from the content, or from the folder of the example study."""
    particulars = acts.Particulars(
        title=plain["naam"], place=PLACE, visibility=VISIBLE[plain["code"]], invented=True
    )
    if plain["code"] != IMPORTED:
        whole = draft_of(plain)
        key = identity(plain["code"], "theory")
        return acts.make(programme, particulars, by=owner, content=whole, identity=key)
    reading = read_file((example / "theory.yaml").read_bytes(), "nl")
    theory = as_new(programme, reading, by=owner)
    return acts.change(theory, particulars, by=owner, seen=theory.edition)


def draft_of(plain: Plain) -> dict[str, Any]:
    """Write canvas, nodes and steps as a draft keeps them."""
    code = plain["code"]
    canvas = {name: listed(text) for name, text in plain["canvas"].items()}
    canvas["indicatoren"] = "\n".join(map(indicator, plain["indicatoren"]))
    nodes = [
        {
            "id": str(identity(code, node["id"])),
            "code": node["id"],
            "kind": NODE_KINDS[node["type"]],
            "label": node["label"],
        }
        for node in plain["knopen"]
    ]
    return {
        "canvas": canvas,
        "nodes": nodes,
        "links": [step_of(code, link) for link in plain["schakels"]],
    }


def step_of(code: str, link: Plain) -> dict[str, Any]:
    """Write one step: if, then, because, what it takes for granted, and the other explanation."""
    taken = [{"code": f"A{n}", "text": text} for n, text in enumerate(link["aannames"], start=1)]
    return {
        "id": str(identity(code, link["id"])),
        "code": link["id"],
        "from": link["van"],
        "to": link["naar"],
        "kind": "condition" if link.get("soort") == "voorwaarde" else "cause",
        "if": link["als"],
        "then": link["dan"],
        "because": link["omdat"],
        "assumptions": taken,
        "rivals": [{"code": "R1", "text": link["rivaal"]}],
    }


def listed(text: str | Iterable[str]) -> str:
    """Write a text, or a list of words, as one text."""
    return text if isinstance(text, str) else ", ".join(text)


def indicator(plain: Plain) -> str:
    """Write one indicator: of which node, what, and what is aimed at."""
    return f"{plain['knoop']}: {plain['naam']} (streefwaarde {plain['streef']} {plain['eenheid']})"


def published(theory: Theory, owner: User, reader: User) -> Theory:
    """Publish the draft; somebody else read it first."""
    review = publishing.ask_review(theory, "Klopt de redenering, en wie mist er?", by=owner)
    publishing.decide(review, ReviewState.APPROVED, "Helder geschreven.", by=reader)
    theory.refresh_from_db()
    note = publishing.Publication(note="Eerste versie, met het team besproken.")
    edition = theory.draft.edition
    publishing.publish(theory, note, by=owner, seen=edition, language="nl")
    return Theory.objects.select_related("programme", "latest", "draft").get(pk=theory.pk)


def serve_goals(world: World, theories: dict[str, Theory], owner: User) -> None:
    """Say which nodes serve which goals of the municipality."""
    for plain in GOALS:
        for code, nodes in plain["nodes"].items():
            theory = theories[code]
            for node in theory.nodes.filter(code__in=nodes):
                talking.serve_goal(theory, node, world.goals[plain["nl"]], "", by=owner)


def leave_work(theories: dict[str, Theory], reader: User) -> None:
    """Leave something to do: a changed draft that waits for a reader, and open remarks."""
    theory = theories["P3"]
    edit = drafting.writing_canvas({"leeragenda": "Werkt het ook voor meisjes?"})
    drafting.save(theory, edit, by=reader, seen=theory.draft.edition)
    publishing.ask_review(theory, "Is de leeragenda zo duidelijk?", by=reader)
    for code, part, text in (
        ("P1", "S2", "Terugkoppeling binnen twee weken lukt nu niet. Wat betekent dat hier?"),
        ("P2", "S10", "Wie voelt zich niet welkom? Dat staat er nog niet."),
        ("P4", "S6", "Geldt dit ook voor mantelzorgers met een baan?"),
    ):
        step = theories[code].links.get(code=part)
        talking.comment(theories[code], text, by=reader, target=step.pk)
