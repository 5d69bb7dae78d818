"""What was published stays as it was, also for who goes past the code."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from biotoop.web.theories.models import Frozen, Version

pytestmark = pytest.mark.django_db


def test_a_published_version_refuses_change_and_removal(version: Version):
    version.note = "anders"

    with pytest.raises(Frozen):
        version.save()
    with pytest.raises(Frozen):
        version.delete()
    with pytest.raises(Frozen):
        Version.objects.filter(pk=version.pk).update(note="anders")


def test_the_database_refuses_a_change_past_the_code(version: Version):
    change = "UPDATE theories_version SET note = 'anders'"
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        connection.cursor().execute(change)

    version.refresh_from_db()
    assert version.note == ""


def test_a_number_is_given_out_once(version: Version):
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.create(
            theory=version.theory, number=version.number, content={}, text_hash=uuid4().hex
        )
