"""Which roles are tried at every run, and which only in the long one: together, all of them."""

import pytest

from biotoop.web.shared.enums import Role

ALWAYS = {Role.VISITOR, Role.RESIDENT, Role.PROFESSIONAL, Role.PROGRAMME_COORDINATOR}


def swept(roles) -> list:
    """Mark the roles that wait for the long run."""
    return [
        role if role in ALWAYS else pytest.param(role, marks=pytest.mark.slow) for role in roles
    ]
