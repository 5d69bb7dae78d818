"""The catalogue of instruments: the files shipped with the engine, and those of a study."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

import attrs

from biotoop.engine.core.documents import Document, parse_document, read_document
from biotoop.engine.core.problems import Problem, errors_in, problem, warning
from biotoop.engine.instruments.checks import check_instrument
from biotoop.engine.instruments.conversion import Conversion
from biotoop.engine.instruments.faults import UnknownInstrument
from biotoop.engine.instruments.model import Instrument

T = TypeVar("T")
FOLDER = "instruments"
_CONVERSION = ".conversion.yaml"


@attrs.frozen(kw_only=True)
class Catalogue:
    """Instruments by code, and what is wrong with the files of the study.

    Attributes
    ----------
    instruments
        Instruments by code, in alphabetical order.
    conversions
        Conversion tables of the study.
    problems
        Faults in the study's own files, with file and line; a file with an error is left out.
    own
        Codes that come from the study's own files.
    """

    instruments: Mapping[str, Instrument]
    conversions: tuple[Conversion, ...] = ()
    problems: tuple[Problem, ...] = ()
    own: tuple[str, ...] = ()

    def conversion(self, instrument: str, scale: str) -> Conversion | None:
        """Give the study's conversion table for a scale, or None."""
        for table in self.conversions:
            if (table.instrument, table.scale) == (instrument, scale):
                return table
        return None

    def instrument(self, code: str) -> Instrument:
        """Give an instrument by its code.

        Raises
        ------
        UnknownInstrument
            Neither the engine nor the study has it.
        """
        found = self.instruments.get(code)
        if found is None:
            raise UnknownInstrument(given=code, allowed=tuple(sorted(self.instruments)))
        return found


@cache
def shipped() -> Mapping[str, Instrument]:
    """Give the instruments that come with the engine, by code."""
    found: dict[str, Instrument] = {}
    folder = resources.files("biotoop.engine.instruments") / "catalogue"
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".yaml"):
            document = parse_document(entry.read_text("utf-8"), Instrument, file=entry.name)
            if document.value is None:
                faults = "; ".join(fault.text("en") for fault in document.problems)
                message = f"the shipped instrument {entry.name} is broken: {faults}"
                raise RuntimeError(message)
            found[document.value.code] = document.value
    return found


def load_catalogue(study: Path | None = None) -> Catalogue:
    """Load the shipped instruments and, on top of them, those of a study.

    A file in ``<study>/instruments/`` with the code of a shipped instrument takes its place, and
    a warning says so. Files named ``*.conversion.yaml`` there hold conversion tables.

    Parameters
    ----------
    study
        The study folder; None for the shipped instruments only.
    """
    folder = None if study is None else study / FOLDER
    if folder is None or not folder.is_dir():
        return Catalogue(instruments=dict(shipped()))
    paths = sorted(folder.glob("*.yaml"))
    tables = [path for path in paths if path.name.endswith(_CONVERSION)]
    own, problems = _own_instruments([path for path in paths if path not in tables])
    known = {**shipped(), **own}
    conversions = [_read(path, Conversion) for path in tables]
    found = Catalogue(
        instruments={code: known[code] for code in sorted(known)},
        conversions=tuple(entry.value for entry in conversions if entry.value is not None),
        own=tuple(own),
    )
    for document in conversions:
        problems.extend((*document.problems, *_conversion_faults(document, found)))
    return attrs.evolve(found, problems=tuple(problems))


def _read(path: Path, cls: type[T]) -> Document[T]:
    return read_document(path, cls, file=f"{FOLDER}/{path.name}")


def _own_instruments(paths: list[Path]) -> tuple[dict[str, Instrument], list[Problem]]:
    problems: list[Problem] = []
    own: dict[str, Instrument] = {}
    for path in paths:
        document = _read(path, Instrument)
        faults = (*document.problems, *_later_faults(document, own))
        problems.extend(faults)
        if document.value is not None and not errors_in(faults):
            own[document.value.code] = document.value
    return own, problems


def _later_faults(
    document: Document[Instrument], own: Mapping[str, Instrument]
) -> tuple[Problem, ...]:
    if document.value is None:
        return ()
    found = list(check_instrument(document.value))
    code = document.value.code
    if code in own:
        found.append(problem("instruments.given_twice", "code", instrument=code))
    elif code in shipped():
        found.append(warning("instruments.takes_place", "code", instrument=code))
    return document.placed(tuple(found))


def _conversion_faults(document: Document[Conversion], catalogue: Catalogue) -> tuple[Problem, ...]:
    """Find a table for an instrument, scale or item that does not exist."""
    if document.value is None:
        return ()
    table = document.value
    target = catalogue.instruments.get(table.instrument)
    if target is None:
        fault = problem(
            "instruments.unknown_instrument", "instrument",
            given=table.instrument, allowed=tuple(catalogue.instruments),
        )  # fmt: skip
        return document.placed((fault,))
    scales = {scale.id: scale for scale in target.scales}
    if table.scale not in scales:
        fault = problem(
            "instruments.unknown_scale", "scale", given=table.scale, allowed=tuple(scales)
        )
        return document.placed((fault,))
    items = scales[table.scale].items
    faults = tuple(
        problem("instruments.unknown_item", "values", number,
                item=row.item, scale=table.scale, allowed=items)
        for number, row in enumerate(table.values)
        if row.item not in items
    )  # fmt: skip
    return document.placed(faults)


def instrument(code: str) -> Instrument:
    """Give a shipped instrument by its code.

    Raises
    ------
    UnknownInstrument
        The engine ships no such instrument.
    """
    return Catalogue(instruments=shipped()).instrument(code)
