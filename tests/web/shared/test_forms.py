"""Forms say in our own words what is missing or wrong."""

import pytest
from django import forms
from django.utils import translation


@pytest.mark.parametrize(
    ("field", "given", "dutch", "english"),
    [
        (forms.CharField(), "", "Vul dit in.", "Fill this in."),
        (forms.EmailField(), "", "Vul dit in.", "Fill this in."),
        (forms.BooleanField(), "", "Zet hier een vinkje om verder te gaan.", "Tick this to go on."),
        (forms.ChoiceField(choices=[("a", "a")]), "", "Maak een keuze.", "Make a choice."),
        (
            forms.MultipleChoiceField(choices=[("a", "a")]),
            [],
            "Kies er een of meer.",
            "Choose one or more.",
        ),
        (forms.FileField(), None, "Kies een bestand.", "Choose a file."),
        (
            forms.IntegerField(),
            "veel",
            "Schrijf een heel getal, in cijfers.",
            "Write a whole number",
        ),
        (forms.DateField(), "gisteren", "Dit is geen datum.", "This is not a date."),
    ],
)
def test_a_field_says_what_to_do(field, given, dutch, english):
    for language, words in [("nl", dutch), ("en", english)]:
        with translation.override(language), pytest.raises(forms.ValidationError) as refused:
            field.clean(given)
        with translation.override(language):
            assert refused.value.messages[0].startswith(words)


def test_a_field_may_still_have_words_of_its_own():
    field = forms.CharField(error_messages={"required": "Hoe heet je?"})

    with pytest.raises(forms.ValidationError, match="Hoe heet je"):
        field.clean("")
