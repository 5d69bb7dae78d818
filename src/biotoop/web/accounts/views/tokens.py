"""A person's own keys for programs."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from biotoop.web.accounts.actions import tokens
from biotoop.web.accounts.forms import TokenForm
from biotoop.web.accounts.queries import live_tokens
from biotoop.web.accounts.views.proofs import me


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """List the keys, and make one; the new key is shown this once."""
    user = me(request)
    form = TokenForm(request.POST or None)
    context = {"secret": "", "form": form}
    if form.is_valid():
        try:
            _token, context["secret"] = tokens.make(user, **form.cleaned_data)
            context["form"] = TokenForm()
        except tokens.TooManyKeys:
            form.add_error(None, _("You have ten keys; take one back first."))
    context["tokens"] = live_tokens().filter(user=user).order_by("-created_at")
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a key back."""
    if not tokens.withdraw(me(request), pk):
        raise Http404
    messages.success(request, _("The key no longer works."))
    return redirect("accounts:tokens")
