"""What the pages of claims share."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from biotoop.web.interviews.models import Claim, Proposal
from biotoop.web.shared.rules import ReaderRequest
from biotoop.web.studies.bridge.targets import TheoryWords
from biotoop.web.studies.models import Study
from biotoop.web.studies.rules import may_in_study
from biotoop.web.studies.views.frame import reader_language, tab

tab(40, "interviews:claims", lambda: _("Claims"), lambda r, s: may_in_study(r.reader, Claim, s))
tab(
    45,
    "interviews:proposals",
    lambda: _("What is missing"),
    lambda r, s: may_in_study(r.reader, Proposal, s),
)


def theory_of(study: Study) -> TheoryWords | None:
    """Give the words of the theory that a study is about, in the reader's language."""
    return TheoryWords(study.version.content, reader_language()) if study.version else None


def without_theory(request: ReaderRequest, study: Study) -> HttpResponse:
    """Send who has no text to judge to the study, where one is chosen."""
    messages.error(request, _("Choose a published version of the theory first."))
    return redirect(study)
