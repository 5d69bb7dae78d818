"""Reports that many tests read, each made once."""

import pytest

from biotoop.engine.reports.view import view_of
from engine.reports.bare_study import bare_study
from engine.reports.full_study import for_readers, full_study


@pytest.fixture(scope="session")
def full():
    return full_study()


@pytest.fixture(scope="session")
def dutch():
    return view_of(full_study(), "nl")


@pytest.fixture(scope="session")
def english():
    return view_of(full_study(), "en")


@pytest.fixture(scope="session")
def readers():
    return view_of(for_readers(), "nl")


@pytest.fixture(scope="session")
def bare():
    return view_of(bare_study(), "nl")
