"""What effects say to the evidence scheme: with the text they judged, and never lost in silence."""

import datetime as dt
from pathlib import Path

import attrs

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.ids import canonical_json
from biotoop.engine.recipes.bridging import estimates_as_evidence, not_weighed
from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.recipes.folder import REGISTRATION, read_folder
from biotoop.engine.recipes.freezing import registration_of, scheme_of, standing_of
from biotoop.engine.recipes.running import run_study
from engine.recipes.conftest import edit


def register(path: Path) -> None:
    folder = read_folder(path).folder
    assert folder is not None
    made = registration_of(folder, at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC), by="team")
    (path / REGISTRATION).write_bytes(canonical_json(to_plain(made)))


def found_in(path: Path, store: Path) -> Findings:
    return run_study(check_folder(path, store=store))


def test_an_effect_planned_for_other_words_asks_for_a_new_judgement(
    starter: Path, store: Path
) -> None:
    register(starter)
    edit(starter / "theory.yaml", "Bezoekers voelen zich minder eenzaam", "Bezoekers zijn blij")

    (route,) = found_in(starter, store).plausibility.routes_as_whole

    assert route.changed_text == ("change",)
    assert any("herbeoordelen" in item.text("nl") for item in route.warnings)


def test_an_effect_on_the_words_that_were_registered_needs_no_new_judgement(
    starter: Path, store: Path
) -> None:
    register(starter)

    (route,) = found_in(starter, store).plausibility.routes_as_whole

    assert route.changed_text == ()


def test_an_effect_without_a_yardstick_is_told_with_what_to_do(starter: Path, store: Path) -> None:
    folder = read_folder(starter).folder
    assert folder is not None
    (effect,) = found_in(starter, store).effects
    bare = attrs.evolve(effect, primary=attrs.evolve(effect.primary, standardised=None))

    (told,) = not_weighed((bare,))

    standing = standing_of(folder, scheme_of(folder))
    assert estimates_as_evidence(folder, (bare,), standing) == ()
    assert "`standard_deviation`" in told.text("en")
    assert told.params["measure"] == "loneliness"
    assert tuple(not_weighed((effect,))) == ()
