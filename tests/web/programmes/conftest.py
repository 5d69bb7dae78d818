"""The organisations of the tests of organisations serve here as well."""

import pytest

from biotoop.web.organisations.models import Organisation
from web.organisations.conftest import organisation


@pytest.fixture
def beekwaarde(db) -> Organisation:  # noqa: ARG001 - it stands there
    return organisation("Samenkracht Beekwaarde")


@pytest.fixture
def lindelaan(db) -> Organisation:  # noqa: ARG001 - as above
    return organisation("Jeugdzorggroep Lindelaan")
