"""Decide about what people miss in the theory, with the reason."""

import attrs
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.interviews.enums import ProposalState
from biotoop.web.interviews.models import Proposal
from biotoop.web.shared.actions.records import Refused
from biotoop.web.studies.actions.editions import fresh, keep
from biotoop.web.theories.actions.drafting import adding_node, save
from biotoop.web.theories.bridge.editing import NodeWords
from biotoop.web.theories.models import Draft


@attrs.frozen(kw_only=True)
class Verdict:
    """What is decided: taken up as a node of this kind, not taken up, or kept for later."""

    state: str
    reason: str
    kind: str = "result"


@transaction.atomic
def decide(proposal: Proposal, verdict: Verdict, *, by: User, seen: int) -> Proposal:
    """Decide about a proposal; what is taken up becomes a node in the draft of the theory.

    Raises
    ------
    Refused
        There is no reason, or it is a node already.
    """
    there = fresh(proposal, seen)
    if not verdict.reason.strip():
        raise Refused(_("Say why."))
    if there.node_code:
        raise Refused(
            _("This stands in the draft already, as %(code)s.") % {"code": there.node_code}
        )
    there.state, there.reason = verdict.state, verdict.reason.strip()
    there.decided_at, there.decided_by = now(), by.pk
    if verdict.state == ProposalState.INCLUDED:
        there.node_code = drafted(there, verdict.kind, by)
    return keep(there, "proposal_decided", "evidence", by)


def drafted(proposal: Proposal, kind: str, by: User) -> str:
    """Put a node for it in the draft; where it belongs is decided while drawing."""
    theory = proposal.study.theory
    seen = Draft.objects.get(theory=theory).edition
    edit = adding_node(NodeWords(kind=kind, label=proposal.label))
    draft = save(theory, edit, by=by, seen=seen)
    return str(draft.content["nodes"][-1]["code"])
