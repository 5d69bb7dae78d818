"""Small parts are written at once, and look as the templates of every form would make them."""

import pytest
from django import forms
from django.template import Context, Template
from django.test import SimpleTestCase
from django.utils.translation import gettext_lazy as _

from biotoop.web.shared.forms.choices import QuickSelect
from biotoop.web.shared.templatetags.parts import badge, filter_fields

same = SimpleTestCase().assertHTMLEqual
CHOICES = [
    ("", _("all")),
    ("a<b", 'One "word" & more'),
    ("Steps: <does> it?", [("s1", "First"), (2, "Second")]),
]


class Plain(forms.Form):
    word = forms.CharField(label=_("Word"), required=False, max_length=5)
    kind = forms.ChoiceField(label="Kind <b>", choices=CHOICES, required=False)
    must = forms.ChoiceField(choices=CHOICES)
    helped = forms.CharField(help_text="A <b>hint</b>", required=False)
    ticked = forms.BooleanField(required=False)


class Quick(Plain):
    kind = forms.ChoiceField(
        label="Kind <b>", choices=CHOICES, required=False, widget=QuickSelect(attrs={"lang": "nl"})
    )


@pytest.mark.parametrize("value", [None, "", "a<b", "s1", 2, "2", "elsewhere"])
def test_a_quick_list_is_the_list_that_django_gives(value):
    plain, quick = forms.Select({"lang": "nl"}, CHOICES), QuickSelect({"lang": "nl"}, CHOICES)
    attrs = {"id": "id_kind", "required": True}
    same(quick.render("kind", value, attrs), plain.render("kind", value, attrs))


@pytest.mark.parametrize("data", [None, {}, {"word": "much too long", "kind": "2", "must": "no"}])
def test_the_fields_above_a_list_are_those_of_every_form(data):
    form = Quick(data)
    same(filter_fields(form), "".join(field.as_field_group() for field in form))


@pytest.mark.parametrize("kind", ["good", "busy", "warn", "bad", "calm", ""])
def test_a_badge_shows_kind_shape_and_word(kind):
    shown = badge(kind, "<late>")
    assert f'class="badge {kind or "calm"}"' in shown
    assert shown.count("<svg") == 1
    assert "&lt;late&gt;" in shown
    part = Template('{% include "parts/badge.html" with kind=kind text=word %}')
    same(part.render(Context({"kind": kind, "word": "<late>"})), shown)


def test_each_kind_of_badge_has_a_shape_of_its_own():
    kinds = ("good", "busy", "warn", "bad", "calm")
    assert len({badge(kind, "").partition("<svg")[2] for kind in kinds}) == len(kinds)
