"""A theory of change as linked data: nothing lost, nothing made up, what must be there is there.

The document of the first programme was held once against the published shapes of CIDS 3.2.1
(pyshacl 0.40.1): it passes Basic as published, and Essential without its 55 faulty ``maxCount 0``
statements. Those shapes have no clear licence and do not travel with us; here the same
cardinalities are asked by ``EXACTLY_ONE``.
"""

import datetime as dt
import json
from uuid import UUID

import attrs
import pytest

from biotoop.engine.core.texts import Text
from biotoop.engine.exchange.cids import NotExportable, Publisher, Standing, theory_to_cids
from biotoop.engine.exchange.cids_terms import CONTEXT, EXACTLY_ONE
from biotoop.engine.theory.model import LinkKind, NodeKind
from engine.theory.examples import crowded, demo, link, node, theory

PUBLISHER = Publisher(id=UUID(int=7), name="Samenkracht Beekwaarde")
DAY = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)


def written(of, **more) -> dict:
    more = {"publisher": PUBLISHER, "created": DAY, "language": "nl", **more}
    return theory_to_cids(of, **more)


def entries(document: dict, kind: str) -> list[dict]:
    return [entry for entry in document["@graph"] if entry["@type"] == kind]


def test_every_node_and_step_has_an_address_of_its_own():
    document = written(demo("p1"))
    addresses = [entry["@id"] for entry in document["@graph"]]

    assert len(set(addresses)) == len(addresses) == 2 + 11 + 10
    assert len(entries(document, "cids:Activity")) == 2
    assert len(entries(document, "cids:Outcome")) == 8
    assert len(entries(document, "biotoop:CausalClaim")) == 10


@pytest.mark.parametrize("programme", ["p1", "p2", "p3", "p4"])
def test_what_the_standard_asks_for_is_there_once(programme: str):
    document = written(demo(programme))

    for entry in document["@graph"]:
        for term in EXACTLY_ONE[entry["@type"]]:
            assert isinstance(entry[term], str | dict), (entry["@id"], term)


def test_every_key_has_an_address_so_that_none_vanishes():
    """JSON-LD drops a key without a term in silence; each of ours starts with a known prefix."""
    document = written(crowded(), standing={"S1": Standing(grade="open", scheme="1")})

    for entry in document["@graph"]:
        for key in entry:
            assert key.startswith("@") or str(CONTEXT[key.partition(":")[0]]).endswith(
                (":", "#", "/")
            )


def test_every_address_that_is_named_is_an_entry():
    document = written(crowded())
    known = {entry["@id"] for entry in document["@graph"]}

    for entry in document["@graph"]:
        for key, value in entry.items():
            definition = CONTEXT.get(key)
            if isinstance(definition, dict):
                assert set([value] if isinstance(value, str) else value) <= known


def test_the_chain_runs_from_activity_to_outcome_and_conditions_produce_nothing():
    document = written(theory("I1 R1 U1 C1", "I1>R1 R1>U1 C1?U1 U1~I1"))
    produced = {e["sch:identifier"]: e.get("cids:canProduce", []) for e in document["@graph"][2:6]}
    outcomes = {e["sch:identifier"]: e["@id"] for e in entries(document, "cids:Outcome")}

    assert produced == {"I1": [outcomes["R1"]], "R1": [outcomes["U1"]], "U1": [], "C1": []}


def test_an_intervention_that_leads_to_another_one_stays_as_a_claim():
    document = written(theory("I1 I2 U1", "I1>I2 I2>U1"))

    first = entries(document, "cids:Activity")[0]
    assert "cids:canProduce" not in first
    assert entries(document, "biotoop:CausalClaim")[0]["biotoop:from"] == first["@id"]


def test_a_grade_stands_on_the_arrow_with_its_scheme():
    standing = Standing(grade="plausible", scheme="1", certainty="low", sensitive=True)
    claims = entries(written(demo("p1"), standing={"S2": standing}), "biotoop:CausalClaim")

    assert claims[1]["biotoop:grade"] == "plausible"
    assert claims[1]["biotoop:sensitive"] is True
    assert "biotoop:grade" not in claims[0]


def test_the_mark_invented_goes_along():
    pathway = entries(written(demo("p1")), "cids:ImpactPathway")[0]

    assert pathway["biotoop:invented"] is True
    assert pathway["sch:dateCreated"]["@value"] == "2026-03-01T09:30:00+00:00"


def test_the_same_theory_gives_the_same_document_in_the_language_asked():
    assert json.dumps(written(demo("p2"))) == json.dumps(written(demo("p2")))
    english = written(demo("p1"), language="en")["@graph"][1]
    assert english["cids:hasDescription"].startswith("Theory of change")


def test_an_unsound_theory_is_refused_with_its_faults():
    loose = attrs.evolve(theory("I1 R1 U1", "I1>R1"), title=Text.of("Los"))

    with pytest.raises(NotExportable, match="U1"):
        written(loose)


def test_a_missing_name_of_the_organisation_is_refused():
    with pytest.raises(NotExportable, match="org:hasLegalName"):
        written(demo("p1"), publisher=Publisher(id=UUID(int=7), name=" "))


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        written(demo("p1"), created=DAY.replace(tzinfo=None))


def test_every_kind_of_node_and_step_can_be_written():
    nodes = tuple(node(code) for code in ("I1", "R1", "U1", "M1", "C1"))
    links = (
        link("S1", "I1", "R1"), link("S2", "R1", "U1"), link("S3", "U1", "M1"),
        link("S4", "C1", "U1", kind=LinkKind.CONDITION),
    )  # fmt: skip
    document = written(attrs.evolve(theory("I1"), nodes=nodes, links=links))

    levels = {e["biotoop:level"] for e in document["@graph"] if "biotoop:level" in e}
    assert levels == {str(kind) for kind in NodeKind}
