"""Write the data files of examples/nsw from the public data in the package causaldata.

Run in the test environment: ``python scripts/nsw_data.py``. The files are committed, so that the
example runs without the package and without a network.
"""

from pathlib import Path

from causaldata import cps_mixtape, nsw_mixtape

FOLDER = Path(__file__).parents[1] / "examples" / "nsw" / "data"
COLUMNS = ["treat", "age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75", "re78"]


def main() -> None:
    trial = nsw_mixtape.load_pandas().data[COLUMNS].copy()
    outside = cps_mixtape.load_pandas().data[COLUMNS].copy()
    trial["sample"] = "nsw"
    outside["sample"] = "cps"
    _write(trial, "nsw.csv", "n")
    reached = trial[trial["treat"] == 1]
    _write(type(trial)(_stack(reached, outside)), "nsw_cps.csv", "c")


def _stack(first, second):  # noqa: ANN001, ANN202 - two frames of the same columns
    return {name: [*first[name], *second[name]] for name in first.columns}


def _write(frame, name: str, letter: str) -> None:  # noqa: ANN001
    whole = ["treat", "age", "educ", "black", "hisp", "marr", "nodegree"]
    frame = frame.astype(dict.fromkeys(whole, int))
    frame.insert(0, "id", [f"{letter}{number:05d}" for number in range(1, len(frame) + 1)])
    frame["age2"] = frame["age"] ** 2
    frame["employed78"] = 100 * (frame["re78"] > 0).astype(int)  # in percentage points
    frame.to_csv(FOLDER / name, index=False, float_format="%.4f", lineterminator="\n")


if __name__ == "__main__":
    main()
