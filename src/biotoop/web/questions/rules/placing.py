"""Which step of an application comes after which, and whose step it is."""

import attrs
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biotoop.web.questions.enums import ApplicationState as S
from biotoop.web.questions.models import Application
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import Reader, may


@attrs.frozen(kw_only=True)
class PlacingStep:
    """A step: the verb says whose it is (``decide``: the organisation, ``change``: the student)."""

    act: str
    was: tuple[S, ...]
    now: S
    verb: Verb
    button: str | Promise
    needs_reason: bool = False
    is_main: bool = True


PLACING: dict[str, PlacingStep] = {
    step.act: step
    for step in (
        PlacingStep(
            act="talk", was=(S.APPLIED,), now=S.TALK, verb=Verb.DECIDE,
            button=_("Invite for a conversation"), needs_reason=True,
        ),
        PlacingStep(
            act="offer", was=(S.TALK,), now=S.OFFERED, verb=Verb.DECIDE,
            button=_("Offer the place"),
        ),
        PlacingStep(
            act="take", was=(S.OFFERED,), now=S.PLACED, verb=Verb.CHANGE,
            button=_("Take the place"),
        ),
        PlacingStep(
            act="finish", was=(S.PLACED,), now=S.FINISHED, verb=Verb.DECIDE,
            button=_("It is finished"), needs_reason=True,
        ),
        PlacingStep(
            act="decline", was=(S.APPLIED, S.TALK), now=S.DECLINED, verb=Verb.DECIDE,
            button=_("Decline"), needs_reason=True, is_main=False,
        ),
        PlacingStep(
            act="withdraw", was=(S.APPLIED, S.TALK, S.OFFERED), now=S.WITHDRAWN, verb=Verb.CHANGE,
            button=_("Withdraw"), is_main=False,
        ),
        PlacingStep(
            act="stop", was=(S.PLACED,), now=S.STOPPED, verb=Verb.DECIDE,
            button=_("Stop early"), needs_reason=True, is_main=False,
        ),
        PlacingStep(
            act="leave", was=(S.PLACED,), now=S.STOPPED, verb=Verb.CHANGE,
            button=_("Leave early"), needs_reason=True, is_main=False,
        ),
    )
}  # fmt: skip
HOLDING = (S.OFFERED, S.PLACED, S.FINISHED)  # what takes one of the places


def open_placing(reader: Reader, row: Application) -> list[PlacingStep]:
    """List the steps that a reader may take now."""
    here = [step for step in PLACING.values() if row.state in step.was]
    allowed = {verb for verb in {step.verb for step in here} if may(reader, verb, row)}
    return [step for step in here if step.verb in allowed]
