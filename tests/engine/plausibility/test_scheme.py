"""The scheme as a versioned data file: its numbers, its hash, and a programme's own version."""

import math
from importlib import resources

import pytest

from biotoop.engine.core.errors import InvalidScheme
from biotoop.engine.evidence.bundle import Dependence
from biotoop.engine.evidence.model import Certainty, Family, Stance, TestKind
from biotoop.engine.plausibility.scheme import own_scheme, published_scheme, read_scheme

V1 = published_scheme("1")
SAID = [Stance.SUPPORTS, Stance.CONTRADICTS, Stance.NUANCES, Stance.NOT_MENTIONED]


def text(*changes: tuple[str, str]) -> str:
    """Give the published file as a programme's own, with changes."""
    folder = resources.files("biotoop.engine.plausibility") / "schemes"
    found = (folder / "v1.toml").read_text("utf-8")
    for old, new in changes:
        assert old in found
        found = found.replace(old, new)
    return found


OWN = ('version = "1"', 'version = "wilg-2"\nreason = "Wij letten scherper op."')


def ratios(preset):
    return [math.exp(preset.log_ratio(stance)) for stance in SAID]


def test_asked_by_the_own_organisation():
    assert ratios(V1.claims.asked_own) == pytest.approx([1.143, 0.600, 1, 1], abs=5e-4)


def test_asked_independently():
    assert ratios(V1.claims.asked_independent) == pytest.approx([1.4, 0.5, 1, 1])


def test_unprompted_and_explicit_while_the_topic_was_open():
    assert ratios(V1.claims.open_topic) == pytest.approx([2.5, 0.4, 1, 0.625])


def test_correlations_within_groups():
    found = [V1.correlations.of(each) for each in Dependence]

    assert found == [0.3, 0.6, 1.0]
    assert V1.correlations.tests == 0.3


def test_correlations_between_the_groups_of_a_family():
    found = {family: V1.families.of(family) for family in Family}

    assert found == {
        Family.SELF_REPORT: 0.6,
        Family.OBSERVATION: 0.6,
        Family.REGISTRATION: 0.8,
        Family.EFFECT_DESIGN: 0.2,
        Family.LITERATURE: 0.2,
    }


def test_probabilities_of_the_four_tests():
    found = {kind: (V1.tests.of(kind).p, V1.tests.of(kind).p_not) for kind in TestKind}

    assert found == {
        TestKind.STRAW: (0.6, 0.4),
        TestKind.NECESSARY: (0.95, 0.5),
        TestKind.STRONG: (0.3, 0.03),
        TestKind.BOTH: (0.9, 0.1),
    }


def test_bias_and_prior_of_estimates():
    assert V1.estimates.bias_sd == (0.40, 0.25, 0.15, 0.10, 0.03)
    assert (V1.estimates.delta, V1.estimates.tau) == (0.1, 0.3)
    assert (V1.estimates.most, V1.tests.most, V1.literature.most) == (20, 10, 3)


def test_floors_and_borders():
    grades, floors = V1.grades, V1.floors

    assert (grades.very_plausible, grades.plausible, grades.harm) == (20, 3, 3)
    assert (grades.disputed_one_in, grades.contradicted_one_in) == (3, 20)
    assert (floors.families, floors.respondents, floors.comparison_level) == (2, 8, 3)
    assert (floors.groups, floors.n_eff, floors.certainty) == (2, 2.0, Certainty.MODERATE)
    assert V1.sensitivity.temper == 0.75


def test_an_unknown_version_names_what_is_published():
    with pytest.raises(InvalidScheme, match="Published: 1"):
        published_scheme("7")


def test_a_programme_may_depart_with_a_reason():
    own = own_scheme(text(OWN, ("respondents = 8", "respondents = 12")), name="eigen.toml")

    assert own.floors.respondents == 12
    assert own.reason.get("nl") == "Wij letten scherper op."
    assert own.hash != V1.hash


def test_without_a_reason_a_departure_is_refused():
    changed = text(('version = "1"', 'version = "2"'))

    with pytest.raises(InvalidScheme, match="Write why in `reason`"):
        own_scheme(changed, name="eigen.toml")


def test_nobody_changes_numbers_under_a_published_version():
    with pytest.raises(InvalidScheme, match="published with other numbers"):
        own_scheme(text(("respondents = 8", "respondents = 3")), name="eigen.toml")


def test_the_published_file_itself_reads_as_version_1():
    assert own_scheme(text(), name="v1.toml").hash == V1.hash


def test_comments_do_not_change_what_a_scheme_says():
    assert own_scheme("# noot\n" + text(), name="v1.toml").hash == V1.hash


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("tau = 0.3", "tau = 0", "tau"),
        ("tau = 0.3", "tauu = 0.3", "tauu"),
        ("supports_if_works = 0.80", "supports_if_works = 0.90", "claims.asked_own"),
        ("supports_if_not = 0.50", "supports_if_not = 0.80", "claims.asked_independent"),
        ("supports_if_works = 0.70", "supports_if_works = 0.45", "claims.asked_independent"),
        ("contradicts_if_works = 0.20", "contradicts_if_works = 0.45", "<= contradicts_if_not"),
        ("mentions_if_works = 0.50", "mentions_if_works = 0.10", "claims.open_topic"),
        ("[1.0, 0.75, 0.5, 0.25]", "[1.5]", "claims.factors.qualities"),
        ("p = 0.95", "p = 0.40", "tests.necessary"),
        ("[0.40, 0.25, 0.15, 0.10, 0.03]", "[0.1, 0.2, 0.3, 0.4, 0.5]", "estimates.bias_sd"),
        ("very_plausible = 20.0", "very_plausible = 2.0", "grades.very_plausible"),
        ("contradicted_one_in = 20.0", "contradicted_one_in = 2.0", "grades.contradicted_one_in"),
        ('certainty = "moderate"', 'certainty = "zeker"', "certainty"),
        ("[floors]", "[floors", "not valid TOML"),
    ],
)
def test_each_broken_rule_is_told(old, new, told):
    changed = text(OWN, (old, new))

    with pytest.raises(InvalidScheme, match=told):
        own_scheme(changed, name="eigen.toml")


def test_every_fault_is_told_at_once_in_dutch():
    changed = text(OWN, ("very_plausible = 20.0", "very_plausible = 2.0"), ("p = 0.95", "p = 0.4"))

    with pytest.raises(InvalidScheme) as refused:
        own_scheme(changed, name="eigen.toml")

    sentence = refused.value.note.text("nl")
    assert "grades.very_plausible: hier moet gelden" in sentence
    assert "tests.necessary: hier moet gelden: p > p_not" in sentence


def test_a_scheme_is_read_from_a_file(tmp_path):
    path = tmp_path / "eigen.toml"
    path.write_text(text(OWN), "utf-8")

    assert read_scheme(path).version == "wilg-2"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidScheme, match=r"eigen\.toml"):
        read_scheme(tmp_path / "eigen.toml")
