"""What a registration cannot show: that nobody knew the outcome by then."""

import datetime as dt
from collections.abc import Iterator, Sequence

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.messages import Note, note
from biotoop.engine.recipes.changes import registered_since
from biotoop.engine.recipes.differing import differs
from biotoop.engine.recipes.folder import StudyFolder
from biotoop.engine.recipes.moments import day
from biotoop.engine.recipes.registration import Registration


def not_shown_by(chain: Sequence[Registration], folder: StudyFolder) -> Iterator[Note]:
    """Tell of plans fixed on or after the day of the last measurement, and of plans fixed anew.

    Parameters
    ----------
    chain
        Registrations, oldest first, the one in force included.
    folder
        The study: its plans, and the days on which was measured.
    """
    since: dict[str, Registration] = {}
    again: list[str] = []
    for plan in folder.plans.plans:
        now = to_plain(plan)
        found = registered_since("plans", plan.id, now, chain)
        if found is None:
            continue  # departs from the registration in force: told as a deviation
        since[plan.id] = found
        if any(_other(plan.id, now, each) for each in chain[: chain.index(found)]):
            again.append(plan.id)
    last = _last_measured(folder)
    late = [
        each.registered_at.date() for each in since.values() if each.registered_at.date() >= last
    ]
    if late:
        yield note(
            "recipes.answer.registered_late",
            date=day(min(late)),
            measured=day(last),
            count=len(late),
            total=len(folder.plans.plans),
        )
    if again:
        latest = max(since[name].registered_at.date() for name in again)
        yield note(
            "recipes.answer.registered_again",
            date=day(latest),
            count=len(again),
            total=len(folder.plans.plans),
        )


def _other(name: str, now: object, registration: Registration) -> bool:
    """Tell whether a registration fixed the same plan in another form."""
    plans: object = registration.fixed.get("plans", {})
    return isinstance(plans, dict) and name in plans and differs(plans[name], now)


def _last_measured(folder: StudyFolder) -> dt.date:
    """Give the day of the last dated moment of measuring; without any, the end of the period."""
    datasets = () if folder.codebook is None else folder.codebook.datasets
    used = {plan.dataset for plan in folder.plans.plans}
    days = [
        wave.date
        for dataset in datasets
        if dataset.id in used
        for wave in dataset.waves
        if wave.date is not None
    ]
    return max(days, default=folder.study.period.end)
