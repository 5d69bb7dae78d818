"""What the pages of claims share."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from biotoop.web.interviews.models import Claim, Proposal, Round
from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.enums import Role, Verb
from biotoop.web.shared.rules import Reader, ReaderRequest, left_open, visible
from biotoop.web.studies.bridge.targets import TheoryWords
from biotoop.web.studies.models import Study
from biotoop.web.studies.rules import controllers_for, is_joint, may_in_study
from biotoop.web.studies.views.frame import reader_language, tab

tab(40, "interviews:claims", lambda: _("Claims"), lambda r, s: may_in_study(r.reader, Claim, s))
tab(
    45,
    "interviews:proposals",
    lambda: _("What is missing"),
    lambda r, s: may_in_study(r.reader, Proposal, s),
)


def rounds_to_fill(reader: Reader, study: Study) -> QuerySet[Round]:
    """List the rounds in which a reader may write: those for which their organisation answers."""
    return visible(reader, Round).filter(left_open(reader, Round, Verb.CHANGE), study=study)


def own_controllers(reader: Reader, study: Study) -> list[Organisation]:
    """List the organisations for which a reader may gather in a study, the one of it first.

    Who belongs to none of them gathers for the organisation of the study, unless several share it.
    """
    homes = {grant.home for grant in reader.grants if grant.role != Role.GUEST}
    mine = [each for each in controllers_for(study) if each.pk in homes]
    if not mine and not is_joint(study):
        return [study.organisation]
    return sorted(mine, key=lambda each: each.pk != study.organisation_id)


def answering_for(reader: Reader, study: Study) -> list[Organisation]:
    """Give for whom a reader may gather; who gathers for nobody is refused."""
    mine = own_controllers(reader, study)
    if not mine:
        raise PermissionDenied
    return mine


def theory_of(study: Study) -> TheoryWords | None:
    """Give the words of the theory that a study is about, in the reader's language."""
    return TheoryWords(study.version.content, reader_language()) if study.version else None


def without_theory(request: ReaderRequest, study: Study) -> HttpResponse:
    """Send who has no text to judge to the study, where one is chosen."""
    messages.error(request, _("Choose a published version of the theory first."))
    return redirect(study)
