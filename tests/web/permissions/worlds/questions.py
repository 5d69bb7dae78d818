"""Desks with questions, gatherings and research openings: here, at a partner and elsewhere."""

from datetime import timedelta

from django.utils.timezone import now

from biotoop.web.questions.enums import QuestionState
from biotoop.web.questions.models import (
    Application,
    Contributor,
    Desk,
    Expertise,
    Gathering,
    Match,
    Opening,
    Question,
    Registration,
    Translation,
)
from biotoop.web.shared.enums import Kind


def fill(world) -> None:
    for name, place in world.organisations.items():
        for number, is_open in enumerate((True, False)):
            desk = Desk.objects.create(
                organisation=place, name_nl="Loket", slug=f"{name}-{number}", is_open=is_open
            )
            world.add(desk, **around(world, name), public=is_open)
        for state in (QuestionState.TRIAGE, QuestionState.REFLECTION):
            fill_question(world, name, desk, state)
        fill_gatherings(world, name, place)
        fill_openings(world, name, place)


def around(world, name: str, *, shared: bool = True) -> dict:
    """Give where a row lies; only what is shared lies with partners."""
    place = world.organisations[name]
    within: dict = {"organisation": place}
    if not shared or name == "former":
        return within
    if name in ("here", "partner"):
        return {**within, "partners": world.together, "partnership": world.places[Kind.PARTNERSHIP]}
    return {**within, "partners": [place]}


def fill_question(world, name: str, desk: Desk, state: str) -> None:
    """Make a question with a row of everything that belongs to it."""
    someone = world.someone
    shared = state == QuestionState.REFLECTION
    lies = around(world, name, shared=shared)
    row = Question.objects.create(desk=desk, text="Wat helpt?", asker_kind="resident", state=state)
    is_worked_on = shared and name == "elsewhere"
    world.add(row, **lies, own=[someone] if is_worked_on else [])
    contributor = Contributor.objects.create(question=row, name="Riet", kind="resident")
    world.add(contributor, **lies)
    world.add(Translation.objects.create(question=row, by=someone, text="Anders."), **lies,
              own=[someone])  # fmt: skip
    if not shared:
        return
    expertise = Expertise.objects.create(user=someone, organisation=desk.organisation)
    world.add(expertise, **around(world, name), own=[someone])
    ended = None if is_worked_on else "2026-01-01"
    match = Match.objects.create(question=row, expertise=expertise, why="past", ended_on=ended)
    world.add(match, **lies, own=[someone] if is_worked_on else [])


def fill_gatherings(world, name: str, place) -> None:
    """Make a gathering that is being prepared, one for anybody and one for partners."""
    begins = now() + timedelta(days=3)
    dates = {"starts_at": begins, "ends_at": begins + timedelta(hours=1)}
    for state, is_public in (("planned", True), ("open", True), ("open", False)):
        row = Gathering.objects.create(
            organisation=place, kind="cafe", title="Kenniscafé", about="x", place="hier",
            state=state, is_public=is_public, **dates,
        )  # fmt: skip
        is_open = state == "open"
        comes = is_open and not is_public
        lies = around(world, name, shared=is_open)
        world.add(row, **without_partnership(lies), own=[world.someone] if comes else [],
                  public=is_open and is_public)  # fmt: skip
        if comes:
            seat = Registration.objects.create(gathering=row, name="Riet", user=world.someone)
            world.add(seat, organisation=place, own=[world.someone])


def without_partnership(lies: dict) -> dict:
    """Leave out a reach that nobody has."""
    return {key: value for key, value in lies.items() if key != "partnership"}


def fill_openings(world, name: str, place) -> None:
    """Make an opening that is being prepared, and an open one for which someone applied."""
    for state in ("draft", "open"):
        row = Opening.objects.create(
            organisation=place, kind="both", title="Wie niet?", about="x", angles="a", mentor="x",
            state=state,
        )  # fmt: skip
        is_asked = state == "draft" and name == "elsewhere"
        world.add(row, organisation=place, own=[world.someone] if is_asked else [],
                  public=state == "open")  # fmt: skip
        if is_asked or state == "open":
            student = world.someone if is_asked else world.stranger
            asked = Application.objects.create(
                opening=row, student=student, angle="a", motivation="x"
            )
            world.add(asked, organisation=place, own=[student])
            if not is_asked:
                world.rows["questions.Opening"][-1].within["own"] = {world.stranger.pk}
