"""What every page of a run has: who asks, which edition they read, and where it all comes from."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from biotoop.web.analyses.bridge.pages import Plain, read_page
from biotoop.web.analyses.bridge.places import Place
from biotoop.web.analyses.enums import Edition
from biotoop.web.analyses.models import Run
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest, could, found, may
from biotoop.web.studies.models import Study
from biotoop.web.studies.views.frame import reader_language, tab, trail_to

AROUND = (
    "study__theory__programme__organisation", "study__organisation", "study__cycle", "version",
    "job", "superseded_by",
)  # fmt: skip
EDITION, FOR_READERS = "editie", "lezers"


def may_see_runs(request: ReaderRequest, _study: Study) -> bool:
    """Show the findings of a study to who may see any; asks the database nothing."""
    return could(request.reader, Run._meta.label, Verb.SEE)


tab(70, "analyses:runs", lambda: _("Findings"), may_see_runs)


def opened_run(request: ReaderRequest, pk: UUID, verb: Verb = Verb.SEE) -> Run:
    """Give a run with which the reader may do this; else it does not exist, or is refused."""
    return found(request.reader, Run, pk, verb, among=Run.objects.select_related(*AROUND))


def refuse_unseen(request: ReaderRequest, study: Study) -> None:
    """Refuse who may see a study, and nothing of what came of it."""
    if not may_see_runs(request, study):
        raise PermissionDenied


class Reading:
    """A run as one reader reads it: in their edition, and in their language when that is there."""

    def __init__(self, request: ReaderRequest, run: Run) -> None:
        self.request, self.run = request, run
        self.may_team = may(request.reader, Verb.CHANGE, run)
        for_team = self.may_team and request.GET.get(EDITION) != FOR_READERS
        self.edition = Edition.TEAM if for_team else Edition.READERS
        self.place = Place(run.digest)
        wanted = reader_language()
        there = self.place.pages(self.edition, wanted).is_dir()
        self.language = wanted if there else ("en" if wanted == "nl" else "nl")

    @property
    def asked(self) -> str:
        """Give what goes behind an address, to stay in the edition that was asked for."""
        chosen = self.may_team and self.edition == Edition.READERS
        return f"?{EDITION}={FOR_READERS}" if chosen else ""

    def page(self, name: str) -> Plain:
        """Give one page; it may not be there."""
        page = read_page(self.place.pages(self.edition, self.language), name)
        if page is None:
            raise Http404
        return page

    def perhaps(self, name: str) -> Plain | None:
        """Give one page, or nothing."""
        return read_page(self.place.pages(self.edition, self.language), name)

    def around(self, *more: tuple[str, str]) -> dict[str, Any]:
        """Give what every page of findings shows."""
        run, index = self.run, self.page("index")
        own = (f"{run.get_absolute_url()}{self.asked}", _("Findings"))
        return {
            "run": run,
            "study": run.study,
            "index": index,
            "edition": self.edition,
            "may_team": self.may_team,
            "for_readers": self.edition == Edition.READERS,
            "asked_edition": self.asked,
            "other_language": self.language if self.language != reader_language() else "",
            "trail": [*trail_to(run.study), own, *more],
            "chapters": self.chapters(index),
        }

    def chapters(self, index: Plain) -> list[tuple[str, str]]:
        """Give the way to each chapter."""
        run, ways = self.run, []
        for chapter in index["chapters"]:
            address = run.get_absolute_url()
            if chapter["anchor"] != "answer":
                address = reverse("analyses:chapter", args=[run.pk, chapter["anchor"]])
            ways.append((address, chapter["title"]))
        ways.insert(3, (reverse("analyses:chapter", args=[run.pk, "voices"]), _("Voices")))
        return ways
