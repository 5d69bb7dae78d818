"""A report is written to a folder as asked, and its appendix says how to repeat it."""

import attrs
import pytest

from biotoop.engine.core.errors import InvalidValue
from biotoop.engine.core.messages import note
from biotoop.engine.core.texts import Text
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Bullets
from biotoop.engine.reports.chapters.appendix import appendix_chapter
from biotoop.engine.reports.naming import told
from biotoop.engine.reports.pen import Pen, plain_text
from biotoop.engine.reports.write import write_report
from engine.reports.bare_study import bare_study
from engine.reports.reading import cell_words, tables_in, words_of


def test_a_report_is_written_in_every_form_asked_for(tmp_path):
    paths = write_report(
        bare_study(), tmp_path / "uit", language="en", formats=("html", "svg", "csv")
    )

    names = [path.relative_to(tmp_path / "uit").as_posix() for path in paths]
    assert names[0] == "report-en.html"
    assert "drawings-en/figure-theory.svg" in names
    assert "tables-en/steps.csv" in names
    assert all(path.stat().st_size > 10 for path in paths)


def test_usually_html_pdf_and_a_workbook_are_written(full, tmp_path):
    paths = write_report(full, tmp_path, language="nl")

    assert [path.name for path in paths] == ["report-nl.html", "report-nl.pdf", "tables-nl.xlsx"]


def test_an_unknown_form_is_refused_before_anything_is_written(full, tmp_path):
    with pytest.raises(InvalidValue) as refused:
        write_report(full, tmp_path / "uit", language="nl", formats=("html", "docx"))

    assert "html, pdf, xlsx, csv, svg" in refused.value.note.text("nl")
    assert not (tmp_path / "uit").exists()


def test_the_appendix_gives_every_hash_and_the_command_that_repeats_the_run(dutch, full):
    said = words_of(dutch.chapters[6].blocks)

    assert "biotoop run MAP" in said
    assert full.provenance.recipe_hash in said
    assert cell_words(tables_in(dutch)["table-hashes"])[0] == ["study.yaml", "01" * 32]
    assert cell_words(tables_in(dutch)["table-hashes"])[-1] == ["Bewonersvragenlijst", "ab" * 32]


def test_measures_are_defined_and_counted_at_each_moment(dutch):
    found = tables_in(dutch)

    assert cell_words(found["table-measures"])[0][1:4] == [
        "Score van 0 (niet) tot 6 (sterk).", "punten (0-6)", "omlaag",
    ]  # fmt: skip
    assert cell_words(found["table-measured"])[0][2:7] == [
        "522", "41", "2,68 | 2,52 tot 2,84", "1,7", "0,81 | 0,77 tot 0,85",
    ]  # fmt: skip


def test_the_scheme_is_called_a_convention_and_an_own_one_gives_its_reason(full):
    own = attrs.evolve(full.plausibility, scheme_reason=Text.of("Kleinere groepen."))
    chapter = appendix_chapter(Account(attrs.evolve(full, plausibility=own), Pen("nl")))

    said = words_of(chapter.blocks)

    assert "zijn een afspraak, geen meting" in said
    assert "eigen versie. Reden: Kleinere groepen." in said


def test_a_study_to_account_names_the_day_by_which_it_is_public(dutch):
    assert "31 december 2026" in words_of(dutch.chapters[6].blocks)


def test_readers_see_what_was_withheld_and_why(readers, dutch):
    shown = cell_words(tables_in(readers)["table-withheld"])

    assert shown
    assert all(len(reason) > 10 for _, reason in shown)
    assert any("Zijn bezoekers minder eenzaam" in what for what, _ in shown)
    assert "table-withheld" not in tables_in(dutch)
    assert "Geef haar niet door" in words_of(dutch.chapters[6].blocks)


def test_every_registration_stands_in_the_methods_with_what_changed_in_between(dutch):
    rows = cell_words(tables_in(dutch)["table-registrations"])

    assert rows == [
        ["4 november 2024, 08:00 (UTC)", "B. Verzonnen", "Eerste registratie.", "4e" * 6],
        ["20 januari 2025, 09:30 (UTC)", "A. Verzonnen", "Maat bezoeken erbij.", "5f" * 6],
    ]


def test_many_changes_of_a_registration_stand_below_the_table_a_line_each(full):
    first, last = full.registration.history
    changes = tuple(
        note("recipes.change.added", what=note("recipes.fixed.measures", id=name))
        for name in ("visits", "loneliness", "nowhere")
    )
    history = (first, attrs.evolve(last, changes=changes))
    found = attrs.evolve(full, registration=attrs.evolve(full.registration, history=history))
    chapter = appendix_chapter(Account(found, Pen("nl")))

    rows = cell_words(tables_in(chapter)["table-registrations"])
    assert rows[1][2] == "3 veranderingen; zij staan onder deze tabel."
    lists = [block for block in chapter.blocks if isinstance(block, Bullets)]
    told_below = [words_of(item.text) for block in lists for item in block.items]
    assert [said for said in told_below if said.endswith("erbij gekomen.")] == [
        "Maat Bezoeken per maand: erbij gekomen.", "Maat Eenzaamheid (DJG-6): erbij gekomen.",
        "Maat nowhere: erbij gekomen.",
    ]  # fmt: skip


def test_a_remark_on_a_measure_is_made_once_with_its_moments(full):
    remark = note("instruments.below_group_floor", floor=0.7)
    first, *rest = full.measures
    moments = tuple(attrs.evolve(one, remarks=(remark,)) for one in first.moments)
    measures = (attrs.evolve(first, moments=moments), *rest)
    chapter = appendix_chapter(Account(attrs.evolve(full, measures=measures), Pen("nl")))

    said = words_of(chapter.blocks)
    assert len(moments) > 1
    assert said.count(remark.text("nl")) == 1
    assert f"{first.label.get('nl')} (" in said
    assert cell_words(tables_in(chapter)["table-measured"])[0][0] == first.label.get("nl")


def test_columns_that_were_left_empty_and_hashes_are_called_by_name(full):
    data, *others = full.datasets
    empty = note("recipes.left_out", column="alone", count=3, reason="weet niet")
    documents = (("scheme", "ab" * 32), ("engine", "1.0"), (f"data/{data.id}", "cd" * 32))
    found = attrs.evolve(
        full,
        datasets=(attrs.evolve(data, remarks=(empty,)), *others),
        provenance=attrs.evolve(full.provenance, documents=documents),
    )
    chapter = appendix_chapter(Account(found, Pen("nl")))

    assert "Woont alleen: 3 keer leeg gelaten (weet niet)" in words_of(chapter.blocks)
    assert [row[0] for row in cell_words(tables_in(chapter)["table-hashes"])[:3]] == [
        "het bewijsschema", "de rekenkern (versie)", f"{data.label.get('nl')}: de beschrijving",
    ]  # fmt: skip


def test_a_registration_that_was_written_over_is_called_so(full):
    history = tuple(attrs.evolve(one, intact=False) for one in full.registration.history)
    forged = attrs.evolve(full.registration, history=history)
    chapter = appendix_chapter(Account(attrs.evolve(full, registration=forged), Pen("en")))

    assert "This file does not match its own hash and does not count." in words_of(chapter.blocks)


def test_codes_of_the_study_are_called_by_their_names(full):
    account = Account(full, Pen("nl"))
    plan = full.effects[0]
    way = note("recipes.way", plan=plan.plan, way="primary")
    about = note("recipes.about_moment", measure=full.measures[0].id, wave="w0")
    kept = note("recipes.about_finding", way=way)

    said = [plain_text(told(account, item)) for item in (kept, about)]

    assert plain_text(account.effect_title(plan.plan)) in said[0]
    assert "primary" not in said[0]
    assert plain_text(account.measure_name(full.measures[0].id)) in said[1]
    assert "w0" not in said[1]
    elsewhere = [note("plausibility.estimate.shown_only", id=id_) for id_ in (plan.plan, "elders")]
    known, unknown = (plain_text(told(account, item)) for item in elsewhere)
    assert f'"{plain_text(account.effect_title(plan.plan))}"' in known
    assert plan.plan not in known.split()
    assert "elders" in unknown


def test_a_way_that_two_plans_call_the_same_keeps_the_label_of_its_own_plan(full):
    first, second = full.effects
    point = attrs.evolve(first.curve.points[0], specification="same", label=Text.of("De ene"))
    other = attrs.evolve(point, label=Text.of("De andere"))
    found = attrs.evolve(
        full,
        effects=(
            attrs.evolve(first, curve=attrs.evolve(first.curve, points=(point,))),
            attrs.evolve(second, curve=attrs.evolve(second.curve, points=(other,))),
        ),
    )

    way = note("recipes.way", plan=first.plan, way="same")

    assert '"De ene"' in plain_text(told(Account(found, Pen("nl")), way))
