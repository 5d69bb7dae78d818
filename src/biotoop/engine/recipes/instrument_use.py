"""Whether each measure by an instrument names the scale and items that the instrument has."""

from collections.abc import Iterator

from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.datasets.measures import Measure
from biotoop.engine.instruments.loading import Catalogue
from biotoop.engine.instruments.model import Instrument, Scale
from biotoop.engine.recipes.folder import MEASURES, StudyFolder


def check_instruments(folder: StudyFolder, catalogue: Catalogue) -> tuple[Problem, ...]:
    """Give a fault for every instrument, scale or item that is not there."""
    return (*catalogue.problems, *folder.placed(MEASURES, tuple(_used(folder, catalogue))))


def _used(folder: StudyFolder, catalogue: Catalogue) -> Iterator[Problem]:
    for index, measure in enumerate(folder.measures.measures):
        if measure.instrument is None:
            continue
        instrument = catalogue.instruments.get(measure.instrument)
        where = ("measures", index)
        if instrument is None:
            yield problem(
                "recipes.unknown_instrument",
                *where,
                "instrument",
                instrument=measure.instrument,
                allowed=tuple(catalogue.instruments),
            )
        else:
            yield from _fits(measure, instrument, *where)


def _fits(measure: Measure, instrument: Instrument, *where: str | int) -> Iterator[Problem]:
    known = tuple(item.id for item in instrument.items)
    scale = scale_of(measure, instrument)
    if scale is None:
        yield problem(
            "recipes.unknown_scale",
            *where,
            "scale",
            scale=measure.scale,
            instrument=instrument.code,
            allowed=tuple(item.id for item in instrument.scales),
        )
        return
    for item in measure.items:
        if item not in known:
            yield problem(
                "recipes.unknown_item",
                *where,
                "items",
                item,
                item=item,
                instrument=instrument.code,
                allowed=known,
            )
    for item in scale.items:
        if item not in measure.items:
            yield problem(
                "recipes.missing_item", *where, "items", item=item, instrument=instrument.code
            )


def scale_of(measure: Measure, instrument: Instrument) -> Scale | None:
    """Give the scale that a measure uses: the one it names, else the first; None if unknown."""
    if measure.scale is None:
        return instrument.scales[0]
    for scale in instrument.scales:
        if scale.id == measure.scale:
            return scale
    return None
