"""Which theories lie where, and who may read what is published."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from biotoop.web.programmes.queries import partners_in, partners_of
from biotoop.web.shared.enums import Kind, Reach
from biotoop.web.shared.rules import Reader, place, reach, visible
from biotoop.web.theories.enums import Visibility
from biotoop.web.theories.models import Comment, Link, Theory, Version

FOR_PARTNERS = (Visibility.PARTNERS, Visibility.PUBLIC)

place(Kind.THEORY, Theory)


@reach(Theory, Kind.ORGANISATION)
def of_the_organisation(ids: Collection[UUID]) -> Q:
    return Q(programme__organisation__in=ids)


@reach(Theory, Kind.PROGRAMME)
def of_the_programme(ids: Collection[UUID]) -> Q:
    return Q(programme__in=ids)


@reach(Theory, Kind.THEORY)
def the_theory_itself(ids: Collection[UUID]) -> Q:
    return Q(pk__in=ids)


@reach(Theory, Reach.PARTNERS)
def published_for_partners(ids: Collection[UUID]) -> Q:
    return shown_to_partners() & Q(programme__organisation__in=partners_of(ids))


@reach(Theory, Kind.PARTNERSHIP)
def published_for_the_partnership(ids: Collection[UUID]) -> Q:
    return shown_to_partners() & Q(programme__organisation__in=partners_in(ids))


@reach(Theory, Reach.PUBLIC)
def published_for_everybody(ids: Collection[UUID]) -> Q:  # noqa: ARG001 - every reach has this form
    return Q(visibility=Visibility.PUBLIC, latest__isnull=False, archived_at=None)


def shown_to_partners() -> Q:
    return Q(visibility__in=FOR_PARTNERS, latest__isnull=False)


@reach(Version, Kind.ORGANISATION)
@reach(Comment, Kind.ORGANISATION)
def of_theories_of_the_organisation(ids: Collection[UUID]) -> Q:
    return Q(theory__programme__organisation__in=ids)


@reach(Version, Kind.PROGRAMME)
@reach(Comment, Kind.PROGRAMME)
def of_theories_of_the_programme(ids: Collection[UUID]) -> Q:
    return Q(theory__programme__in=ids)


@reach(Version, Kind.THEORY)
@reach(Comment, Kind.THEORY)
def of_the_theory(ids: Collection[UUID]) -> Q:
    return Q(theory__in=ids)


@reach(Version, Reach.PARTNERS)
def versions_for_partners(ids: Collection[UUID]) -> Q:
    return of_readable() & Q(theory__programme__organisation__in=partners_of(ids))


@reach(Version, Kind.PARTNERSHIP)
def versions_for_the_partnership(ids: Collection[UUID]) -> Q:
    return of_readable() & Q(theory__programme__organisation__in=partners_in(ids))


def of_readable() -> Q:
    return Q(theory__visibility__in=FOR_PARTNERS, theory__archived_at=None)


@reach(Version, Reach.PUBLIC)
def versions_for_everybody(ids: Collection[UUID]) -> Q:  # noqa: ARG001 - as above
    return Q(theory__visibility=Visibility.PUBLIC, theory__archived_at=None)


@reach(Comment, Reach.OWN)
def written_by_the_person(ids: Collection[UUID]) -> Q:
    return Q(written_by__in=ids)


def steps_seen(reader: Reader) -> QuerySet[Link]:
    """List the steps of published theories that a reader may read, theory by theory."""
    theories = visible(reader, Theory).filter(latest__isnull=False)
    rows = Link.objects.filter(theory__in=theories).exclude(label="").select_related("theory")
    return rows.order_by("theory__title", "theory", "code")
