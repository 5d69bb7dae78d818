"""Where the invented world does not come."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from architecture.tree import ROOT
from biotoop.web.accounts.models import User
from biotoop.web.config.demo.seeding import CannotSeed, seed
from biotoop.web.organisations.models import Organisation

EXAMPLE = ROOT / "examples" / "ontmoeten"


def test_a_database_with_something_else_is_refused_and_left_alone(db, settings):  # noqa: ARG001
    settings.MODE = "demo"
    Organisation.objects.create(name="Echt Welzijn", kind="social_work")

    with pytest.raises(CannotSeed) as refused:
        seed(EXAMPLE)

    assert refused.value.reason == "occupied"
    assert Organisation.objects.count() == 1
    assert not User.objects.exists()


@pytest.mark.parametrize("mode", ["development", "production"])
def test_outside_the_demo_mode_the_command_refuses_in_two_languages(db, settings, mode):  # noqa: ARG001
    settings.MODE = mode
    with pytest.raises(CommandError, match="demostand") as refused:
        call_command("seed_demo", stdout=StringIO())
    assert refused.value.returncode == 2
    assert not Organisation.objects.exists()


def test_without_the_example_study_nothing_is_made(db, settings, tmp_path):  # noqa: ARG001
    settings.MODE = "demo"
    with pytest.raises(CommandError, match="--example"):
        call_command("seed_demo", example=tmp_path, stdout=StringIO())
    assert not Organisation.objects.exists()
