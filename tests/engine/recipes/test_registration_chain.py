"""Registrations that follow one another, and what they cannot show."""

import datetime as dt
from pathlib import Path

import attrs
import pytest

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.ids import canonical_json
from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.folder import StudyFolder
from biotoop.engine.recipes.freezing import registration_of, scheme_of, standing_of
from engine.recipes.conftest import edit
from engine.recipes.registering import MOMENT, again, alone, folder_of, registered


def codes_of(folder: StudyFolder) -> set[str]:
    return {item.code for item in standing_of(folder, scheme_of(folder)).view.deviations}


def test_an_earlier_registration_with_the_first_form_of_hash_is_told_as_that(
    ontmoeten: Path,
) -> None:
    folder = folder_of(ontmoeten)
    view = standing_of(folder, scheme_of(folder)).view
    first, *later = view.history

    assert (first.early, first.intact) == (True, True)
    assert not any(one.early for one in later)
    assert len(later) == len(folder.earlier)
    assert view.deviations == ()
    in_force = attrs.evolve(folder, registration=folder.earlier[0], earlier=())
    assert standing_of(in_force, scheme_of(folder)).view.hash is None


def test_every_registration_is_shown_with_what_changed_since_the_one_before(
    ontmoeten: Path,
) -> None:
    alone(ontmoeten)
    (ontmoeten / "registration.json").write_bytes(canonical_json(to_plain(registered(ontmoeten))))
    edit(ontmoeten / "effects.yaml", "smallest_effect: 0.2\n", "smallest_effect: 0.3\n")
    again(ontmoeten)
    again(ontmoeten)

    folder = folder_of(ontmoeten)
    view = standing_of(folder, scheme_of(folder)).view

    assert view.deviations == ()
    assert [[change.text("nl") for change in one.changes] for one in view.history] == [
        [],
        ["Plan visits: `smallest_effect` was 0,2, is nu 0,3."],
        [],
    ]
    assert all(one.intact and one.registered_by == "team" for one in view.history)


def test_an_earlier_registration_that_is_thrown_away_is_missed(ontmoeten: Path) -> None:
    again(ontmoeten)
    alone(ontmoeten)

    folder = folder_of(ontmoeten)
    codes = {item.code for item in standing_of(folder, scheme_of(folder)).view.deviations}

    assert codes == {"recipes.deviation.earlier_missing"}


def test_a_registration_that_does_not_name_the_one_before_it_is_told(ontmoeten: Path) -> None:
    alone(ontmoeten)
    folder = folder_of(ontmoeten)
    first = registration_of(attrs.evolve(folder, registration=None), at=MOMENT, by="team")
    unnamed = registration_of(
        attrs.evolve(folder, registration=None), at=MOMENT + dt.timedelta(days=1), by="team"
    )
    named = registration_of(
        attrs.evolve(folder, registration=first), at=MOMENT + dt.timedelta(days=1), by="team"
    )

    for current, told in ((unnamed, {"recipes.deviation.earlier_unnamed"}), (named, set())):
        chain = attrs.evolve(folder, registration=current, earlier=(first,))
        assert codes_of(chain) == told
    later = attrs.evolve(folder, registration=named, earlier=(named, first))
    assert "recipes.deviation.earlier_unnamed" in codes_of(later)


def test_the_first_form_of_hash_does_not_count_after_a_later_form(ontmoeten: Path) -> None:
    folder = folder_of(ontmoeten)
    early, later, *_ = folder.earlier
    turned = attrs.evolve(folder, earlier=(later, early))
    history = standing_of(turned, scheme_of(turned)).view.history

    assert [(one.early, one.intact) for one in history[:2]] == [(False, True), (False, False)]
    assert "recipes.deviation.earlier_broken" in codes_of(turned)


def limits_of(folder: StudyFolder) -> list[str]:
    return [item.text("nl") for item in standing_of(folder, scheme_of(folder)).view.limits]


@pytest.mark.parametrize("day", [18, 19])
def test_a_plan_that_was_fixed_after_the_last_measurement_says_so(
    ontmoeten: Path, day: int
) -> None:
    before = attrs.evolve(folder_of(ontmoeten), registration=registered(ontmoeten), earlier=())
    after = registration_of(
        attrs.evolve(before, registration=None),
        at=dt.datetime(2026, 5, day, 9, 30, tzinfo=dt.UTC),
        by="team",
    )

    (said,) = limits_of(attrs.evolve(before, registration=after))

    assert limits_of(before) == []
    assert said.startswith("Vastgelegd op of na de dag van de laatste meting (18 mei 2026): ")
    assert f"5 van 5 plannen, vanaf {day} mei 2026." in said


def test_a_plan_that_was_registered_anew_in_another_form_says_so(ontmoeten: Path) -> None:
    first = registered(ontmoeten)
    edit(ontmoeten / "effects.yaml", "smallest_effect: 0.2\n", "smallest_effect: 0.3\n")
    folder = attrs.evolve(folder_of(ontmoeten), registration=first, earlier=())
    second = registration_of(folder, at=MOMENT + dt.timedelta(days=1), by="team")

    said = limits_of(attrs.evolve(folder, registration=second, earlier=(first,)))

    assert said == [
        (
            "Gewijzigd na een eerdere vastlegging, het laatst op 6 januari 2026: 1 van 5 plannen. "
            "Hoofdstuk 6 zegt wat er veranderde."
        )
    ]


def test_a_faulty_document_says_nothing_about_registered_tests(ontmoeten: Path) -> None:
    (ontmoeten / "theory.yaml").write_text("dit: is: geen yaml: [\n", "utf-8")

    codes = {fault.note.code for fault in check_folder(ontmoeten).problems}

    assert codes
    assert "evidence.test_not_registered" not in codes
