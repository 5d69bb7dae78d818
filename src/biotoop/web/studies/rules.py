"""Which cycles and studies lie where, and whose turn a reflection is."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from biotoop.web.organisations.models import Organisation
from biotoop.web.organisations.queries import holds_on, live_memberships
from biotoop.web.programmes.models import LinePartner
from biotoop.web.programmes.queries import partners_in, partners_of, partnerships_of
from biotoop.web.shared.enums import Kind, Reach, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, matrix, place, reach
from biotoop.web.shared.rules.registry import known_reach
from biotoop.web.studies.models import (
    Cycle,
    LiteratureItem,
    PlanRegistration,
    ProcessTest,
    Reflection,
    Snapshot,
    Study,
    StudySafeguard,
)
from biotoop.web.theories.models import Theory
from biotoop.web.theories.rules import FOR_PARTNERS

Ids = Collection[UUID]
Condition = Callable[[Ids], Q]
Answering = Callable[[Study], QuerySet[Organisation]]
OTHERS_ANSWERING: list[Answering] = []
SHARING: list[Callable[[Study], bool]] = []

place(Kind.STUDY, Study)


def along(model: type[Model], path: str) -> None:
    """Let the rows of a model lie where their study lies; ``path`` leads from row to study."""
    within: dict[Kind, str] = {
        Kind.ORGANISATION: "organisation",
        Kind.PROGRAMME: "theory__programme",
        Kind.THEORY: "theory",
        Kind.STUDY: "pk",
    }
    for kind, name in within.items():
        reach(model, kind)(naming(f"{path}__{name}__in" if path else f"{name}__in"))
    start = f"{path}__" if path else ""

    @reach(model, Reach.PARTNERS)
    def of_partners(ids: Ids) -> Q:
        return shown_to_partners(start) & Q(**{f"{start}organisation__in": partners_of(ids)})

    @reach(model, Kind.PARTNERSHIP)
    def of_the_partnership(ids: Ids) -> Q:
        return shown_to_partners(start) & Q(**{f"{start}organisation__in": partners_in(ids)})


def naming(key: str) -> Condition:
    """Give the condition that a field is one of these."""
    return lambda ids: Q(**{key: ids})


def shown_to_partners(start: str) -> Q:
    """Show partners what was registered, and what is about a theory that they may read."""
    registered = Q(**{f"{start}pk__in": PlanRegistration.objects.values("study")})
    return registered | Q(**{f"{start}theory__visibility__in": FOR_PARTNERS})


along(Study, "")
for owned in (LiteratureItem, PlanRegistration, ProcessTest, Snapshot, StudySafeguard):
    along(owned, "study")


@reach(Cycle, Kind.ORGANISATION)
def cycles_of_the_organisation(ids: Ids) -> Q:
    return Q(theory__programme__organisation__in=ids)


@reach(Cycle, Kind.PROGRAMME)
def cycles_of_the_programme(ids: Ids) -> Q:
    return Q(theory__programme__in=ids)


@reach(Cycle, Kind.THEORY)
def cycles_of_the_theory(ids: Ids) -> Q:
    return Q(theory__in=ids)


@reach(Cycle, Kind.STUDY)
def cycle_of_the_study(ids: Ids) -> Q:
    return Q(pk__in=Study.objects.filter(pk__in=ids).values("cycle"))


@reach(Cycle, Kind.PARTNERSHIP)
def cycles_of_the_partnership(ids: Ids) -> Q:
    return Q(partnership__in=ids)


@reach(Cycle, Reach.PARTNERS)
def cycles_of_their_partnerships(ids: Ids) -> Q:
    return Q(partnership__in=partnerships_of(ids))


@reach(Reflection, Kind.ORGANISATION)
def reflections_on_cycles_of_the_organisation(ids: Ids) -> Q:
    return Q(cycle__theory__programme__organisation__in=ids)


@reach(Reflection, Kind.PROGRAMME)
def reflections_on_cycles_of_the_programme(ids: Ids) -> Q:
    return Q(cycle__theory__programme__in=ids)


@reach(Reflection, Kind.PARTNERSHIP)
def reflections_of_the_partnership(ids: Ids) -> Q:
    return Q(cycle__partnership__in=ids)


@reach(Reflection, Reach.PARTNERS)
def reflections_of_their_partnerships(ids: Ids) -> Q:
    return Q(cycle__partnership__in=partnerships_of(ids))


@reach(Reflection, Reach.OWN)
def of_lines_on_which_they_work(ids: Ids) -> Q:
    homes = live_memberships().filter(user__in=ids).values("organisation")
    lines = LinePartner.objects.filter(holds_on(site_day()), organisation__in=homes)
    return Q(line__in=lines.values("line"))


def answering(others: Answering) -> Answering:
    """Say who may answer for a data file of a study beside the organisation of the study."""
    OTHERS_ANSWERING.append(others)
    return others


def sharing(told: Callable[[Study], bool]) -> Callable[[Study], bool]:
    """Say when several organisations share a study, so that its roles alone open no part."""
    SHARING.append(told)
    return told


def is_joint(study: Study) -> bool:
    """Tell whether several organisations share a study, or ever did."""
    return any(told(study) for told in SHARING)


def controllers_for(study: Study) -> QuerySet[Organisation]:
    """List the organisations that may answer for a data file of a study."""
    found = Q(pk=study.organisation_id)
    for others in OTHERS_ANSWERING:
        found |= Q(pk__in=others(study).values("pk"))
    return Organisation.objects.filter(found).order_by("name", "pk")


def may_in_study(reader: Reader, model: type[Model], study: Study, verb: Verb = Verb.SEE) -> bool:
    """Tell whether a reader may do this with rows of a model in a study, also when it has none.

    Where the study lies is read from the study itself, so that a page can ask this often.
    """
    around: dict[str, UUID] = {
        Kind.ORGANISATION: study.organisation_id,
        Kind.PROGRAMME: study.theory.programme_id,
        Kind.THEORY: study.theory_id,
        Kind.STUDY: study.pk,
    }
    afar: dict[str, set[UUID]] = {}
    for grant in reader.grants:
        for word in matrix().reaches(model._meta.label, grant.role, verb):
            if word == Reach.ALL or word == grant.kind == Kind.SITE:
                return True
            if word == grant.kind and grant.scope_id and around.get(word) == grant.scope_id:
                return True
            far = grant.home if word == Reach.PARTNERS else grant.scope_id
            far = reader.user_id if word == Reach.INVOLVED else far
            from_afar = word in (Reach.PARTNERS, Reach.INVOLVED)
            if far and (from_afar or word == grant.kind == Kind.PARTNERSHIP):
                afar.setdefault(word, set()).add(far)
    return any(is_seen_from(study, word, ids) for word, ids in afar.items())


def theories_for(reader: Reader, model: type[Model]) -> QuerySet[Theory]:
    """List the theories on which a reader may make such a record."""
    found = Q(pk__in=())
    for grant in reader.grants:
        for word in matrix().reaches(model._meta.label, grant.role, Verb.MAKE):
            if word == grant.kind and grant.scope_id:
                found |= known_reach(Theory, word)([grant.scope_id])
    return Theory.objects.filter(found, archived_at=None).only("title", "place")


def is_seen_from(study: Study, word: str, ids: Ids) -> bool:
    """Tell whether who stands further off sees a study: partners, or who has an agreement."""
    return Study.objects.filter(known_reach(Study, word)(ids), pk=study.pk).exists()
