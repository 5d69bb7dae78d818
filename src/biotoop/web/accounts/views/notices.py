"""News: what happened that concerns the reader."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from biotoop.web.accounts.actions import notices
from biotoop.web.accounts.models import Notice
from biotoop.web.accounts.views.proofs import me

A_PAGE = 30


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the news, the youngest first."""
    rows = Notice.objects.filter(user=me(request)).order_by("-created_at", "id")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    told = [(notice, notices.text_of(notice)) for notice in page]
    return render(request, "accounts/notices.html", {"page": page, "told": told})


@login_required
@require_POST
def opened(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark one piece of news as read, and go to what it is about."""
    notice = get_object_or_404(Notice, pk=pk, user=me(request))
    notices.read(me(request), notice.pk)
    return redirect(notice.url_name, *([notice.object_id] if notice.object_id else []))


@login_required
@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    """Mark all news as read."""
    notices.read(me(request))
    return redirect("accounts:notices")
