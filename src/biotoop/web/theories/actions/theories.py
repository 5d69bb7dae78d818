"""Start a theory, say who may read it, write a variant of it, and put it away."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import attrs
from django.db import transaction

from biotoop.web.accounts.models import User
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.actions import records
from biotoop.web.shared.actions.audit import record
from biotoop.web.theories.actions.parts import keep_parts
from biotoop.web.theories.bridge.documents import EMPTY, Plain
from biotoop.web.theories.enums import Act, Language, Visibility
from biotoop.web.theories.models import Draft, DraftEdition, Theory

PURPOSE = "theory of change"


@attrs.frozen(kw_only=True)
class Particulars:
    """What stands above a theory."""

    title: str
    language: str = Language.DUTCH
    place: str = ""
    visibility: str = Visibility.PROGRAMME
    invented: bool = False


@transaction.atomic
def make(
    programme: Programme,
    particulars: Particulars,
    *,
    by: User,
    content: Mapping[str, Any] | None = None,
    variant_of: Theory | None = None,
    identity: UUID | None = None,
) -> Theory:
    """Start a theory with a draft, empty or with what was pasted or read."""
    theory = Theory.objects.create(
        id=identity or uuid4(),
        programme=programme,
        variant_of=variant_of,
        **attrs.asdict(particulars),
    )
    whole: Plain = {**EMPTY, **(content or {})}
    keep_parts(theory, whole)
    draft = Draft.objects.create(theory=theory, content=whole, changed_by=by.pk)
    DraftEdition.objects.create(
        draft=draft, edition=draft.edition, content=whole, act=Act.STARTED, by=by.pk
    )
    note(theory, "theory_started", by)
    return theory


def change(theory: Theory, particulars: Particulars, *, by: User, seen: int) -> Theory:
    """Change what stands above a theory.

    Raises
    ------
    Stale
        Somebody else did so since it was shown.
    """
    values = attrs.asdict(particulars)
    return records.change(theory, values, edition=seen, by=by.pk, purpose=PURPOSE)


def write_variant(
    theory: Theory, programme: Programme, place: str, content: Mapping[str, Any], *, by: User
) -> Theory:
    """Start a theory for another place from the words of this one.

    Its nodes and steps are its own, with the same codes: what holds here need not hold there.
    """
    particulars = Particulars(
        title=theory.title, language=theory.language, place=place, invented=theory.invented
    )
    return make(
        programme, particulars, by=by, content=with_new_identities(content), variant_of=theory
    )


def with_new_identities(content: Mapping[str, Any]) -> Plain:
    """Copy nodes and steps as parts of their own."""
    copied: Plain = {"canvas": dict(content.get("canvas", {}))}
    for part in ("nodes", "links"):
        copied[part] = [
            {key: value for key, value in item.items() if key != "replaces"} | {"id": str(uuid4())}
            for item in content.get(part, ())
        ]
    return copied


def note(theory: Theory, action: str, by: User) -> None:
    """Write an act on a theory down."""
    record(
        action=action, purpose=PURPOSE, actor=by.pk,
        object_kind="theory", object_id=theory.pk,
    )  # fmt: skip
