"""A harvester that is not ours takes everything, over the network, part by part."""

import time

import pytest
from django.core.signals import request_started
from oaipmh_scythe import Scythe

from biotoop.web.knowledge.bridge.harvesting import A_PART
from biotoop.web.knowledge.models import Product
from web.knowledge.conftest import fill
from web.organisations.conftest import organisation

MANY, EVERY, PATIENCE = 10_000, 10, 60


@pytest.mark.slow
def test_another_harvester_gets_ten_thousand_records_and_the_deletions(
    committed, live_server, record_property
):
    fill(organisation("Samenkracht"), MANY, deleted_every=EVERY)
    begun, asked = time.monotonic(), []

    def count(**_more) -> None:
        asked.append(1)

    request_started.connect(count)
    with Scythe(f"{live_server.url}/oai/") as harvester:
        heads = [record.header for record in harvester.list_records(metadata_prefix="oai_dc")]
    request_started.disconnect(count)
    seconds = time.monotonic() - begun
    record_property("seconds", round(seconds, 1))
    print(f"harvest: {len(heads)} records, {len(asked)} requests, {seconds:.1f} s")  # noqa: T201 - said with -s

    assert committed is None
    assert len(heads) == len({head.identifier for head in heads}) == MANY
    assert sum(head.deleted for head in heads) == MANY // EVERY
    expected = {f"oai:127.0.0.1:{pk}" for pk in Product.objects.values_list("pk", flat=True)}
    assert {head.identifier for head in heads} == expected
    assert len(asked) == MANY // A_PART
    assert seconds < PATIENCE


@pytest.mark.slow
def test_another_harvester_takes_a_set_a_period_and_the_rest(committed, live_server):
    fill(organisation("Samenkracht"), 250, deleted_every=50)
    with Scythe(f"{live_server.url}/oai/") as harvester:
        told = harvester.identify()
        sets = {one.setSpec for one in harvester.list_sets()}
        reports = list(harvester.list_identifiers(metadata_prefix="oai_dc", set_="kind:report"))
        ignoring = list(harvester.list_records(metadata_prefix="datacite", ignore_deleted=True))
        one = harvester.get_record(
            identifier=ignoring[0].header.identifier, metadata_prefix="oai_dc"
        )

    assert committed is None
    assert told.deletedRecord == "persistent"
    assert "kind:report" in sets
    assert (len(reports), len(ignoring)) == (250, 245)
    assert one.metadata["title"][0].startswith("Nummer <")
