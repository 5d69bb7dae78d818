"""Remarks on a theory, its nodes and steps; and the policy goals that nodes serve."""

from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from biotoop.web.accounts.models import User
from biotoop.web.programmes.models import PolicyGoal
from biotoop.web.theories.actions.theories import note
from biotoop.web.theories.models import Comment, GoalLink, Node, Theory, Version


@transaction.atomic
def comment(
    theory: Theory,
    text: str,
    *,
    by: User,
    target: UUID | None = None,
    version: Version | None = None,
    answers: Comment | None = None,
) -> Comment:
    """Make a remark, or answer one; an answer is about what the remark is about."""
    if answers is not None:
        target, version = answers.target, answers.version
    made = Comment.objects.create(
        theory=theory, text=text, target=target, version=version, answers=answers, written_by=by
    )
    note(theory, "theory_comment_made", by)
    return made


@transaction.atomic
def resolve(remark: Comment, *, by: User, done: bool) -> Comment:
    """Say that a remark is dealt with, or that it is not."""
    remark.resolved_at = now() if done else None
    remark.resolved_by = by.pk if done else None
    remark.edition += 1
    remark.save()
    note(remark.theory, "theory_comment_resolved" if done else "theory_comment_reopened", by)
    return remark


@transaction.atomic
def serve_goal(theory: Theory, node: Node, goal: PolicyGoal, because: str, *, by: User) -> GoalLink:
    """Say that a node serves a policy goal, and how."""
    made, _ = GoalLink.objects.update_or_create(
        node=node,
        goal=goal,
        defaults={"because": because, "made_by": by.pk, "archived_at": None},
    )
    note(theory, "theory_goal_linked", by)
    return made


@transaction.atomic
def leave_goal(theory: Theory, goal_link: GoalLink, *, by: User) -> None:
    """Say that a node does not serve a policy goal after all."""
    goal_link.archived_at = now()
    goal_link.save(update_fields=["archived_at"])
    note(theory, "theory_goal_unlinked", by)
