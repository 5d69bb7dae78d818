"""Every part of a page, once, for who builds or judges the look."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biotoop.web.shared.forms import SampleForm

SAMPLE_DAY = dt.date(2026, 3, 3)
NOBODY = UUID(int=0)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the parts; in production to staff only."""
    is_staff = getattr(request.user, "needs_second_factor", False)
    if settings.MODE == "production" and not is_staff:
        raise Http404
    wrong = SampleForm({"start": "31-02-2026"})
    wrong.is_valid()
    context = {**samples(), "form": SampleForm(), "wrong": wrong}
    return render(request, "shared/gallery.html", context)


def samples() -> dict[str, Any]:
    """Give what the parts are filled with; all of it is invented."""
    return {
        "trail": [("/", _("Start")), ("#", _("Studies")), ("", _("Strong in the neighbourhood"))],
        "tabs": [
            ("/onderdelen/", _("Overview")),
            ("#rows", _("Evidence")),
            ("#forms", _("People")),
        ],
        "steps": [_("Design"), _("Data"), _("Analysis"), _("Conclusion")],
        "page": Paginator(range(412), 20).page(4),
        "rows": [
            (_("Baseline"), SAMPLE_DAY, 412, "good", _("finished")),
            (_("Follow-up after half a year"), SAMPLE_DAY, 371, "busy", _("running")),
            (_("Follow-up after a year"), SAMPLE_DAY, None, "calm", _("planned")),
            (_("Interviews with residents"), SAMPLE_DAY, 7, "warn", _("late")),
            (_("Register data"), SAMPLE_DAY, 0, "bad", _("refused")),
        ],
        "quote": "Ik loop 's avonds weer een rondje. Ik weet nu wie er woont.",
        "files": [
            {"id": NOBODY, "name": "toestemming.pdf", "size": 181_204, "created_at": SAMPLE_DAY}
        ],
        "colours": ["good", "busy", "warn", "bad", "calm"],
    }
