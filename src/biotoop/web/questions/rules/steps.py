"""Which step of a question comes after which, whose step it is, and what it asks."""

from collections.abc import Iterable
from uuid import UUID

import attrs
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biotoop.web.questions.enums import QuestionState as S
from biotoop.web.questions.enums import Who
from biotoop.web.questions.models import Contributor, Match, Question
from biotoop.web.questions.queries import live_matches, owners_of
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import Reader, allowed, may

Words = str | Promise


@attrs.frozen(kw_only=True)
class Step:
    """A step: from which states to which, by whom, what its button says, what who asked is told.

    ``text`` names the field of the form that is told along.
    """

    act: str
    was: tuple[S, ...]
    now: S
    who: tuple[Who, ...]
    button: Words
    told: Words
    text: str = "text"
    is_main: bool = True


DESK, BOTH, ASKER = (Who.DESK,), (Who.RESEARCHER, Who.DESK), (Who.ASKER,)
STEPS: dict[str, Step] = {
    step.act: step
    for step in (
        Step(
            act="take", was=(S.SUBMITTED,), now=S.TRIAGE, who=DESK,
            button=_("Start looking at it"), told=_("Somebody is looking at your question."),
        ),
        Step(
            act="ask", was=(S.TRIAGE,), now=S.ASKED, who=DESK, is_main=False,
            button=_("Ask back"), told=_("We want to ask you something first."),
        ),
        Step(
            act="answer", was=(S.ASKED,), now=S.TRIAGE, who=ASKER,
            button=_("Send the answer"), told=_("You answered. We look at your question again."),
        ),
        Step(
            act="accept", was=(S.TRIAGE,), now=S.ACCEPTED, who=DESK,
            button=_("Accept"), told=_("We take your question. Now we look for a researcher."),
        ),
        Step(
            act="refuse", was=(S.TRIAGE, S.ACCEPTED), now=S.REFUSED, who=DESK, is_main=False,
            button=_("Refuse"), told=_("We cannot take your question. Here you read why."),
        ),
        Step(
            act="merge", was=(S.TRIAGE, S.ACCEPTED), now=S.MERGED, who=DESK, is_main=False,
            button=_("Take together with another"),
            told=_("Somebody asked almost the same. We take your questions together."),
        ),
        Step(
            act="reopen", was=(S.REFUSED, S.WITHDRAWN), now=S.TRIAGE, who=DESK, is_main=False,
            button=_("Look at it again"), told=_("We look at your question again."),
        ),
        Step(
            act="match", was=(S.ACCEPTED,), now=S.MATCHED, who=DESK,
            button=_("Find a researcher"), told=_("A researcher works on your question."),
            text="why",
        ),
        Step(
            act="hand_back", was=(S.MATCHED, S.REFLECTION, S.COPRODUCTION), now=S.ACCEPTED,
            who=BOTH, is_main=False, button=_("Hand back"),
            told=_("The researcher cannot go on. We look for somebody else."),
        ),
        Step(
            act="reflect", was=(S.MATCHED,), now=S.REFLECTION, who=BOTH,
            button=_("Write what is known"), told=_("You can read what is known about it."),
            text="reflection",
        ),
        Step(
            act="begin", was=(S.REFLECTION,), now=S.COPRODUCTION, who=BOTH,
            button=_("Start working it out together"),
            told=_("People from practice and research now work on it together."), text="approach",
        ),
        Step(
            act="deliver", was=(S.COPRODUCTION,), now=S.PRODUCT, who=BOTH,
            button=_("The product is there"), told=_("There is a result."), text="product",
        ),
        Step(
            act="report", was=(S.PRODUCT,), now=S.REPORTED, who=BOTH,
            button=_("Report back"), told=_("Your question is answered."), text="answer",
        ),
        Step(
            act="withdraw",
            was=(S.SUBMITTED, S.TRIAGE, S.ASKED, S.ACCEPTED, S.MATCHED, S.REFLECTION,
                 S.COPRODUCTION, S.PRODUCT),
            now=S.WITHDRAWN, who=ASKER, is_main=False, button=_("Withdraw the question"),
            told=_("You withdrew your question."),
        ),
    )
}  # fmt: skip


# Nobody takes this step: it follows from what happened to another question.
PARTED = Step(
    act="parted", was=(S.MERGED,), now=S.TRIAGE, who=(), button="",
    told=_("The question with which yours went along was withdrawn. We look at yours again."),
)  # fmt: skip
CAME_IN = _("Your question came in.")


def told_of(act: str) -> Words:
    """Give what who asked is told of a step."""
    step = PARTED if act == PARTED.act else STEPS.get(act)
    return step.told if step else CAME_IN


def is_for_all(act: str) -> bool:
    """Tell whether a step is also for who asked a question that was taken together with it.

    What who asked does, and what the desk asks them, stays between these two.
    """
    step = STEPS.get(act)
    return step is not None and act != "ask" and Who.ASKER not in step.who


def parts(reader: Reader, question: Question) -> frozenset[Who]:
    """Tell which parts a reader has in a question."""
    found = set()
    if may(reader, Verb.DECIDE, question):
        found.add(Who.DESK)
    if has(reader, live_matches().filter(question=question)):
        found.add(Who.RESEARCHER)
    if has(reader, owners_of(question)):
        found.add(Who.ASKER)
    return frozenset(found)


def removable(
    reader: Reader, question: Question, people: list[Contributor], mine: frozenset[Who]
) -> set[UUID]:
    """Give whom a reader may take off a question: themselves always; as desk, no owner."""
    changeable = allowed(reader, Verb.CHANGE, people)
    own = {row.pk for row in people if row.pk in changeable}
    if question.is_closed or not mine & {Who.DESK, Who.RESEARCHER}:
        return own
    return {row.pk for row in people if row.pk in own or not row.is_owner}


def has(reader: Reader, rows: Iterable[Match] | Iterable[Contributor]) -> bool:
    """Tell whether one of these rows is the reader's own to act with."""
    return bool(allowed(reader, Verb.CHANGE, list(rows)))


def open_steps(question: Question, who: Iterable[Who]) -> list[Step]:
    """List the steps that these may take now."""
    here = set(who)
    return [step for step in STEPS.values() if question.state in step.was and here & set(step.who)]
