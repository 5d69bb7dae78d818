"""Runs and judgements lie where their study lies; some may be read by everybody."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from biotoop.web.analyses.enums import RunState
from biotoop.web.analyses.models import Certainty, Override, Run
from biotoop.web.shared.enums import Reach, Verb
from biotoop.web.shared.rules import Reader, reach
from biotoop.web.studies.models import Study
from biotoop.web.studies.rules import along, may_in_study
from biotoop.web.theories.enums import Visibility

for owned in (Certainty, Override, Run):
    along(owned, "study")


@reach(Run, Reach.PUBLIC)
def of_published_studies(ids: Collection[UUID]) -> Q:  # noqa: ARG001 - every reach has this form
    """Show everybody a study whose result is public, on a theory that everybody may read."""
    return Q(
        state=RunState.DONE,
        study__published_on__isnull=False,
        study__theory__visibility=Visibility.PUBLIC,
        study__theory__latest__isnull=False,
        study__theory__archived_at=None,
        study__archived_at=None,
    )


def may_judge(reader: Reader, model: type[Certainty | Override], study: Study) -> bool:
    """Tell whether a reader may judge in a study."""
    return may_in_study(reader, model, study, Verb.MAKE)
