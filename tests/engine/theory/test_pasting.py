"""What people already have in Excel or Word becomes a first theory; what is unsure is asked."""

from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.core.problems import Severity
from biotoop.engine.theory.checks import check_theory
from biotoop.engine.theory.model import Horizon, LinkKind, NodeKind
from biotoop.engine.theory.pasted import Pasted, Shape
from biotoop.engine.theory.pasting import read_pasted

STEPS = (
    "Van\tNaar\tAls\tDan\tOmdat\tAannames\tAndere verklaring\tTermijn\n"
    "Werker is er elke week\tBewoners kennen hem\tals hij er elke week is\tdan kennen zij hem\t"
    "omdat een vast gezicht vertrouwd is\tvaste persoon; ook 's avonds\tze kenden hem al\t3 weken\n"
    "Bewoners kennen hem\tBewoners melden zorgen eerder\tzij hem kennen\tmelden zij eerder\t"
    "zij weten bij wie\t\t\t\n"
)


def codes(found: Pasted) -> list[tuple[str, str]]:
    return [(link.from_, link.to) for link in found.links]


def faults(found: Pasted) -> list[tuple[int | None, str]]:
    return [(fault.line, fault.note.code.rpartition(".")[2]) for fault in found.problems]


def asked(found: Pasted) -> list[str]:
    return [question.key.partition(":")[0] for question in found.questions]


def all_suggested(text: str) -> Pasted:
    """Answer every question as suggested, until nothing is asked."""
    answers: dict[str, str] = {}
    for _ in range(4):
        found = read_pasted(text, answers)
        given = {q.key: q.suggested or q.options[0].value for q in found.questions}
        answers |= given
    return found


def test_a_table_of_steps_gives_nodes_and_steps():
    found = read_pasted(STEPS)

    assert found.shape is Shape.STEPS
    assert [node.label for node in found.nodes] == [
        "Werker is er elke week", "Bewoners kennen hem", "Bewoners melden zorgen eerder",
    ]  # fmt: skip
    assert codes(found) == [("N1", "N2"), ("N2", "N3")]
    first = found.links[0]
    assert (first.if_, first.then) == ("hij er elke week is", "kennen zij hem")
    assert first.because == "een vast gezicht vertrouwd is"
    assert first.assumptions == ("vaste persoon", "ook 's avonds")
    assert first.rivals == ("ze kenden hem al",)
    assert first.horizon is Horizon.WEEKS


def test_the_level_of_a_node_is_asked_with_a_suggestion_and_never_guessed():
    found = read_pasted(STEPS)

    assert not found.ready
    assert [node.kind for node in found.nodes] == [None, None, None]
    assert [q.suggested for q in found.questions] == ["intervention", "result", "outcome"]


def test_answers_make_a_theory_that_passes_the_checks():
    found = all_suggested(STEPS)
    numbers = count(1)

    theory = found.theory(
        title="Proef", theory_id=UUID(int=99), new_id=lambda: UUID(int=next(numbers))
    )

    assert found.ready
    assert check_theory(theory) == ()
    assert [node.kind for node in theory.nodes] == [
        NodeKind.INTERVENTION, NodeKind.RESULT, NodeKind.OUTCOME,
    ]  # fmt: skip


def test_a_node_that_is_left_out_takes_its_steps_along():
    question = read_pasted(STEPS).questions[2]

    found = read_pasted(STEPS, {question.key: "leave_out"})

    assert codes(found) == [("N1", "N2")]


def test_if_and_then_alone_tie_steps_by_their_words():
    found = read_pasted(
        "als\tdan\ner wordt gekookt\teten mensen mee\nEten mensen mee.\tzijn zij blij"
    )

    assert codes(found) == [("N1", "N2"), ("N2", "N3")]
    assert found.nodes[1].label == "Eten mensen mee"


def test_english_headers_and_two_tables_below_each_other():
    text = (
        "Code\tLevel\tNode\tFor whom\nA\tintervention\tWe cook\t\n"
        "B\toutcome\tLess lonely\tvisitors\n"
        "\nFrom\tTo\tKind\nA\tB\tcondition\n"
    )

    found = read_pasted(text)

    assert found.ready
    assert found.shape is Shape.BOTH
    assert found.nodes[1].whose == "visitors"
    assert [(link.from_, link.to, link.kind) for link in found.links] == [
        ("A", "B", LinkKind.CONDITION)
    ]


LEVELS = (
    "Interventie\tResultaat\tUitkomst\nKoken\tMee-eten\tMinder eenzaam\n\tHelpen\tMinder eenzaam\n"
)


def test_a_column_for_each_level_asks_whether_rows_are_chains():
    found = read_pasted(LEVELS)

    assert asked(found) == ["rows"]
    assert [o.value for o in found.questions[0].options] == ["chain", "chain_down", "leave_out"]
    assert codes(read_pasted(LEVELS, {"rows": "leave_out"})) == []
    assert codes(read_pasted(LEVELS, {"rows": "chain"})) == [
        ("N1", "N2"),
        ("N2", "N3"),
        ("N4", "N3"),
    ]
    assert ("N1", "N4") in codes(read_pasted(LEVELS, {"rows": "chain_down"}))


def test_without_a_header_the_meaning_of_the_columns_is_asked():
    text = "Interventie\tKoken\nResultaat\tMee-eten\n"

    found = read_pasted(text)

    assert asked(found) == ["columns"]
    assert found.questions[0].suggested == "kind_label"
    assert [n.kind for n in read_pasted(text, {"columns": "kind_label"}).nodes] == [
        NodeKind.INTERVENTION, NodeKind.RESULT,
    ]  # fmt: skip


OUTLINE = """Interventies:
- Koken
   - Mee-eten
Uitkomsten
* Minder eenzaam
1. Mee-eten -> Minder eenzaam
Als mensen mee-eten, dan zijn zij minder alleen, omdat herhaling vertrouwen geeft.
Aanname: het is betaalbaar; dichtbij
Impact: Hechtere buurt
"""


def test_an_outline_with_headings_bullets_arrows_and_sentences():
    found = read_pasted(OUTLINE, {"nested": "leads_to"})

    kinds = {node.label: node.kind for node in found.nodes}
    assert kinds["Koken"] is NodeKind.INTERVENTION
    assert kinds["Minder eenzaam"] is NodeKind.OUTCOME
    assert kinds["Hechtere buurt"] is NodeKind.IMPACT
    sentence = next(link for link in found.links if link.if_)
    assert sentence.because == "herhaling vertrouwen geeft"
    assert sentence.assumptions == ("het is betaalbaar", "dichtbij")
    labels = {node.code: node.label for node in found.nodes}
    assert ("Koken", "Mee-eten") in [(labels[a], labels[b]) for a, b in codes(found)]


def test_texts_that_are_nearly_alike_are_asked_about():
    text = (
        "Van\tNaar\nKoken\tBewoners kennen de werker\nBewoners kennen een werker\tMinder zorgen\n"
    )

    found = read_pasted(text)
    question = next(q for q in found.questions if q.key.startswith("same:"))

    assert len(read_pasted(text, {question.key: "yes"}).nodes) == 3
    assert len(read_pasted(text, {question.key: "no"}).nodes) == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "empty")]),
        ("Van\tNaar\nA\tB\nC\t\n", [(3, "no_end")]),
        ("Als\tDan\n\tiets anders\n", [(2, "no_start")]),
        ("Van\tNaar\nKoken\tKoken\n", [(2, "to_itself")]),
        ("Van\tNaar\nKoken\tEten\nKoken\tEten\n", [(3, "double_link")]),
        ("Van\tNaar\nKoken\tN7\n", [(2, "unknown_code")]),
        ("Van\tNaar\tKleur\nKoken\tEten\trood\n", [(1, "unknown_column")]),
        ("Niveau\tKnoop\nprestatie\tTien maaltijden\n", [(2, "unknown_kind")]),
        ("Niveau\tKnoop\nimpact\t\n", [(2, "no_label")]),
        ("Code\tKnoop\tNiveau\nN1\tA\timpact\nn1\tB\timpact\n", [(3, "double_code")]),
        ("Interventie\tUitkomst\nKoken\t\n\tkoken\n", [(3, "two_kinds")]),
        ("Koken ->\n", [(1, "loose_arrow")]),
        ("Aanname: het is droog\n", [(1, "belongs_to_no_step")]),
        ("a\tb\tc\td\te\n", [(1, "no_header")]),
        ("Niveau\tKnoop\nimpact\t" + "lang " * 70, [(2, "long_text")]),
        ("x\n" * 601, [(601, "too_many_rows")]),
    ],
)  # fmt: skip
def test_every_fault_names_its_row(text: str, expected: list):
    assert faults(read_pasted(text)) == expected


def test_a_fault_stops_and_a_remark_does_not():
    found = all_suggested("Van\tNaar\tKleur\nKoken\tEten\trood\n")

    assert found.ready
    assert [fault.severity for fault in found.problems] == [Severity.WARNING]


def test_a_cell_with_lines_and_quotes_as_excel_copies_it():
    found = read_pasted('Als\tDan\tAannames\nkoken\teten\t"- droog\n- dichtbij"\n')

    assert found.links[0].assumptions == ("droog", "dichtbij")


@given(st.text(alphabet="abAN1 \t\n\"'->:;.•*–\r", max_size=200))
def test_whatever_is_pasted_is_read_or_refused_in_words(text: str):
    found = read_pasted(text)

    for language in ("nl", "en"):
        assert all(fault.note.text(language) for fault in found.problems)
        assert all(question.note.text(language) for question in found.questions)
    known = {node.code for node in found.nodes}
    assert all({link.from_, link.to} <= known for link in found.links)
