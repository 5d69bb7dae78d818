"""The outbox: which letters wait, went or failed. What they say is not shown."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from biotoop.web.shared.actions import mail
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.models import Letter
from biotoop.web.shared.rules import ReaderRequest, found, visible

A_PAGE = 30


@require_safe
def outbox(request: ReaderRequest) -> HttpResponse:
    """List the letters, the youngest first."""
    letters = visible(request.reader, Letter).select_related("job").order_by("-created_at", "id")
    page = Paginator(letters, A_PAGE).get_page(request.GET.get("pagina"))
    rows = [(each, mail.KINDS.get(each.template, each.template)) for each in page]
    context = {
        "page": page,
        "rows": rows,
        "is_kept": settings.MAIL_IS_KEPT,
        "is_demo": settings.MODE == "demo",
    }
    return render(request, "shared/outbox.html", context)


@never_cache
@require_safe
def letter(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show what a letter says; in the demo only, where nobody gets it."""
    row = found(request.reader, Letter, pk)
    if settings.MODE != "demo" or not row.sealed_words:
        raise Http404
    subject, text = mail.written(row)
    return render(request, "shared/letter.html", {"subject": subject, "text": text})


@require_POST
def again(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Try a letter once more."""
    row = found(request.reader, Letter, pk, Verb.CHANGE)
    if request.reader.user_id and mail.again(row, request.reader.user_id):
        messages.success(request, _("The letter waits to be sent again."))
    else:
        messages.info(request, _("This letter was not given up; nothing changed."))
    return redirect("shared:outbox")
