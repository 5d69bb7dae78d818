"""Add literature and tests; each keeps the hash of the text that it judged."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.shared.actions.records import Refused, noted
from biotoop.web.studies.actions.editions import fresh, keep
from biotoop.web.studies.bridge.targets import TargetWords, TheoryWords
from biotoop.web.studies.models import LiteratureItem, ProcessTest, Study

Item = TypeVar("Item", bound=LiteratureItem | ProcessTest)
PURPOSE = "evidence"


def words_of_theory(study: Study) -> TheoryWords:
    """Give what evidence of a study can be about: the version of the theory that it is pinned to.

    Raises
    ------
    Refused
        No published version was chosen yet.
    """
    if study.version is None:
        raise Refused(_("Choose a published version of the theory first."))
    return TheoryWords(study.version.content, "en" if study.language == "en" else "nl")


def step_of(study: Study, code: str) -> TargetWords:
    """Give the step or route that a code stands for."""
    target = words_of_theory(study).find(code)
    if target is None or target.kind == "node":
        raise Refused(_("“%(code)s” is no step or route of this theory.") % {"code": code})
    return target


@transaction.atomic
def add(item: Item, *, by: User) -> Item:
    """Add a published effect, or a test."""
    target = step_of(item.study, item.target)
    item.target, item.text_hash, item.by = target.code, target.text_hash, by.pk
    if isinstance(item, ProcessTest) and item.found is not None:
        item.looked_at = now()
    item.save()
    noted(item, f"{item._meta.model_name}_added", by.pk, PURPOSE)
    return item


@transaction.atomic
def change(item: Item, fields: Mapping[str, Any], *, by: User, seen: int) -> Item:
    """Change a published effect or a test; it then judges the text as it is now."""
    there: Item = fresh(item, seen)
    was_found = there.found if isinstance(there, ProcessTest) else None
    for name, value in fields.items():
        setattr(there, name, value)
    target = step_of(there.study, there.target)
    there.target, there.text_hash = target.code, target.text_hash
    if isinstance(there, ProcessTest) and there.found is not None and was_found is None:
        there.looked_at = now()
    keep(there, f"{there._meta.model_name}_changed", PURPOSE, by)
    return there


@transaction.atomic
def put_away(item: Item, *, by: User, seen: int) -> Item:
    """Put a published effect or a test away: it counts no more."""
    there: Item = fresh(item, seen)
    there.archived_at = now()
    keep(there, f"{there._meta.model_name}_archived", PURPOSE, by)
    return there
