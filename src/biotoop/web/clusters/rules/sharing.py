"""What a joint study holds: open to its controller, and to who has an agreement that holds.

An agreement is for one line, one part and a time. It opens the files of that part, and what people
said in its rounds. It is asked again at every reading, so that all of it closes on the day on which
agreement, part, arrangement or seat ends. It opens to read: only the controller writes.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from biotoop.web.analyses.models import Run
from biotoop.web.clusters.models import Dataset, DatasetAccess, DatasetPart
from biotoop.web.clusters.queries import open_accesses
from biotoop.web.interviews.models import Claim, Proposal, Quote, Respondent, Round
from biotoop.web.organisations.models import Organisation
from biotoop.web.organisations.queries import holds_on, live_memberships
from biotoop.web.shared.enums import Reach, Role, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, limit, reach
from biotoop.web.studies.models import Snapshot, Study
from biotoop.web.studies.rules import answering, sharing

Ids = Collection[UUID]
READING = (Verb.SEE, Verb.EXPORT)
WRITING = (Verb.CHANGE, Verb.DECIDE, Verb.ARCHIVE)


@answering
def who_bring_in_a_part(study: Study) -> QuerySet[Organisation]:
    """List the organisations that answer for a part of the dataset of a study today."""
    day = site_day()
    parts = DatasetPart.objects.filter(
        holds_on(day), holds_on(day, "dataset__"), dataset__study=study
    )
    return Organisation.objects.filter(pk__in=parts.values("organisation"))


@sharing
def was_ever_tied(study: Study) -> bool:
    """Tell whether a study belongs to a cluster, or did."""
    return Dataset.objects.filter(study=study).exists()


def agreed_with(ids: Ids) -> QuerySet[DatasetAccess]:
    """List the agreements that hold today for lines of these people."""
    members = live_memberships().filter(user__in=ids)
    return open_accesses().filter(line__holder__membership__in=members)


def agreed(model: type[Snapshot | Round], ids: Ids) -> Q:
    """Open the files or rounds of a part to who holds a line for which its controller agreed."""
    here = {"part__dataset__study": OuterRef("study"), "part__organisation": OuterRef("controller")}
    rows = model._default_manager.filter(Exists(agreed_with(ids).filter(**here)))
    return Q(pk__in=rows.values("pk"))


def answered_for(reader: Reader) -> Q:
    """Keep files or rounds to their controller; without a cluster the roles of the study do.

    A study that was ever tied stays shared: else untying it and naming another organisation as its
    own would open the parts of that one. Who looks as a guest belongs to no controller.
    """
    homes = {grant.home for grant in reader.grants if grant.home and grant.role != Role.GUEST}
    tied = Dataset.objects.values("study")
    alone = Q(controller=F("study__organisation")) & ~Q(study__in=tied)
    return alone | Q(controller__in=homes)


def open_to(reader: Reader, model: type[Snapshot | Round]) -> Q:
    """Open files or rounds to their controller, and to who has an agreement."""
    given = answered_for(reader)
    return given | agreed(model, [reader.user_id]) if reader.user_id else given


@reach(Study, Reach.INVOLVED)
def studies_of_their_agreements(ids: Ids) -> Q:
    return Q(pk__in=agreed_with(ids).values("part__dataset__study"))


@reach(Snapshot, Reach.INVOLVED)
def files_agreed_for_their_line(ids: Ids) -> Q:
    return agreed(Snapshot, ids)


@reach(Round, Reach.INVOLVED)
def rounds_agreed_for_their_line(ids: Ids) -> Q:
    return agreed(Round, ids)


def within_rounds(model: type[Model], path: str) -> None:
    """Let what was said be open where its round is; ``path`` leads from row to round."""

    @reach(model, Reach.INVOLVED)
    def agreed_for_their_line(ids: Ids) -> Q:
        return Q(**{f"{path}__in": Round.objects.filter(agreed(Round, ids)).values("pk")})

    @limit(model, *READING)
    def read_in_open_rounds(reader: Reader) -> Q:
        return Q(**{f"{path}__in": Round.objects.filter(open_to(reader, Round)).values("pk")})

    @limit(model, *WRITING)
    def written_in_own_rounds(reader: Reader) -> Q:
        return Q(**{f"{path}__in": Round.objects.filter(answered_for(reader)).values("pk")})


within_rounds(Claim, "round")
within_rounds(Quote, "claim__round")


@limit(Round, *READING)
def rounds_that_are_open(reader: Reader) -> Q:
    return open_to(reader, Round)


@limit(Round, *WRITING)
def rounds_that_they_answer_for(reader: Reader) -> Q:
    return answered_for(reader)


def heard_in(rounds: QuerySet[Round]) -> QuerySet[Respondent]:
    """List who was heard in some rounds."""
    said = Claim.objects.filter(round__in=rounds.values("pk")).exclude(respondent=None)
    return Respondent.objects.filter(pk__in=said.values("respondent"))


@reach(Respondent, Reach.INVOLVED)
def heard_for_their_line(ids: Ids) -> Q:
    return Q(pk__in=heard_in(Round.objects.filter(agreed(Round, ids))).values("pk"))


@limit(Respondent, *READING)
def heard_in_open_rounds(reader: Reader) -> Q:
    """Open a code to who may read something that this person said, or when they said nothing."""
    said = Claim.objects.filter(respondent=OuterRef("pk"))
    opened = Round.objects.filter(open_to(reader, Round)).values("pk")
    return Q(Exists(said.filter(round__in=opened))) | ~Q(Exists(said))


@limit(Proposal, *READING, Verb.DECIDE)
def missed_in_open_rounds(reader: Reader) -> Q:
    """Open what people miss to who may read every claim behind it: the counts are of all."""
    behind = Claim.objects.filter(archived_at=None).exclude(proposal=None)
    closed = closed_to(reader, Round).values("pk")
    return ~Q(pk__in=behind.filter(round__in=closed).values("proposal"))


@limit(Snapshot, Verb.EXPORT)
def files_that_are_open(reader: Reader) -> Q:
    return open_to(reader, Snapshot)


def closed_to(reader: Reader, model: type[Snapshot | Round]) -> QuerySet[Any]:
    """List the files or rounds that are closed to a reader."""
    opened: QuerySet[Any] = model._default_manager.filter(open_to(reader, model))
    return model._default_manager.exclude(pk__in=opened.values("pk"))


def studies_with_closed_parts(reader: Reader) -> QuerySet[Study]:
    """List the studies of which at least one file or round is closed to a reader."""
    files, rounds = closed_to(reader, Snapshot), closed_to(reader, Round)
    return Study.objects.filter(Q(pk__in=files.values("study")) | Q(pk__in=rounds.values("study")))


@limit(Study, Verb.EXPORT)
def studies_without_closed_parts(reader: Reader) -> Q:
    """Give a whole study folder only to who may take everything in it."""
    return ~Q(pk__in=studies_with_closed_parts(reader).values("pk"))


@limit(Run, Verb.CHANGE, Verb.EXPORT)
def runs_without_closed_parts(reader: Reader) -> Q:
    """Give the frozen folder, and the small numbers, only to who may take everything in it."""
    return ~Q(study__in=studies_with_closed_parts(reader).values("pk"))
