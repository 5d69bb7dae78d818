"""Ask for a new password, and choose one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from biotoop.web.accounts.actions import passwords, signing_in
from biotoop.web.accounts.actions.throttling import TooManyAttempts
from biotoop.web.accounts.forms import AddressForm, ChangePasswordForm, NewPasswordForm
from biotoop.web.accounts.views.access import too_often
from biotoop.web.accounts.views.proofs import me

LINK = "link-for-a-new-password"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a letter; the answer is the same whether or not there is such an account."""
    form, status = AddressForm(request.POST or None), 200
    if form.is_valid():
        try:
            passwords.ask(request, form.cleaned_data["email"])
        except TooManyAttempts as refused:
            form.add_error(None, too_often(refused))
            status = 429
        else:
            return render(request, "accounts/letter_sent.html", form.cleaned_data)
    status = 422 if form.errors and status == 200 else status
    return render(request, "accounts/forgotten.html", {"form": form}, status=status)


@never_cache
@require_safe
def reset_link(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Take the link out of the address, where it could be seen over a shoulder."""
    if passwords.holder(uid, token) is None:
        return render(request, "accounts/link_over.html", status=410)
    request.session[LINK] = [uid, token]
    return redirect("accounts:reset")


@sensitive_post_parameters("new", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Choose a new password; after that the person signs in as always, second step included."""
    user = passwords.holder(*request.session.get(LINK, ["", ""]))
    if user is None:
        return render(request, "accounts/link_over.html", status=410)
    form = NewPasswordForm(request.POST or None, user=user)
    if form.is_valid():
        passwords.renew(user, form.cleaned_data["new"], by="password_reset")
        request.session.flush()
        messages.success(request, _("Your new password is set. Sign in with it."))
        return redirect("accounts:sign_in")
    return render(
        request, "accounts/reset.html", {"form": form}, status=422 if form.errors else 200
    )


@sensitive_post_parameters("old", "new", "again")
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Change the password, to who gives the one of now."""
    user, status = me(request), 200
    form = ChangePasswordForm(request.POST or None, user=user)
    if form.is_valid():
        try:
            if signing_in.check_password(request, user.email, form.cleaned_data["old"]):
                passwords.change(request, user, form.cleaned_data["new"])
                messages.success(
                    request, _("Your password is changed; everywhere else you are signed out.")
                )
                return redirect("accounts:account")
            form.add_error("old", _("This is not your password of now."))
        except TooManyAttempts as refused:
            form.add_error(None, too_often(refused))
            status = 429
    status = 422 if form.errors and status == 200 else status
    return render(request, "accounts/change.html", {"form": form}, status=status)
