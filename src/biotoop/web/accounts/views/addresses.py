"""Ask for another e-mail address, and confirm it by the link in the letter."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from biotoop.web.accounts.actions import addresses, proving
from biotoop.web.accounts.actions.throttling import TooManyAttempts
from biotoop.web.accounts.forms import NewAddressForm
from biotoop.web.accounts.views.access import too_often
from biotoop.web.accounts.views.proofs import me

LINK = "link-for-a-new-address"


@sensitive_post_parameters("password")
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Ask for a letter to another address."""
    user, status = me(request), 200
    form = NewAddressForm(request.POST or None, user=user)
    again = proving.must_sign_in_again(request, user)
    if not again and form.is_valid():
        try:
            if proving.proves(request, user, form.cleaned_data.get("password", "")):
                addresses.ask(request, user, form.cleaned_data["email"])
                return render(request, "accounts/address_asked.html", form.cleaned_data)
            form.add_error("password", _("This is not your password."))
        except TooManyAttempts as refused:
            form.add_error(None, too_often(refused))
            status = 429
    status = 422 if form.errors and status == 200 else status
    context = {"form": form, "sign_in_again": again, "sign_on": settings.OIDC.get("name")}
    return render(request, "accounts/address.html", context, status=status)


@login_required
@never_cache
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the link out of the address, where it could be seen over a shoulder."""
    request.session[LINK] = token
    return redirect("accounts:confirm_address")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Let the new address hold, when the person says so."""
    user, token = me(request), request.session.get(LINK, "")
    try:
        if request.method == "POST":
            new = addresses.confirm(user, token)
            request.session.pop(LINK, None)
            messages.success(request, _("Your address is now %(new)s.") % {"new": new})
            return redirect("accounts:account")
        context = {"new": addresses.opened(user, token)}
    except addresses.LinkIsOver:
        return render(request, "accounts/address_link_over.html", status=410)
    return render(request, "accounts/confirm_address.html", context)
