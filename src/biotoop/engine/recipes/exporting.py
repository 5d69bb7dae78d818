"""The data of a study, with their scores, in the files that other programs read."""

from collections.abc import Sequence
from pathlib import Path

from biotoop.engine.core.errors import InvalidStudy
from biotoop.engine.core.messages import Language
from biotoop.engine.datasets.export_shapes import Shape
from biotoop.engine.datasets.exporting import Export, TableFormat, export_table
from biotoop.engine.recipes.checking import Checked
from biotoop.engine.recipes.scoring import Scored, score_all


def export_data(
    checked: Checked,
    folder: Path,
    *,
    formats: Sequence[str],
    shapes: Sequence[str],
    language: Language,
) -> Export:
    """Write every dataset with its scores, labels, missing codes and codebook.

    The tables hold data of persons; they are for the team and not for readers.

    Parameters
    ----------
    checked
        A study that was looked through without errors, with its data read.
    folder
        Where the files go.
    formats
        Any of "csv", "parquet", "sav" and "dta".
    shapes
        "long" (a row for each moment) or "wide" (a row for each person), or both. A dataset
        without waves is the same in both and is written once.
    language
        Language of the labels.

    Raises
    ------
    InvalidStudy
        There are errors.
    """
    if checked.folder is None or not checked.sound:
        raise InvalidStudy(folder=str(folder), count=len(checked.problems))
    study = checked.folder
    scored = score_all(
        study.measures.measures, checked.snapshots, checked.catalogue, seed=study.study.seed
    )
    made = [
        export_table(
            item.snapshot,
            folder,
            name=f"{name}-{shape.value}",
            shape=shape,
            formats=[TableFormat(kind) for kind in formats],
            language=language,
        )
        for name, item in scored.items()
        for shape in _shapes(item, shapes)
    ]
    return Export(
        files=tuple(path for item in made for path in item.files),
        remarks=tuple(dict.fromkeys(remark for item in made for remark in item.remarks)),
    )


def _shapes(item: Scored, asked: Sequence[str]) -> tuple[Shape, ...]:
    dataset = item.snapshot.dataset
    if dataset is None or not dataset.waves:
        return (Shape.LONG,)
    return tuple(Shape(shape) for shape in asked)
