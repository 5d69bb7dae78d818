"""Bring the documents of a study that is here up to date from its folder, after who may saw it."""

import difflib
from collections.abc import Mapping
from uuid import UUID

import attrs
from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.interviews.bridge.archives import STUDY, BadArchive, Unpacked, unpack
from biotoop.web.shared.actions.records import Refused, noted
from biotoop.web.studies.actions import documents
from biotoop.web.studies.bridge.documents import read_text
from biotoop.web.studies.enums import DocumentName
from biotoop.web.studies.models import Study
from biotoop.web.theories.bridge.documents import LanguageCode
from biotoop.web.theories.models import Theory

AROUND = 1  # lines that stay, shown beside those that change
MOST_LINES = 80


@attrs.frozen(kw_only=True)
class Difference:
    """A document of a folder that is not what stands here; ``seen`` is its edition, 0 for none."""

    name: str
    text: str
    seen: int
    lines: tuple[tuple[str, str], ...]
    more: int


def study_in(
    theory: Theory, packed: bytes, language: LanguageCode
) -> tuple[Study, Unpacked] | None:
    """Give the study of a folder when it stands here, on this theory; else nothing."""
    try:
        found = unpack(packed)
    except BadArchive:
        return None
    plain = read_text(STUDY, found.texts.get(STUDY, ""), language).plain
    if not plain:
        return None
    study = Study.objects.filter(pk=UUID(str(plain["id"])), theory=theory).first()
    return None if study is None else (study, found)


def refuse_fixed(study: Study) -> None:
    """Refuse to write over what was registered or put away."""
    if study.registrations.exists():
        raise Refused(
            _("The plan of this study was registered here; a folder never writes over it.")
        )
    if study.is_archived:
        raise Refused(_("This study is archived. Put it back first."))


def differences(study: Study, found: Unpacked) -> list[Difference]:
    """Say how the documents of a folder differ from those that stand here."""
    here = {row.name: row for row in study.documents.all()}
    made = []
    for name in DocumentName.values:
        text = found.texts.get(name)
        if text is None:
            continue
        text = text.replace("\r\n", "\n").strip("\n") + "\n"
        row = here.get(name)
        if row is None or row.text != text:
            lines = told(row.text if row else "", text)
            made.append(
                Difference(
                    name=name,
                    text=text,
                    seen=row.edition if row else 0,
                    lines=tuple(lines[:MOST_LINES]),
                    more=max(0, len(lines) - MOST_LINES),
                )
            )
    return made


def told(old: str, new: str) -> list[tuple[str, str]]:
    """Tell line by line what comes and what goes."""
    kinds = {"+": "added", "-": "dropped", " ": "same"}
    both = difflib.unified_diff(old.splitlines(), new.splitlines(), n=AROUND, lineterm="")
    lines = [line for line in both if not line.startswith(("---", "+++", "@@"))]
    return [(kinds[line[0]], line[1:]) for line in lines]


@transaction.atomic
def update(
    study: Study,
    texts: Mapping[str, tuple[str, int]],
    *,
    by: User,
    language: LanguageCode,
) -> None:
    """Write the documents that somebody saw the differences of; all of them, or none.

    Raises
    ------
    Refused
        The plan was registered here, or the study is archived.
    Unreadable
        A document has a fault.
    Stale
        Somebody else changed one of them since.
    """
    refuse_fixed(Study.objects.select_for_update().get(pk=study.pk))
    for name, (text, seen) in texts.items():
        documents.save(study, name, text, by=by, seen=seen, language=language)
    noted(study, "study_updated_from_folder", by.pk, "study")
