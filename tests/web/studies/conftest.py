"""A study on a published theory, in a research programme with three lines."""

from datetime import date

import pytest

from biotoop.web.accounts.models import User
from biotoop.web.organisations.queries import reader_of
from biotoop.web.programmes.models import Agreement, Line, LinePartner, Partner, Partnership
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.actions.studies import StudyWords, start
from biotoop.web.studies.models import Study
from web.theories.conftest import (  # noqa: F401 - fixtures of the floor below
    LONG_AGO,
    beekwaarde,
    colleague,
    elsewhere,
    owner,
    person,
    programme,
    stranger,
    theory,
    version,
)

LINES = ("Conceptueel", "Praktijk", "Politiek-bestuurlijk")


@pytest.fixture
def partnership(beekwaarde) -> Partnership:  # noqa: F811 - pytest's way
    made = Partnership.objects.create(name_nl="Lerende biotoop")
    Agreement.objects.create(partnership=made, starts_on=LONG_AGO)
    Partner.objects.create(partnership=made, organisation=beekwaarde, starts_on=LONG_AGO)
    for position, name in enumerate(LINES, start=1):
        line = Line.objects.create(partnership=made, name_nl=name, position=position)
        LinePartner.objects.create(line=line, organisation=beekwaarde, starts_on=LONG_AGO)
    return made


@pytest.fixture
def words(beekwaarde, version) -> StudyWords:  # noqa: F811 - as above
    return StudyWords(
        title="Samen eten",
        question="Kennen buren elkaar beter?",
        organisation=beekwaarde,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 12, 31),
        version=version,
    )


@pytest.fixture
def study(theory, words, researcher) -> Study:  # noqa: F811 - as above
    return start(theory, words, by=researcher)


@pytest.fixture
def researcher(beekwaarde) -> User:  # noqa: F811 - as above
    return person("Noor", Role.LAB_RESEARCHER, Kind.ORGANISATION, beekwaarde.pk, beekwaarde)


@pytest.fixture
def reader():
    return reader_of
