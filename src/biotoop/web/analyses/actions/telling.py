"""Tell who asked for a run how it ended."""

from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.actions.notices import notice_kind, tell
from biotoop.web.accounts.models import User
from biotoop.web.analyses.models import Run

READY = notice_kind("run_ready", _("The findings of “%(title)s” are ready."))
FAILED = notice_kind(
    "run_failed", _("The run of “%(title)s” failed. Its page says what you can do.")
)


def tell_asker(run: Run, code: str) -> None:
    """Tell who asked, unless the account is gone."""
    asked = run.asked_by
    people = User.objects.filter(pk=asked).values_list("pk", flat=True) if asked else []
    words = {"title": run.study.title}
    tell(list(people), code, url_name="analyses:run", object_id=run.pk, words=words)
