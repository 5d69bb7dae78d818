"""Fix the plan of a study with the time of the server, before anybody looks at the outcome."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.shared.actions.records import Refused, Stale, noted
from biotoop.web.studies.actions.documents import Unreadable
from biotoop.web.studies.actions.telling import REGISTERED, tell_team
from biotoop.web.studies.bridge.folders import files_of, register
from biotoop.web.studies.models import PlanRegistration, Study
from biotoop.web.studies.queries import last_registration
from biotoop.web.theories.bridge.documents import LanguageCode


def register_plan(study: Study, *, by: User, seen: int, language: LanguageCode) -> PlanRegistration:
    """Register the plan as it stands now; an earlier registration stays, and is named.

    Who registered is kept as the organisation and the number of the account, so that a person
    can be forgotten while the registration stays whole.

    Raises
    ------
    Refused
        No published version of the theory was chosen, or nothing changed since the last time.
    Unreadable
        The study has faults; each has its document and line.
    Stale
        The study changed since it was shown.
    """
    version = study.version
    if version is None:
        raise Refused(_("Choose a published version of the theory first."))
    before = last_registration(study)
    files = files_of(study)
    made = register(files, at=now(), by=f"{study.organisation} ({by.pk})", language=language)
    if made.record is None:
        raise Unreadable(*made.faults)
    if before is not None and before.record["fixed"] == made.record["fixed"]:
        raise Refused(_("Nothing changed since the plan was registered; there is nothing to fix."))
    with transaction.atomic():
        there = Study.objects.select_for_update().get(pk=study.pk)
        after = last_registration(there)
        if there.edition != seen or (after and after.pk) != (before and before.pk):
            raise Stale(there, {})
        row = PlanRegistration.objects.create(
            study=there,
            version=version,
            digest=made.digest,
            replaces=before.digest if before else "",
            scheme=made.scheme,
            scheme_digest=made.scheme_digest,
            plans=made.plans,
            registered_at=made.record["registered_at"],
            by=by.pk,
            record=made.record,
            documents=files,
        )
        noted(there, "plan_registered", by.pk, "study")
        tell_team(there, REGISTERED, by=by)
    return PlanRegistration.objects.get(pk=row.pk)
