"""What came of a practice question, and which theories a release may lead to now."""

from collections.abc import Iterable
from uuid import UUID

from biotoop.web.knowledge.models import Release
from biotoop.web.knowledge.queries import answering, used_in
from biotoop.web.shared.queries import Outcome
from biotoop.web.shared.rules import NOBODY, visible
from biotoop.web.theories.models import Theory


def products_and_modules(question: UUID) -> list[Outcome]:
    """Give each public product that answers a question, with the modules that take it up."""
    releases = list(answering(question))
    taken_up = used_in([row.product_id for row in releases]) if releases else {}
    return [outcome(row, taken_up[row.product_id]) for row in releases]


def outcome(row: Release, builds_on_it: list[Release] | None = None) -> Outcome:
    """Write one release as others show it."""
    return Outcome(
        kind=row.get_kind_display(),
        title=row.title,
        address=row.product.get_public_url(),
        builds_on_it=tuple(outcome(each) for each in builds_on_it or ()),
    )


def public_theories(releases: Iterable[Release]) -> frozenset[str]:
    """Give the theories named in releases that anybody may read today; of others nothing is said.

    A release never changes, so a theory that closed afterwards still stands in it.
    """
    keys = {key for row in releases for key in theories_in(row)}
    there = visible(NOBODY, Theory).filter(pk__in=keys)
    return frozenset(map(str, there.values_list("pk", flat=True)))


def theories_in(row: Release) -> list[str]:
    """Give the theories that a release names: of the steps it changes, and the one it releases."""
    content = row.content
    found = [touch["theory"] for touch in content["touches"]]
    return [*found, content["theory"]["id"]] if content["theory"] else found
