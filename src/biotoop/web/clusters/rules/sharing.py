"""The data of a cluster dataset: open to its controller, and to who has an agreement that holds.

An agreement is for one line, one part and a time. It is asked again at every reading, so that
files close on the day on which agreement, part, arrangement or seat ends.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from biotoop.web.analyses.models import Run
from biotoop.web.clusters.models import Dataset, DatasetPart
from biotoop.web.clusters.queries import open_accesses
from biotoop.web.organisations.models import Organisation
from biotoop.web.organisations.queries import holds_on, live_memberships
from biotoop.web.shared.enums import Reach, Role, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, limit, reach
from biotoop.web.studies.models import Snapshot, Study
from biotoop.web.studies.rules import answering


@answering
def who_bring_in_a_part(study: Study) -> QuerySet[Organisation]:
    """List the organisations that answer for a part of the dataset of a study today."""
    day = site_day()
    parts = DatasetPart.objects.filter(
        holds_on(day), holds_on(day, "dataset__"), dataset__study=study
    )
    return Organisation.objects.filter(pk__in=parts.values("organisation"))


@reach(Snapshot, Reach.INVOLVED)
def agreed_for_their_line(ids: Collection[UUID]) -> Q:
    """Open the files of a part to who holds a line for which its controller agreed."""
    members = live_memberships().filter(user__in=ids)
    accesses = open_accesses().filter(line__holder__membership__in=members)
    here = {"part__dataset__study": OuterRef("study"), "part__organisation": OuterRef("controller")}
    rows = Snapshot.objects.filter(Exists(accesses.filter(**here)))
    return Q(pk__in=rows.values("pk"))


@limit(Snapshot, Verb.EXPORT)
def files_that_are_open(reader: Reader) -> Q:
    """Keep to the controller and to agreements; without a cluster the roles of the study do.

    A study that was ever tied stays shared: else untying it and naming another organisation as its
    own would open the files of that one. Who looks as a guest belongs to no controller.
    """
    homes = {grant.home for grant in reader.grants if grant.home and grant.role != Role.GUEST}
    tied = Dataset.objects.values("study")
    alone = Q(controller=F("study__organisation")) & ~Q(study__in=tied)
    given = alone | Q(controller__in=homes)
    return given | agreed_for_their_line([reader.user_id]) if reader.user_id else given


def studies_with_closed_files(reader: Reader) -> QuerySet[Study]:
    """List the studies of which at least one file is closed to a reader."""
    open_files = Snapshot.objects.filter(files_that_are_open(reader))
    closed = Snapshot.objects.exclude(pk__in=open_files.values("pk"))
    return Study.objects.filter(pk__in=closed.values("study"))


@limit(Study, Verb.EXPORT)
def studies_without_closed_files(reader: Reader) -> Q:
    """Give a whole study folder only to who may take every file in it."""
    return ~Q(pk__in=studies_with_closed_files(reader).values("pk"))


@limit(Run, Verb.CHANGE, Verb.EXPORT)
def runs_without_closed_files(reader: Reader) -> Q:
    """Give the frozen folder, and the small numbers, only to who may take every file."""
    return ~Q(study__in=studies_with_closed_files(reader).values("pk"))
