"""Days in forms are written as browsers read them."""

import datetime as dt
import re
from pathlib import Path

from django import forms
from django.utils import translation

import biotoop.web
from biotoop.web.shared.forms.days import DayInput


def test_a_day_is_filled_in_beforehand_in_every_language():
    class Payment(forms.Form):
        on = forms.DateField(widget=DayInput(), initial=dt.date(2026, 11, 23))

    for language in ("nl", "en"):
        with translation.override(language):
            assert 'value="2026-11-23"' in str(Payment()["on"])
            assert 'type="date"' in str(Payment()["on"])


def test_no_form_has_a_field_for_a_day_of_its_own():
    home = Path(biotoop.web.__file__).parent
    own = [
        path.name
        for path in home.rglob("*.py")
        if re.search(r"DateInput\(attrs|SelectDateWidget", path.read_text("utf-8"))
    ]

    assert own == []
