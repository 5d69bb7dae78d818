"""Questions from practice in the invented world, with gatherings and places to do research."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any
from uuid import uuid4

import yaml
from django.utils.timezone import get_current_timezone

from biotoop.web.config.demo.people import PLACE, World
from biotoop.web.questions.actions import asking, gathering, placing, stepping
from biotoop.web.questions.actions.matching import fits
from biotoop.web.questions.enums import OpeningState
from biotoop.web.questions.models import (
    Desk,
    Expertise,
    Gathering,
    Opening,
    Question,
    Translation,
)
from biotoop.web.questions.models.listed import listed
from biotoop.web.shared.actions.records import keep
from biotoop.web.shared.enums import Role
from biotoop.web.shared.models.days import site_day
from biotoop.web.theories.models import Theory

HOST = "SKB"
WAY = ("take", "ask", "refuse", "accept", "match", "reflect", "begin", "deliver", "report")
SIDE = ("ask", "refuse")
Plain = Mapping[str, Any]


@cache
def plan() -> Plain:
    """Read what there is."""
    text = resources.files(__package__).joinpath("questions.yaml").read_text("utf-8")
    found: Plain = yaml.safe_load(text)
    return found


def make_questions(world: World, theory: Theory) -> None:
    """Make a desk, questions in every stage, gatherings and places to do research."""
    home = world.organisations[HOST]
    desk = Desk(
        organisation=home, name_nl="Vraagloket Beekwaarde", name_en="Question desk Beekwaarde",
        slug="beekwaarde", region=PLACE,
    )  # fmt: skip
    keep(desk, by=None)
    for plain in plan()["expertise"]:
        offer_expertise(world, plain)
    for number, plain in enumerate(plan()["questions"]):
        bring(world, desk, plain, origin=f"demo {number}")
    for plain in plan()["gatherings"]:
        hold(world, plain)
    for number, plain in enumerate(plan()["openings"]):
        offer(world, plain, theory, number)


def offer_expertise(world: World, plain: Plain) -> None:
    """Write down what somebody can and has time for."""
    role = Role(plain["role"])
    user, belongs = world.people[role], world.memberships[role]
    row = Expertise(
        user=user, organisation=belongs.organisation, themes=listed(plain["themes"]),
        methods=listed(plain["methods"]), region=plain["region"], hours=plain["hours"],
        about=plain["about"],
    )  # fmt: skip
    keep(row, by=user.pk)


def bring(world: World, desk: Desk, plain: Plain, *, origin: str) -> None:
    """Bring a question, and take it as far as it is."""
    values = {"text": plain["text"], "asker_kind": plain["who"], "place": plain["place"]}
    row = asking.hand_in(desk, values, number=uuid4(), origin=origin)
    last = plain.get("upto")
    if last is None:
        return
    by = world.people[Role.LAB_RESEARCHER].pk
    acts = [act for act in WAY[: WAY.index(last) + 1] if act not in SIDE or act == last]
    for act in acts:
        if act == "report":
            worker = world.people[Role.PROFESSIONAL]
            text = {"text": plain["practice"], "because": plain["because"]}
            keep(Translation(question=row, by=worker, **text), by=worker.pk)
        row = stepping.take_step(row, act, words_for(act, row, plain), by=by, seen=row.edition)


def words_for(act: str, row: Question, plain: Plain) -> dict[str, Any]:
    """Give what a step asks."""
    if act == "match":
        best = fits(row, Expertise.objects.all())[0]
        return {"expertise": best.expertise, "hours": 4, "reasons": best.as_plain(),
                "why": "Kent de wijk en het thema."}  # fmt: skip
    asked = {
        "accept": {
            "title": plain.get("title", ""), "themes": listed(plain.get("themes", ())),
            "methods": listed(plain.get("methods", ())),
        },
        "ask": {"text": plain.get("ask", "")},
        "refuse": {"text": plain.get("why", ""), "alternative": plain.get("instead", "")},
        "reflect": {"reflection": plain.get("reflection", "")},
        "begin": {"approach": plain.get("approach", "")},
        "deliver": {"product": plain.get("product", "")},
        "report": {"answer": plain.get("answer", "")},
    }  # fmt: skip
    return asked.get(act, {})


def hold(world: World, plain: Plain) -> None:
    """Open a gathering, and let people come."""
    at = datetime.combine(
        site_day() + timedelta(days=plain["days"]), time(plain["hour"]), get_current_timezone()
    )
    fields = {name: plain[name] for name in ("kind", "title", "about", "place", "seats")}
    row = Gathering(
        organisation=world.organisations[HOST], starts_at=at,
        ends_at=at + timedelta(hours=plain["hours"]), **fields,
    )  # fmt: skip
    by = world.people[Role.LAB_RESEARCHER].pk
    gathering.open_up(keep(row, by=by), by=by)
    for name in plain["come"]:
        values: dict[str, str] = {"name": name, "email": ""}
        gathering.register(row, values, number=uuid4(), origin=f"demo {name}", user=None)


def offer(world: World, plain: Plain, theory: Theory, number: int) -> None:
    """Offer a place to do research, about a step of the theory; one student applies."""
    by = world.people[Role.LAB_RESEARCHER].pk
    names = ("kind", "title", "about", "seats", "mentor", "supervision")
    step = theory.links.order_by("code")[number : number + 1].first()
    row = Opening(
        organisation=world.organisations[HOST], angles="\n".join(plain["angles"]), step=step,
        **{name: plain[name] for name in names},
    )  # fmt: skip
    placing.turn(keep(row, by=by), OpeningState.OPEN, by=by)
    if number == 0:
        values = {"angle": plain["angles"][1], "motivation": "Ik wil weten wat bewoners er zelf "
                  "van vinden, en ik ken de wijk.", "fellows": ""}  # fmt: skip
        placing.ask_for(row, values, student=world.people[Role.STUDENT])
