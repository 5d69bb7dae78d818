"""Let somebody else read the draft, and publish it as a version that stays."""

import attrs
from django.db import transaction
from django.utils.timezone import now

from biotoop.web.accounts.models import User
from biotoop.web.theories.actions.telling import tell_readers, tell_writer
from biotoop.web.theories.actions.theories import note
from biotoop.web.theories.bridge.documents import (
    Heading,
    LanguageCode,
    Plain,
    TheoryOfChange,
    as_theory,
    hash_of,
    hash_of_content,
    published,
    whole_of,
)
from biotoop.web.theories.bridge.reading import Finding, difference, findings_in
from biotoop.web.theories.enums import ReviewState
from biotoop.web.theories.models import Draft, Link, Node, Review, Theory, Version
from biotoop.web.theories.queries import approval_of, open_review


class CannotPublish(Exception):
    """The draft cannot be published yet: ``reason`` names why, with what stands in the way."""

    def __init__(self, reason: str, findings: tuple[Finding, ...] = ()) -> None:
        self.reason, self.findings = reason, findings
        super().__init__(reason)


@attrs.frozen(kw_only=True)
class Publication:
    """What goes with a version: what changed and why, and why nobody else read it, if so."""

    note: str = ""
    alone: str = ""


def heading_of(theory: Theory, version: str) -> Heading:
    """Give what stands above a theory."""
    return Heading(
        id=theory.pk,
        title=theory.title,
        version=version,
        programme=theory.programme.name,
        place=theory.place,
        invented=theory.invented,
    )


@transaction.atomic
def ask_review(theory: Theory, question: str, *, by: User) -> Review:
    """Ask others to read the draft as it is now."""
    draft = Draft.objects.select_for_update().get(theory=theory)
    waiting = open_review(theory)
    if waiting is not None:
        waiting.state = ReviewState.WITHDRAWN
        waiting.save(update_fields=["state"])
    review = Review.objects.create(
        theory=theory, text_hash=hash_of_content(draft.content), question=question, asked_by=by
    )
    note(theory, "theory_review_asked", by)
    tell_readers(review)
    return review


@transaction.atomic
def decide(review: Review, state: ReviewState, remarks: str, *, by: User) -> Review:
    """Say what somebody found of the draft.

    Raises
    ------
    CannotPublish
        Who asked cannot be the reader as well, or the review is over.
    """
    there = Review.objects.select_for_update().get(pk=review.pk)
    if there.state != ReviewState.ASKED:
        raise CannotPublish("review_over")
    if state == ReviewState.APPROVED and there.asked_by_id == by.pk:
        raise CannotPublish("own_draft")
    there.state, there.remarks = state, remarks
    there.decided_by, there.decided_at = by, now()
    there.edition += 1
    there.save()
    note(there.theory, f"theory.review_{state}", by)
    tell_writer(there)
    return there


@attrs.frozen(kw_only=True)
class Proposal:
    """The draft as the next version: held against the rules before anything is stored."""

    value: TheoryOfChange
    content: Plain
    edition: int
    number: int


def propose(theory: Theory, *, seen: int, language: LanguageCode) -> Proposal:
    """Hold the draft against what a version must keep; no transaction is open meanwhile.

    Raises
    ------
    CannotPublish
        The draft was changed since it was shown, breaks an invariant, or says nothing new.
    """
    draft, last = theory.draft, theory.latest
    if draft.edition != seen:
        raise CannotPublish("changed")
    number = last.number + 1 if last else 1
    value = as_theory(draft.content, heading_of(theory, str(number)))
    if not value.nodes:
        raise CannotPublish("empty")
    stops = tuple(item for item in findings_in(value, language) if item.stops)
    if stops:
        raise CannotPublish("faults", stops)
    if last and difference(published(last.content), value, language).empty:
        raise CannotPublish("nothing_new")
    return Proposal(value=value, content=draft.content, edition=seen, number=number)


def publish(
    theory: Theory, publication: Publication, *, by: User, seen: int, language: LanguageCode
) -> Version:
    """Publish the draft as the next version.

    Raises
    ------
    CannotPublish
        As in ``propose``; or nobody else read this text and no reason was given.
    """
    found = propose(theory, seen=seen, language=language)
    text_hash, content = hash_of(found.value), whole_of(found.value)
    with transaction.atomic():
        there = Theory.objects.select_for_update().get(pk=theory.pk)
        draft = Draft.objects.select_for_update().get(theory=theory)
        if draft.edition != found.edition or there.latest_id != theory.latest_id:
            raise CannotPublish("changed")
        approval = approval_of(there, hash_of_content(found.content))
        alone = publication.alone.strip()
        if approval is None and not alone:
            raise CannotPublish("not_read")
        reader = approval.decided_by.name if approval and approval.decided_by else ""
        version = Version.objects.create(
            theory=there,
            number=found.number,
            content=content,
            text_hash=text_hash,
            draft_edition=found.edition,
            note=publication.note.strip(),
            published_by=by.pk,
            published_by_name=by.name,
            read_by_name=reader,
            alone="" if approval else alone,
        )
        there.latest = version
        there.save(update_fields=["latest"])
        keep_labels(there, found.value)
        note(there, "theory_published", by)
    return version


def keep_labels(theory: Theory, value: TheoryOfChange) -> None:
    """Keep the published words beside the identity of each node and step."""
    nodes = {node.id: str(node.label) for node in value.nodes}
    links = {link.id: f"{link.if_} → {link.then}" for link in value.links}
    parts = {part.pk: part for part in theory.nodes.filter(pk__in=nodes)}
    steps = {step.pk: step for step in theory.links.filter(pk__in=links)}
    for key, node in parts.items():
        node.label = nodes[key]
    for key, link in steps.items():
        link.label = links[key]
    Node.objects.bulk_update(parts.values(), ["label"])
    Link.objects.bulk_update(steps.values(), ["label"])
