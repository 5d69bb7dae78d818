"""Sentences of the engine with names in place of codes: plans, measures, moments, amounts."""

from collections.abc import Callable, Iterable, Mapping

import attrs

from biotoop.engine.core.messages import Note, Param
from biotoop.engine.core.texts import Text
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.inline import Prose
from biotoop.engine.reports.pen import plain_text

Namer = Callable[[Account, str, str], str]


def told(account: Account, said: Note, dataset: str = "") -> Prose:
    """Write a sentence with everything in it called by its name.

    Parameters
    ----------
    account
        Knows the names.
    said
        The sentence, with codes as they stand in the study.
    dataset
        Which dataset its columns and moments are of; "" when it names none.
    """
    return account.pen.note(in_full(account, said, dataset))


def in_full(account: Account, said: Note, dataset: str = "") -> Note:
    """Put names in place of the codes in a sentence and in the sentences inside it."""
    own = account.in_words(dataset, said) if dataset else said
    dataset = _dataset_of(account, own) or dataset
    namers = _namers(said.code)
    params = {
        key: _named(account, value, namers.get(key), dataset) for key, value in own.params.items()
    }
    if said.code == "recipes.way":
        plan, way = str(said.params.get("plan")), str(said.params.get("way"))
        params["way"] = _way_of(account, plan, way)
    return attrs.evolve(own, params=params)


def all_in_full(account: Account, notes: Iterable[Note], dataset: str = "") -> tuple[Note, ...]:
    """Put names in place of the codes in every sentence of a row."""
    return tuple(in_full(account, said, dataset) for said in notes)


def _named(account: Account, value: Param, namer: Namer | None, dataset: str) -> Param:
    if isinstance(value, Note):
        return in_full(account, value, dataset)
    if isinstance(value, tuple):
        parts = (_named(account, part, namer, dataset) for part in value)
        return tuple(part for part in parts if isinstance(part, str | Note))
    if namer is None or not isinstance(value, str):
        return value
    return namer(account, value, dataset)


def _dataset_of(account: Account, said: Note) -> str:
    """Give the dataset of the plan or measure that a sentence, or one inside it, speaks of."""
    plan = said.params.get("plan") if said.code == "recipes.way" else None
    if isinstance(plan, str):
        effect = account.effect(plan)
        return "" if effect is None else effect.primary.dataset
    if said.code == "recipes.about_moment":
        measure = account.measure(str(said.params.get("measure")))
        return "" if measure is None else measure.dataset
    inner = (value for value in said.params.values() if isinstance(value, Note))
    return next(filter(None, (_dataset_of(account, each) for each in inner)), "")


def _plan(account: Account, code: str, _: str) -> str:
    return plain_text(account.effect_title(code))


def _quoted_plan(account: Account, code: str, _: str) -> str:
    return code if account.effect(code) is None else f'"{_plan(account, code, "")}"'


def _measure(account: Account, code: str, _: str) -> str:
    return plain_text(account.measure_name(code))


def _dataset(account: Account, code: str, _: str) -> str:
    return plain_text(account.dataset(code))


def _post(account: Account, code: str, _: str) -> str:
    return plain_text(account.post(code))


def _term(account: Account, code: str, dataset: str) -> str:
    if account.measure(code) is not None:
        return _measure(account, code, dataset)
    return account.term(dataset, code)


def _group(account: Account, said: str, dataset: str) -> str:
    column, _, value = said.partition(" = ")
    return account.term(dataset, f"{column}={value}")


def _moment(account: Account, code: str, dataset: str) -> str:
    return account.moment(dataset, code)


def _target(account: Account, code: str, _: str) -> str:
    return account.target(code)


def _source(account: Account, code: str, _: str) -> str:
    found = account.findings.plausibility
    known: dict[str, Text] = {
        item.id: item.source
        for link in (*found.links, *found.routes_as_whole)
        for item in link.literature
    }
    return account.pen.read(known[code]) or code if code in known else code


def _way_of(account: Account, plan: str, code: str) -> str:
    """Name a way of computing by its label in the curve of its plan."""
    effect = account.effect(plan)
    points = () if effect is None else effect.curve.points
    found = next((point.label for point in points if point.specification == code), None)
    return account.pen.read(found) or code


_BY_CODE: Mapping[str, Mapping[str, Namer]] = {
    "plausibility.hint.distant_setting": {"ids": _source},
    "plausibility.hint.weak_design": {"ids": _quoted_plan},
    "recipes.way": {"plan": _plan},
    "recipes.way_of_group": {"group": _group},
    "recipes.about_characteristic": {"name": _term},
    "recipes.about_placebo": {"name": _term},
    "recipes.about_moment": {"measure": _measure, "wave": _moment},
    "recipes.about_voices": {"target": _target},
    "recipes.fixed.plans": {"id": _quoted_plan},
    "recipes.fixed.measures": {"id": _measure},
    "recipes.fixed.data": {"id": _dataset},
    "recipes.fixed.valuation": {"id": _post},
    "recipes.not_standardised": {"plan": _quoted_plan, "measure": _measure},
    "recipes.plan_without_number": {"plan": _quoted_plan},
}
_BY_ROOM: Mapping[str, Mapping[str, Namer]] = {
    "plausibility.estimate.": {"id": _quoted_plan},
    "effects.check.": {"name": _moment},
}


def _namers(code: str) -> Mapping[str, Namer]:
    """Tell how each code in a sentence is named."""
    if code in _BY_CODE:
        return _BY_CODE[code]
    return next((namers for room, namers in _BY_ROOM.items() if code.startswith(room)), {})
