"""Many tests at once: closed forms, another tool, and how often there is even one false find."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from biotoop.engine.datasets.store import Where
from biotoop.engine.effects.multiplicity import benjamini_hochberg, holm, romano_wolf
from biotoop.engine.effects.panel import fixed_effects, multiple_testing
from biotoop.engine.effects.refusals import Refused
from engine.effects.panel.panels import panel

P = np.array([0.01, 0.04, 0.03, 0.005, 0.2, 0.04])


@pytest.mark.parametrize(("ours", "theirs"), [(holm, "holm"), (benjamini_hochberg, "fdr_bh")])
@pytest.mark.parametrize("p", [P, np.array([0.3]), np.array([1.0, 0.0, 0.5])])
def test_adjusted_chances_equal_statsmodels(ours, theirs, p):
    assert ours(p) == pytest.approx(multipletests(p, method=theirs)[1])


def test_romano_wolf_by_hand():
    observed = np.array([1.0, 3.0])
    drawn = np.array([[0.5, 0.2], [2.0, 3.5], [0.1, 2.9], [1.5, 0.3]])

    found = romano_wolf(observed, drawn)

    assert found == pytest.approx([3 / 5, 2 / 5])  # 3.5 beats 3; then 2.0 and 1.5 beat 1


def test_a_test_that_is_less_far_out_never_gets_the_smaller_chance():
    rng = np.random.default_rng(1)
    observed = np.array([2.0, 1.9, 0.1])

    found = romano_wolf(observed, np.abs(rng.normal(size=(500, 3))))

    assert list(found) == sorted(found)


@pytest.mark.parametrize("wrong", [[0.1, np.nan], [0.1, 1.2], [-0.1, 0.5]])
def test_what_is_no_chance_is_refused(wrong):
    with pytest.raises(Refused) as refusal:
        holm(np.array(wrong))

    assert refusal.value.why.code == "panel.refused.chances"


def outcomes(count=4, effect=0.0, seed=2, **asked):
    """Make outcomes that move together, of which the first has an effect."""
    table, rng = panel(seed, people=90, **asked), np.random.default_rng(seed)
    for place in range(count):
        own = rng.normal(size=len(table))
        move = effect * table["reached"] * (place == 0) + 0.5 * table["reached"]
        table[f"y{place}"] = table["lonely"] + 0.5 * own + move
    formulas = {f"y{place}": f"y{place} ~ reached | person + month" for place in range(count)}
    return {name: fixed_effects(f, table, cluster="area") for name, f in formulas.items()}


def test_one_test_alone_in_its_draws_gets_the_chance_of_the_wild_bootstrap():
    found = outcomes(2)

    together = multiple_testing(found, seed=7, draws=199)

    alone = [item.wild_bootstrap(seed=7, draws=199).p for item in found.values()]
    far = int(np.argmin(together.romano_wolf))
    assert together.romano_wolf[1 - far] >= alone[1 - far]
    assert together.romano_wolf[far] >= alone[far]
    assert np.all(together.romano_wolf <= np.minimum(2 * np.array(alone) + 0.01, 1.0))


def test_outcomes_that_are_the_same_need_no_correction():
    one = outcomes(1)["y0"]

    found = multiple_testing({"a": one, "b": one, "c": one}, seed=1, draws=199)

    assert found.romano_wolf == pytest.approx([one.wild_bootstrap(seed=1, draws=199).p] * 3)
    assert found.holm[0] == pytest.approx(min(3 * found.p[0], 1.0))


def test_an_effect_is_found_among_outcomes_without_one():
    found = multiple_testing(outcomes(effect=-1.5), seed=1)

    assert found.romano_wolf[0] < 0.05
    assert found.tidy().column_names[-3:] == ["holm", "benjamini_hochberg", "romano_wolf"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_table_names_every_way_and_the_draws(language):
    text = multiple_testing(outcomes(2), seed=5, draws=99).text(language)

    assert "Romano-Wolf" in text.splitlines()[1]
    assert "Holm" in text
    assert "seed 5" in text
    assert "99" in text


def test_groups_of_people_share_the_draws_of_their_areas():
    table = panel(people=90)
    kinds = {kind: (Where(column="work", values=(kind,)),) for kind in ("full", "part")}
    found = {
        kind: fixed_effects("lonely ~ reached | person + month", table, cluster="area", where=where)
        for kind, where in kinds.items()
    }

    together = multiple_testing(found, seed=1, draws=99)

    assert together._repr_html_().count("<tr>") == 3
    assert np.all((together.romano_wolf > 0) & (together.romano_wolf <= 1))


def test_results_without_the_same_areas_are_refused():
    table = panel(people=90).assign(district=lambda t: t["area"] // 2)
    by = {
        name: fixed_effects("lonely ~ reached | person + month", table, cluster=name)
        for name in ("area", "district", "person")
    }

    asked = [(["area"], "no_tests"), (["area", "district"], "other_clusters")]
    asked += [(["person", "person "], "no_clusters")]
    for names, code in asked:
        with pytest.raises(Refused) as refusal:
            multiple_testing({name: by[name.strip()] for name in names}, seed=1)
        assert refusal.value.why.code == f"panel.refused.{code}"


@pytest.mark.slow
def test_even_one_false_find_is_no_more_frequent_than_said():
    false = sum(
        float(multiple_testing(outcomes(3, seed=seed), seed=1, draws=199).romano_wolf.min()) <= 0.05
        for seed in range(80)
    )

    assert false <= 11  # 4 expected; 99.9 % of binomials lie at or under 11
