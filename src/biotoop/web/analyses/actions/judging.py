"""Judge beside what was computed: another grade, or how certain the evidence is."""

from collections.abc import Sequence
from typing import Any

import attrs
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.analyses.models import Certainty, Override, Run
from biotoop.web.shared.actions.audit import record
from biotoop.web.shared.actions.records import Refused
from biotoop.web.theories.models import Link, LinkAssessment

Judged = Override | Certainty


@attrs.frozen(kw_only=True)
class Sure:
    """How certain an assessor finds the evidence: one word, four components, and why."""

    overall: str
    reason: str
    components: Sequence[dict[str, Any]] = ()


def assessed(run: Run, link: Link) -> LinkAssessment:
    """Give what was computed for a step in a run.

    Raises
    ------
    Refused
        The run says nothing of this step.
    """
    rows = LinkAssessment.objects.filter(run=run.pk, link=link, override="")
    found: LinkAssessment | None = rows.order_by("made_at").last() if run.is_done else None
    if found is None:
        raise Refused(_("This run says nothing of this step."))
    return found


def override(run: Run, link: Link, grade: str, reason: str, *, by: User) -> Override:
    """Give another grade, with the reason. It stands beside the computed one, and stays.

    Raises
    ------
    Refused
        There is no reason, the grade is the computed one, or the run says nothing of the step.
    """
    found = assessed(run, link)
    if grade == found.grade:
        raise Refused(_("That is the computed grade already; there is nothing to differ from."))
    row = Override(**common(run, link, found, reason, by), computed=found.grade, grade=grade)
    with transaction.atomic():
        kept(row, "grade_overridden", by)
        renewed(found, override=grade)
    return row


def judge_certainty(run: Run, link: Link, sure: Sure, *, by: User) -> Certainty:
    """Say how certain the evidence is. The next run weighs it; the grade of this one stays."""
    found = assessed(run, link)
    row = Certainty(
        **common(run, link, found, sure.reason, by),
        overall=sure.overall,
        components=list(sure.components),
    )
    with transaction.atomic():
        kept(row, "certainty_judged", by)
    return row


def common(run: Run, link: Link, found: LinkAssessment, reason: str, by: User) -> dict[str, Any]:
    """Give what every judgement holds.

    Who judged is kept as the organisation and the number of the account, so that a person can be
    forgotten while the judgement stays.
    """
    return {
        "study": run.study,
        "run": run,
        "link": link,
        "text_hash": found.text_hash,
        "reason": reason.strip(),
        "assessor": f"{run.study.organisation} ({by.pk})",
        "by": by.pk,
    }


def kept(row: Judged, act: str, by: User) -> None:
    """Add a judgement, and write down that it was made."""
    try:
        row.full_clean()
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from wrong
    row.save()
    kind = row._meta.label_lower
    record(action=act, purpose="judging", actor=by.pk, object_kind=kind, object_id=row.pk)


def renewed(found: LinkAssessment, **values: str) -> None:
    """Write the assessment of a step anew with what was judged; the computed one stays."""
    names = [f.attname for f in LinkAssessment._meta.concrete_fields]
    same = {name: getattr(found, name) for name in names if name not in ("id", "made_at")}
    LinkAssessment.objects.create(**{**same, **values})
