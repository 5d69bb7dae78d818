"""Codebooks for the tests of this room, short to write."""

from biotoop.engine.core.convert import from_plain
from biotoop.engine.datasets.codebook import Dataset


def codebook(*columns, key=("person",), waves=(), **more):
    """Make a codebook; the first column is the key unless told otherwise."""
    plain = {
        "id": "survey",
        "file": "survey.csv",
        "label": "Survey",
        "kind": "survey",
        "controller": "Welfare organisation",
        "key": list(key),
        "waves": list(waves),
        "columns": [{"label": column["name"], **column} for column in columns],
        **more,
    }
    return from_plain(plain, Dataset)


PERSON = {"name": "person", "type": "text"}
HOURS = {
    "name": "hours",
    "type": "number",
    "minimum": 0,
    "maximum": 80,
    "missing": {"-9": {"nl": "geweigerd", "en": "refused"}, "-8": "not applicable"},
}
LONELY = {"name": "lonely", "type": "integer", "minimum": 0, "maximum": 11}
HELP = {
    "name": "help",
    "type": "category",
    "values": {"none": "No help", "some": "Some help"},
    "missing": {"dk": "does not know"},
}
WORK = {"name": "work", "type": "boolean"}
BORN = {"name": "born", "type": "date"}
