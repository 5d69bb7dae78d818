"""Encrypt anew what is kept encrypted, so that an old key can be taken away."""

from uuid import UUID

import attrs
from django.db import transaction

from biotoop.web.accounts.models import RecoveryCode, SecondFactor
from biotoop.web.shared.actions.audit import record
from biotoop.web.shared.actions.sealing import CannotOpen, resealed
from biotoop.web.shared.models import Letter


@attrs.frozen
class Resealed:
    """What was encrypted anew, what no key opens, and how many people carry codes on paper."""

    done: int
    lost: int
    with_paper_codes: int


def reseal_all() -> Resealed:
    """Encrypt second factors and waiting letters with the key of today."""
    done, lost = 0, 0
    for model, field in ((SecondFactor, "sealed_secret"), (Letter, "sealed_words")):
        rows = model._default_manager.exclude(**{field: ""})
        for key in list(rows.values_list("pk", flat=True)):
            if reseal(model, field, key):
                done += 1
            else:
                lost += 1
    people = RecoveryCode.objects.filter(used_at=None).values("user").distinct().count()
    record(action="secrets_resealed", purpose="keys")
    return Resealed(done, lost, people)


def reseal(model: type[SecondFactor] | type[Letter], field: str, key: UUID) -> bool:
    """Encrypt one row anew, as long as nobody changes it; tell whether a key opened it."""
    with transaction.atomic():
        row = model._default_manager.select_for_update().get(pk=key)
        try:
            setattr(row, field, resealed(getattr(row, field)))
        except CannotOpen:
            return False
        row.save(update_fields=[field])
    return True
