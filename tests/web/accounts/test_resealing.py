"""The key can be changed: what is kept encrypted is encrypted anew, and the old key goes."""

import pytest
from django.core.management import CommandError, call_command

from biotoop.web.accounts.actions import second_factors
from biotoop.web.accounts.models import SecondFactor
from biotoop.web.shared.actions import mail
from biotoop.web.shared.models import Letter
from web.accounts.conftest import code

pytestmark = pytest.mark.django_db
OLD, NEW = "o" * 50, "n" * 50


@pytest.fixture
def under_old_key(settings, monkeypatch, fatma, secret):
    """Give Fatma's secret, kept under a key that is then replaced."""
    monkeypatch.setitem(mail.KINDS, "accounts/reset", "x")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    SecondFactor.objects.update(sealed_secret=second_factors.seal(secret))
    mail.send(fatma.email, "accounts/reset", {"name": "Fatma", "address": "/x"}, "nl", "k")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    return secret


def test_after_resealing_the_old_key_can_be_taken_away(under_old_key, settings, fatma, capsys):
    call_command("reseal")
    settings.SECRET_KEY_FALLBACKS = []

    assert "Encrypted anew: 2." in capsys.readouterr().out
    assert second_factors.accept(fatma, code(under_old_key))
    assert mail.written(Letter.objects.get())[0] == "Een nieuw wachtwoord voor Biotoop"


def test_who_carries_codes_on_paper_is_counted(under_old_key, capsys):  # noqa: ARG001 - it is set up
    call_command("reseal")

    assert "1 people have codes on paper" in capsys.readouterr().out


def test_what_no_key_opens_is_told_and_left_as_it_is(under_old_key, settings):  # noqa: ARG001 - as above
    settings.SECRET_KEY_FALLBACKS = []
    before = SecondFactor.objects.get().sealed_secret

    with pytest.raises(CommandError, match="No key opens 2"):
        call_command("reseal")
    assert SecondFactor.objects.get().sealed_secret == before
