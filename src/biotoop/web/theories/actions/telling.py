"""Tell people that a theory asks something of them."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.actions.notices import notice_kind, tell
from biotoop.web.organisations.rules import people_who
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.theories.models import Review, Theory

ASKED = notice_kind("theory_review_asked", _("Somebody asks you to read “%(title)s”."))
DECIDED = notice_kind("theory_review_decided", _("“%(title)s” was read; see what they found."))


def tell_readers(review: Review) -> None:
    """Tell who may publish the theory that it waits for a reader."""
    people = people_who(Theory, Verb.DECIDE, around(review.theory))
    say({one for one in people if one != review.asked_by_id}, ASKED, review.theory)


def writers_of(theory: Theory) -> set[UUID]:
    """Give who may write a theory."""
    return people_who(Theory, Verb.CHANGE, around(theory))


def around(theory: Theory) -> dict[Kind, UUID | None]:
    """Give the places in which a theory lies."""
    return {
        Kind.ORGANISATION: theory.programme.organisation_id,
        Kind.PROGRAMME: theory.programme_id,
        Kind.THEORY: theory.pk,
    }


def tell_writer(review: Review) -> None:
    """Tell who asked what became of it, unless the account is gone."""
    asked = review.asked_by_id
    if asked is not None and asked != review.decided_by_id:
        say({asked}, DECIDED, review.theory)


def say(people: set[UUID], code: str, theory: Theory) -> None:
    """Tell something about a theory."""
    words = {"title": str(theory)}
    tell(people, code, url_name="theories:review", object_id=theory.pk, words=words)
