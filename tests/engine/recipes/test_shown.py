"""Sentences, names, votes and releases as readers see them."""

import datetime as dt
import math
from pathlib import Path

import attrs
import pytest

from biotoop.engine.core.errors import InvalidValue
from biotoop.engine.core.messages import note
from biotoop.engine.disclosure.policy import SurveyPolicy, WordsPolicy
from biotoop.engine.effects.diagnostics import Group, Role
from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.deciding import degrees_left
from biotoop.engine.recipes.editions import edition_of, release_of
from biotoop.engine.recipes.freezing import findings_json
from biotoop.engine.recipes.notes_shown import KEPT_CHECK, KEPT_REFUSAL, Words
from biotoop.engine.recipes.notes_shown import refusal_for_readers as refusal
from biotoop.engine.recipes.people_tables import values_seen
from biotoop.engine.recipes.releases import FILE, Looked, read_releases, review_by, write_down
from biotoop.engine.recipes.running import run_study
from biotoop.engine.recipes.voices_shown import link_for_readers
from biotoop.engine.reports.view import view_of
from engine.recipes.conftest import EXAMPLES

TODAY = dt.date(2026, 11, 22)
SIDES = (
    Group(role=Role.TREATED, code="1", n=97, missing=3, mean=1.0, sd=1.0),
    Group(role=Role.COMPARISON, code="0", n=99, missing=1, mean=1.0, sd=1.0),
)
WORDS = Words(base=5, groups=SIDES, kept=frozenset({"hisp"}))


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    store = tmp_path_factory.mktemp("store")
    return run_study(check_folder(EXAMPLES / "ontmoeten", store=store))


def with_policy(team, **parts):
    rules = attrs.evolve(team.study.disclosure, **parts)
    return attrs.evolve(team, study=attrs.evolve(team.study, disclosure=rules))


def fell_out(*sides: tuple[int, int]):
    """Give what readers are told of the people who fell out of two sides."""
    groups = tuple(
        attrs.evolve(SIDES[0], n=rows - missing, missing=missing) for missing, rows in sides
    )
    words = Words(base=5, groups=groups, kept=frozenset())
    return dict(words.of_check(note("effects.check.attrition", missing=0, rows=0)).params)


@pytest.mark.parametrize("rows", [20, 37, 100, 400, 3000])
@pytest.mark.parametrize("part", [0.0, 0.004, 0.02, 0.06, 0.19, 0.5])
def test_what_is_said_of_who_fell_out_is_true_and_holds_for_five_people_more(rows, part):
    """Two rows that fall out are not nil, and one side more than the other is not five points."""
    missing = round(part * rows)
    told = fell_out((missing, rows), (0, rows))
    share = 100 * missing / rows

    assert set(told) == {"rows", "share"}
    assert share <= told["share"] <= share + max(5, 5 * math.ceil(100 / rows))
    assert told["rows"].value % 5 == 0
    alike = [other for other in range(rows) if fell_out((other, rows), (0, rows)) == told]
    assert len(alike) >= 5
    assert missing in alike


@pytest.mark.parametrize(
    "said",
    [
        note("effects.check.balance", covariate="hisp", difference=0.3),
        note("effects.check.extrapolation", covariate="hisp", difference=0.3),
        note("effects.check.something_new", people=2),
    ],
)
def test_a_check_on_what_is_hidden_or_not_known_is_kept(said):
    assert WORDS.of_check(said).code == KEPT_CHECK


def test_the_chance_of_one_person_falls_out_of_the_overlap():
    said = WORDS.of_check(note("effects.check.overlap", share=7.4, low=0.031, high=0.874))

    assert dict(said.params) == {"share": 5.0}
    assert "0,0" not in said.text("nl")


def test_a_check_in_the_reason_of_a_level_follows_the_same_rules():
    inner = note("effects.check.balance", covariate="hisp", difference=0.3)
    said = WORDS.reason_of_level(note("effects.level.lowered", check=inner, level=2))

    assert said.params["check"] == note(KEPT_CHECK)
    named = note("effects.level.lowered", check=note("effects.check_name.placebo"), level=2)
    assert WORDS.reason_of_level(named) == named


@pytest.mark.parametrize("code", ["constant_outcome", "separation", "already_reached", "new"])
def test_a_refusal_does_not_tell_what_a_handful_have_in_common(code):
    said = refusal(note(f"effects.refused.{code}", value=1.0, rows=3, terms=("x",)))

    assert said == note(KEPT_REFUSAL)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (note("effects.refused.no_waves"), "geen meetmoment voor en na"),
        (note("effects.refused.one_area_each"), "Eén wijk tegen één wijk"),
        (note("effects.refused.empty_quarter"), "niemand in een van de meetmomenten"),
        (note("effects.refused.no_dataset", dataset="survey"), "survey zijn er niet"),
        (note("effects.refused.no_measure", measure="djg"), "djg staat niet in"),
        (note("effects.refused.nobody_left", rows=876), "Geen enkele rij heeft alle waarden"),
        (note("effects.refused.twice", wave="w0", rows=876, key=("x",)), "meer dan één keer voor"),
        (note("effects.refused.too_few_rows", rows=876, columns=876), "te weinig rijen"),
    ],
)
def test_a_refusal_about_the_plan_or_the_files_is_told_without_figures_of_people(said, told):
    shown = refusal(said).text("nl")

    assert told in shown
    assert "blijft bij het team" not in shown
    assert "876" not in shown


@pytest.mark.slow
def test_an_assessor_is_a_role_and_reasons_stay_unless_they_are_marked(team):
    (judged,) = [link for link in team.plausibility.links if link.override is not None]
    name = judged.override.assessor

    plain = release_of(with_policy(team, words=WordsPolicy())).findings
    marked = release_of(team).findings

    shown = plain.plausibility.link(judged.target).override
    assert shown.assessor == "team"
    assert shown.reason != judged.override.reason
    assert marked.plausibility.link(judged.target).override.reason == judged.override.reason
    for found in (plain, marked):
        texts = str(view_of(found, "nl")) + str(found.plausibility)
        assert name not in texts
        assert found.registration.registered_by == "team"


def test_one_more_voice_since_an_earlier_edition_is_not_counted(team):
    rules = team.study.disclosure
    (link,) = [item for item in team.plausibility.links if item.target == "S3"]
    now = {name: getattr(link.bundle.counts, name) for name in
           ("supports", "contradicts", "nuances", "not_mentioned")}  # fmt: skip

    same = link_for_readers(link, rules, before=[now])
    more = link_for_readers(link, rules, before=[{**now, "supports": now["supports"] - 1}])
    many = link_for_readers(link, rules, before=[{**now, "supports": now["supports"] - 3}])

    assert same.bundle.counts.supports == now["supports"]
    assert set(more.bundle.counts.hidden) == {name for name, count in now.items() if count}
    assert more.bundle.disagreed
    assert more.k == float(f"{link.k:.0e}")
    assert many.bundle.counts.supports == now["supports"]
    assert all(set(item.counts.hidden) for item in many.bundle.for_whom)


def test_a_voice_that_turned_is_not_counted_though_another_count_was_hidden_before(team):
    """Of an edition with one hidden count the others are known, and may not be subtracted."""
    rules = team.study.disclosure
    (link,) = [item for item in team.plausibility.links if item.target == "S3"]
    now = {name: getattr(link.bundle.counts, name) for name in
           ("supports", "contradicts", "nuances", "not_mentioned")}  # fmt: skip
    known = {"supports": now["supports"]}

    less = link_for_readers(link, rules, before=[{"supports": now["supports"] - 1}])
    same = link_for_readers(link, rules, before=[known])

    assert set(less.bundle.counts.hidden) == set(now)
    assert same.bundle.counts.supports == now["supports"]
    assert all(item.counts.hidden for item in same.bundle.for_whom)


def test_the_counts_that_were_shown_are_recorded_beside_one_that_is_hidden(team):
    made = release_of(team)
    links = {item.target: item.bundle.counts for item in made.findings.plausibility.links}
    partly = {target for target, counts in links.items() if 0 < len(counts.hidden) < 4}

    voices = made.record("spring", review_by((), date=dt.date(2026, 11, 22))).voices

    assert partly
    for target in partly:
        assert voices[target]
        assert not set(voices[target]) & set(links[target].hidden)
        assert all(getattr(links[target], name) == n for name, n in voices[target].items())


def test_counts_are_rounded_where_open_data_ask_for_it(team):
    survey = SurveyPolicy(rounding=5)
    found = release_of(with_policy(team, survey=survey)).findings
    shown = [one for item in found.effects for one in item.findings if one.estimate is not None]

    assert shown
    assert all(one.estimate.n % 5 == 0 for one in shown)
    assert all(one.estimate.df is None and one.estimate.interval is None for one in shown)
    assert all(group.n % 5 == 0 for one in shown for group in one.groups)


def test_a_quote_carries_no_code_of_who_spoke(team):
    quotes = release_of(team).findings.quotes

    assert [quote.claim for quote in quotes] == [f"q{n}" for n in range(1, len(quotes) + 1)]
    assert not {quote.claim for quote in quotes} & {quote.claim for quote in team.quotes}


@pytest.mark.parametrize(
    ("reviewers", "status"),
    [
        (("Ans", "Bo"), Looked.APPROVED),
        (("Ans",), Looked.MANUAL),
        (("Ans", " Ans "), Looked.MANUAL),
        ((), Looked.MANUAL),
    ],
)
def test_two_different_people_approve_a_release(reviewers, status):
    assert review_by(reviewers, date=TODAY).status is status


def test_a_release_has_a_name_of_its_own_and_is_for_readers(team, tmp_path: Path):
    made = edition_of(team, "readers", tmp_path, "spring")
    write_down(tmp_path, made, "spring", ("Ans", "Bo"), TODAY)

    with pytest.raises(InvalidValue):
        edition_of(team, "readers", tmp_path, "spring")
    with pytest.raises(InvalidValue):
        edition_of(team, "team", tmp_path, "summer")
    assert edition_of(team, "team", tmp_path).findings is team
    assert read_releases(tmp_path).releases[0].review.status is Looked.APPROVED


@pytest.mark.slow
def test_the_same_data_give_the_same_edition_after_a_release(team, tmp_path: Path):
    first = edition_of(team, "readers", tmp_path)
    write_down(tmp_path, first, "spring", (), TODAY)

    again = edition_of(team, "readers", tmp_path)
    assert findings_json(again.findings) == findings_json(first.findings)


@pytest.mark.slow
def test_the_hash_that_readers_see_changes_with_what_they_see_and_leads_the_team_to_its_data(team):
    made = release_of(team)
    (first, *others) = team.measures
    (moment, *rest) = first.moments
    mean = attrs.evolve(moment.mean, value=moment.mean.value + 0.125)
    moved = attrs.evolve(first, moments=(attrs.evolve(moment, mean=mean), *rest))
    other = release_of(attrs.evolve(team, measures=(moved, *others))).findings

    shown = made.findings.provenance.recipe_hash
    assert shown not in {team.provenance.recipe_hash, other.provenance.recipe_hash}
    record = made.record("spring", review_by((), date=TODAY))
    assert (record.recipe_hash, record.team_hash) == (shown, team.provenance.recipe_hash)


@pytest.mark.slow
def test_the_hash_that_readers_see_tells_nothing_beside_what_they_see(team):
    """Other data with the same figures would have the same hash: there is nothing to try."""
    data = tuple((name, "0" * 64 if name.startswith("data/") and "." not in name else digest)
                 for name, digest in team.provenance.documents)  # fmt: skip
    other = attrs.evolve(
        team, provenance=attrs.evolve(team.provenance, documents=data, recipe_hash="1" * 64)
    )

    assert findings_json(release_of(other).findings) == findings_json(release_of(team).findings)


@pytest.mark.parametrize(
    ("clusters", "df", "left"),
    [(None, 3.0, 194.0), (8, None, 6.0), (8, 11.5, 11.5), (150, 300.0, 194.0)],
)
def test_an_analysis_by_area_has_the_degrees_of_freedom_of_its_areas(team, clusters, df, left):
    """Two hundred people in eight areas are eight areas."""
    found = team.effects[0].primary
    sides = tuple(attrs.evolve(group, clusters=clusters) for group in SIDES)
    made = attrs.evolve(
        found, groups=sides, covariates=(), estimate=attrs.evolve(found.estimate, df=df)
    )

    assert degrees_left(made) == left


def test_a_damaged_record_of_releases_is_refused_and_never_taken_for_none(tmp_path: Path):
    (tmp_path / FILE).write_text('{"releases": [{"id": 3}]}', "utf-8")

    with pytest.raises(InvalidValue):
        read_releases(tmp_path)


@pytest.mark.parametrize(
    ("mean", "sd", "n", "values"),
    [
        (0.25, (0.25 * 0.75 * 20 / 19) ** 0.5, 20, (0.0, 1.0)),
        (1.0, 0.0, 12, (0.0, 1.0)),
        (0.0, 0.0, 12, (0.0, 1.0)),
        (50.0, (2500 * 20 / 19) ** 0.5, 20, (0.0, 100.0)),
        (1.5, (0.25 * 20 / 19) ** 0.5, 20, (1.0, 2.0)),
        (3.2, 1.1, 20, ()),
    ],
)
def test_findings_of_before_that_do_not_tell_their_values_show_two_by_their_spread(
    mean, sd, n, values
):
    assert values_seen([(mean, sd, n)]) == values
