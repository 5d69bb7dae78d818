"""Partners of a joint study write in one study, and each keeps its own people and rounds."""

from importlib import import_module

import attrs
import pytest
from django.apps import apps
from django.db import connection
from django.utils.translation import override

from biotoop.web.clusters.enums import SeatState
from biotoop.web.interviews.actions import claims
from biotoop.web.interviews.actions.claims import ClaimWords
from biotoop.web.interviews.actions.importing import Table, look, take
from biotoop.web.interviews.models import Claim, Respondent, Round
from biotoop.web.shared.actions.records import Refused, put_away
from biotoop.web.studies.models import Study
from web.clusters.conftest import TODAY, seat_of
from web.clusters.test_invariants import dataset_of, part_of
from web.clusters.test_sharing import in_study
from web.clusters.test_sharing_words import joint  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
HEADS = "step\tstance\trespondent\tmethod\tround\torganisation\tasked_by\n"
SAYS = "S1\tsupports\t{}\tinterview\t{}\tLindelaan\town_organisation\n"
TAKEN = "De code R1 is in deze studie al in gebruik"


def says(code: str) -> ClaimWords:
    return ClaimWords(target="S1", stance="supports", respondent=code)


def held_by(joint, name: str) -> Round:  # noqa: F811 - pytest's way
    return joint.rows(Round, name)


def test_a_code_of_another_partner_is_refused_and_does_not_tell_whose(joint, other):  # noqa: F811
    by, own = in_study(joint.dataset, other).user, held_by(joint, "Lindelaan")
    with override("nl"), pytest.raises(Refused, match=TAKEN) as refusal:
        claims.add(own, says("R1"), by=by)
    assert "Samenkracht" not in str(refusal.value)
    assert Claim.objects.filter(respondent__code="R1").count() == 1

    for code in ("R2", "R3"):
        assert claims.add(own, says(code), by=by).respondent.code == code
    assert Respondent.objects.count() == 3


def test_a_claim_takes_nobody_of_another_partner_when_it_changes(joint, other):  # noqa: F811
    by, own = in_study(joint.dataset, other).user, held_by(joint, "Lindelaan")
    claim = joint.rows(Claim, "Lindelaan")
    with override("en"), pytest.raises(Refused, match="already in use in this study"):
        claims.change(claim, own, says("R1"), by=by, seen=1)
    assert Claim.objects.get(pk=claim.pk).respondent.code == "R2"

    claims.change(claim, held_by(joint, "Samenkracht"), says("R2"), by=by, seen=1)
    assert Claim.objects.get(pk=claim.pk).round.code == "r1"


def test_a_table_names_each_row_with_a_code_of_another_partner(joint, other):  # noqa: F811
    by = in_study(joint.dataset, other).user
    rows = HEADS + SAYS.format("R1", "r2") + SAYS.format("R2", "r2") + SAYS.format("R1", "r8")
    table = Table(text=rows, controller=other)
    with override("nl"):
        faults = [each for each in look(joint.study, table, "nl").faults if each.stops]
        assert [each.line for each in faults] == [2, 4]
        assert all(TAKEN in each.text for each in faults)
        with pytest.raises(Refused, match=TAKEN):
            take(joint.study, table, "nl", by=by)
    assert Claim.objects.count() == 2

    good = attrs.evolve(table, text=rows.replace("R1", "R4"))
    assert take(joint.study, good, "nl", by=by) == 3
    assert Respondent.objects.get(code="R4").claims.count() == 2


def held_before(study: Study, asker, code: str) -> None:
    """Keep a round as it stood before: the organisation of the study at all of them."""
    Round.objects.create(
        study=study, code=code, method="interview", organisation=asker.name,
        controller=study.organisation,
    )  # fmt: skip


@pytest.mark.parametrize("partner_left", [False, True])
def test_a_partner_gets_the_rounds_that_it_held_before_rounds_had_a_controller(
    cluster, host, buyer, other, said, partner_left
):
    for owner in (buyer, other):
        seat_of(cluster, owner, SeatState.TAKEN)
    dataset = dataset_of(cluster, buyer, said)
    shared, part = dataset.study, part_of(dataset, other, said)
    if partner_left:
        put_away(part, by=said.by)
    dates = {"period_start": TODAY, "period_end": TODAY}
    alone = Study.objects.create(theory=shared.theory, organisation=buyer, title="A", **dates)
    held_before(alone, other, "alone")
    for code, asker in {"own": buyer, "partner": other, "outsider": host}.items():
        held_before(shared, asker, code)

    moved = import_module("biotoop.web.clusters.migrations.0004_rounds_of_partners")
    moved.name_who_asked(apps, connection.schema_editor())
    of_partner = Round.objects.filter(controller=other)
    assert [each.code for each in of_partner] == ["partner"]
    assert Round.objects.filter(controller=buyer).count() == 3
