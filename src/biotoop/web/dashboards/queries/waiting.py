"""What waits for one person: each kind of thing in one query, the most urgent first."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

import attrs
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from biotoop.web.analyses.models import Certainty, Override, Run
from biotoop.web.analyses.queries import that_count
from biotoop.web.dashboards.queries.waiting_rows import (
    asked_of_line,
    asked_to_read,
    failed,
    invited,
    missed,
    promised,
    remarked,
    turning,
    undelivered,
    unsettled,
)
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, ask, visible
from biotoop.web.studies.enums import GATES, Phase

SHOWN = 5
Words = str | Promise


@attrs.frozen(kw_only=True)
class Task:
    """One thing that waits: what it is about, where it is done, and how urgent it is."""

    title: str
    address: str
    text: str = ""
    badge: str = ""
    kind: str = "calm"
    due: date | None = None


@attrs.frozen(kw_only=True)
class Group:
    """Things of one kind that wait; ``more`` leads to where all of them stand."""

    title: Words
    tasks: tuple[Task, ...]
    has_more: bool = False


Found = Iterator[Task]
KINDS: list[tuple[Words, Callable[[Reader, date], Iterable[Task]]]] = []


def kind_of_task(title: Words) -> Callable[[Callable[[Reader, date], Found]], Callable[..., Found]]:
    """Say what is asked for, in the order in which people see it."""

    def keep(find: Callable[[Reader, date], Found]) -> Callable[[Reader, date], Found]:
        KINDS.append((title, find))
        return find

    return keep


def waiting_for(reader: Reader, day: date | None = None) -> list[Group]:
    """Give what waits for a reader, by kind; kinds with nothing in them are left out."""
    today = day or site_day()
    groups = []
    for title, find in KINDS:
        tasks = tuple(find(reader, today))
        if tasks:
            groups.append(Group(title=title, tasks=tasks[:SHOWN], has_more=len(tasks) > SHOWN))
    return groups


@kind_of_task(gettext_lazy("Promised results"))
def results_to_publish(reader: Reader, today: date) -> Found:
    """Studies of which the result is due, or whose plan was registered and nothing published."""
    for row in ask(promised, reader, today=today)[: SHOWN + 1]:
        is_late = row.publish_by is not None and row.publish_by < today
        yield Task(
            title=row.title,
            address=row.get_absolute_url(),
            text=_("Registered, not published.") if row.is_registered else _("Not published yet."),
            badge=_("late") if is_late else "",
            kind="warn",
            due=row.publish_by,
        )


@kind_of_task(gettext_lazy("Runs that failed"))
def runs_to_mend(reader: Reader, today: date) -> Found:  # noqa: ARG001 - every kind has this form
    """Give the runs after which nothing was run again."""
    for row in ask(failed, reader)[: SHOWN + 1]:
        yield Task(
            title=row.study.title,
            address=row.get_absolute_url(),
            text=row.get_failure_display(),
            badge=_("failed"),
            kind="bad",
        )


@kind_of_task(gettext_lazy("Theories to read before they are published"))
def reviews_to_do(reader: Reader, today: date) -> Found:  # noqa: ARG001 - as above
    """Drafts that somebody else asked to have read."""
    for row in ask(asked_to_read, reader)[: SHOWN + 1]:
        asked = row.asked_by.name if row.asked_by else _("somebody")
        yield Task(
            title=str(row.theory),
            address=reverse("theories:review", args=[row.theory_id]),
            text=_("%(name)s asks: %(question)s") % {"name": asked, "question": row.question},
        )


@kind_of_task(gettext_lazy("Reflections that are asked of your line"))
def reflections_to_give(reader: Reader, today: date) -> Found:  # noqa: ARG001 - as above
    """Conclusions on which a line did not react yet."""
    for row in ask(asked_of_line, reader)[: SHOWN + 1]:
        address = reverse("studies:reflect", args=[row.pk])
        yield Task(title=str(row.cycle), address=address, text=str(row.line))


@kind_of_task(gettext_lazy("Questions before the next phase"))
def gates_to_pass(reader: Reader, today: date) -> Found:  # noqa: ARG001 - as above
    """Learning cycles on which a team works."""
    for row in ask(turning, reader)[: SHOWN + 1]:
        phase = Phase(row.phase)
        open_ones = len(GATES[phase]) - row.given
        text = ngettext(
            "%(phase)s: %(n)d question is open.", "%(phase)s: %(n)d questions are open.", open_ones
        ) % {"phase": str(phase.label).capitalize(), "n": open_ones}
        if open_ones == 0:
            text = _("%(phase)s: ready to go on.") % {"phase": str(phase.label).capitalize()}
        yield Task(title=str(row), address=row.get_absolute_url(), text=text)


@kind_of_task(gettext_lazy("Safeguards to settle"))
def safeguards_to_settle(reader: Reader, today: date) -> Found:  # noqa: ARG001 - as above
    """Studies in which something that protects people is still open."""
    for row in ask(unsettled, reader)[: SHOWN + 1]:
        text = ngettext("%(n)d is open.", "%(n)d are open.", row["n"]) % {"n": row["n"]}
        address = reverse("studies:safeguards", args=[row["study"]])
        yield Task(title=row["study__title"], address=address, text=text)


@kind_of_task(gettext_lazy("What people miss in a theory"))
def proposals_to_decide(reader: Reader, today: date) -> Found:  # noqa: ARG001 - as above
    """Things that enough people in enough rounds named, and nobody decided about."""
    for row in ask(missed, reader)[: SHOWN + 1]:
        yield Task(title=row.label, address=row.get_absolute_url(), text=row.study.title)


@kind_of_task(gettext_lazy("Evidence to judge apart from the first assessor"))
def evidence_to_judge(reader: Reader, today: date) -> Found:  # noqa: ARG001 - as above
    """Give the findings on which a second assessor did not give a judgement yet."""
    if Role.SECOND_ASSESSOR not in reader.roles:
        return
    mine = {"run": OuterRef("pk"), "by": reader.user_id}
    runs = visible(reader, Run, Verb.CHANGE).filter(study__in=reader.places(Kind.STUDY))
    rows = that_count(runs).exclude(
        Exists(Certainty.objects.filter(**mine)) | Exists(Override.objects.filter(**mine))
    )
    for row in rows.select_related("study").order_by("-finished_at")[: SHOWN + 1]:
        text = _("Open a step, and judge how sure the evidence is.")
        yield Task(title=row.study.title, address=row.get_absolute_url(), text=text)


@kind_of_task(gettext_lazy("Open remarks"))
def remarks_to_answer(reader: Reader, today: date) -> Found:  # noqa: ARG001 - as above
    """Remarks of others on theories that the reader writes."""
    for row in ask(remarked, reader)[: SHOWN + 1]:
        text = ngettext("%(n)d remark", "%(n)d remarks", row["n"]) % {"n": row["n"]}
        address = reverse("theories:comments", args=[row["theory"]])
        yield Task(title=row["theory__title"], address=address, text=text)


@kind_of_task(gettext_lazy("Invitations without an answer"))
def invitations_that_wait(reader: Reader, today: date) -> Found:  # noqa: ARG001 - as above
    """People who were invited and did not answer yet."""
    for row in ask(invited, reader)[: SHOWN + 1]:
        is_over = row.expires_at <= now()
        yield Task(
            title=row.name,
            address=reverse("organisations:invitations", args=[row.organisation_id]),
            text=str(row.organisation),
            badge=_("link has run out") if is_over else "",
            kind="warn",
        )


@kind_of_task(gettext_lazy("Letters that could not be sent"))
def letters_that_stay(reader: Reader, today: date) -> Found:  # noqa: ARG001 - as above
    """Letters with which the post gave up."""
    number = ask(undelivered, reader).count()
    if number:
        text = ngettext("%(n)d letter", "%(n)d letters", number) % {"n": number}
        yield Task(title=_("Outbox"), address=reverse("shared:outbox"), text=text)
