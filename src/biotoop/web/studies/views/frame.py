"""What every page of a study or a cycle has: who asks, the way here, and the tabs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import attrs
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.models.records import address_of
from biotoop.web.shared.rules import ReaderRequest, found
from biotoop.web.studies.models import Cycle, LiteratureItem, Snapshot, Study
from biotoop.web.studies.rules import may_in_study
from biotoop.web.theories.bridge.documents import LanguageCode

A_PAGE = 25
AROUND = ("theory__programme__organisation", "organisation", "version", "cycle")
Trail = list[tuple[str, str]]
Shown = Callable[[ReaderRequest, Study], bool]


@attrs.frozen
class Tab:
    """A view of a study: its address, its words, who sees it; lower places stand further left."""

    place: int
    name: str
    words: Callable[[], str]
    shown: Shown


TABS: list[Tab] = []


def tab(place: int, name: str, words: Callable[[], str], shown: Shown) -> None:
    """Add a view to every study; apps above studies add theirs."""
    TABS.append(Tab(place, name, words, shown))
    TABS.sort(key=lambda each: each.place)


def always(_request: ReaderRequest, _study: Study) -> bool:
    """Show a view to who sees the study."""
    return True


def changes(request: ReaderRequest, study: Study) -> bool:
    """Show a view to who may change the study."""
    return may_in_study(request.reader, Study, study, Verb.CHANGE)


tab(10, "studies:study", lambda: _("Overview"), always)
tab(20, "studies:documents", lambda: _("Documents"), changes)
tab(30, "studies:plan", lambda: _("Plan"), always)
tab(
    50,
    "studies:evidence",
    lambda: _("Literature and tests"),
    lambda r, s: may_in_study(r.reader, LiteratureItem, s),
)
tab(60, "studies:data", lambda: _("Data"), lambda r, s: may_in_study(r.reader, Snapshot, s))


def reader_language() -> LanguageCode:
    """Tell in which of our two languages the reader reads."""
    return "en" if get_language() == "en" else "nl"


def person(request: ReaderRequest) -> User:
    """Give who does this; nobody writes without an account."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def opened(request: ReaderRequest, pk: UUID, verb: Verb = Verb.SEE) -> Study:
    """Give a study with which the reader may do this; else it does not exist, or is refused."""
    return found(request.reader, Study, pk, verb, among=with_surroundings)


def with_surroundings() -> QuerySet[Study]:
    """Bring along what every page of a study shows."""
    return Study.objects.select_related(*AROUND)


def opened_for(request: ReaderRequest, pk: UUID, model: type[Any], verb: Verb = Verb.SEE) -> Study:
    """Give a study in which the reader may do this with rows of a model."""
    study = opened(request, pk)
    if not may_in_study(request.reader, model, study, verb):
        raise PermissionDenied
    return study


def trail_to(study: Study) -> Trail:
    """Give the way to a study."""
    return [(reverse("studies:list"), _("Studies")), (study.get_absolute_url(), str(study))]


def trail_to_cycle(cycle: Cycle) -> Trail:
    """Give the way to a cycle."""
    return [
        (reverse("studies:cycles"), _("Learning cycles")),
        (cycle.get_absolute_url(), str(cycle)),
    ]


def around(request: ReaderRequest, study: Study, *more: tuple[str, str]) -> dict[str, Any]:
    """Give what every page of a study shows."""
    tabs = [
        (address_of(each.name, study.pk), each.words())
        for each in TABS
        if each.shown(request, study)
    ]
    return {
        "study": study,
        "trail": [*trail_to(study), *more],
        "tabs": tabs,
        "state_badge": BADGES[study.state],
    }


BADGES = {
    "idea": "calm", "plan": "calm", "ethics_agreed": "calm", "fieldwork": "busy",
    "analysis": "busy", "release": "busy", "closed": "good",
}  # fmt: skip
