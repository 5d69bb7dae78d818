"""A round of talks in a study."""

import pytest

from biotoop.web.interviews.actions.rounds import hold
from biotoop.web.interviews.models import Round
from web.studies.conftest import (  # noqa: F401 - fixtures of the floor below
    beekwaarde,
    elsewhere,
    owner,
    partnership,
    programme,
    reader,
    researcher,
    stranger,
    study,
    theory,
    version,
    words,
)


@pytest.fixture
def held(study, researcher) -> Round:  # noqa: F811 - pytest's way
    fields = {"method": "interview", "organisation": "Hogeschool", "asked_by": "independent"}
    return hold(Round(study=study, code="r1", **fields), by=researcher)


@pytest.fixture
def second(study, researcher) -> Round:  # noqa: F811 - as above
    fields = {"method": "group_talk", "organisation": "Buurtteam"}
    return hold(Round(study=study, code="r2", **fields), by=researcher)
