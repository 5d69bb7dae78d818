"""A person's own account: set up the second factor, renew the codes on paper."""

import io

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from biotoop.web.accounts.actions import second_factors, signing_in
from biotoop.web.accounts.actions.throttling import TooManyAttempts
from biotoop.web.accounts.forms import CodeForm
from biotoop.web.accounts.models import User
from biotoop.web.accounts.queries import has_second_factor, unused_codes
from biotoop.web.accounts.views.access import too_often

SECRET = "secret-to-set-up"  # noqa: S105 - where it is kept in the session


def me(request: HttpRequest) -> User:
    """Give the person who is signed in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    user = me(request)
    context = {
        "has_factor": has_second_factor(user),
        "codes_left": unused_codes(user).count(),
        "has_password": user.has_usable_password(),
    }
    return render(request, "accounts/account.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the secret, and turn the second factor on when the app gives the right code."""
    user = me(request)
    if has_second_factor(user):
        if request.session.get("with-code"):
            return redirect("accounts:account")
        signing_in.begin_session(request, user, then=request.get_full_path())
        return redirect("accounts:code")
    secret = request.session.setdefault(SECRET, second_factors.new_secret())
    form = CodeForm(request.POST or None, only_app=True)
    if form.is_valid():
        codes = second_factors.set_up(user, secret, form.cleaned_data["code"])
        if codes is not None:
            del request.session[SECRET]
            request.session["with-code"] = True
            request.session.cycle_key()
            return render(request, "accounts/codes.html", {"codes": codes, "is_new": True})
        form.add_error("code", _("This is not the code that your app should show now."))
    grouped = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    context = {"form": form, "secret": grouped, "required": user.needs_second_factor}
    return render(request, "accounts/set_up.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """Draw the secret for the camera; its own address, so that no page needs inline pictures."""
    secret = request.session.get(SECRET)
    if secret is None:
        raise Http404
    drawn, file = segno.make(second_factors.address(secret, me(request)), micro=False), io.BytesIO()
    drawn.save(file, kind="svg", scale=4, border=2, omitsize=True)
    return HttpResponse(file.getvalue(), content_type="image/svg+xml")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest) -> HttpResponse:
    """Give new codes on paper, to who shows a code first."""
    user, status = me(request), 200
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            if signing_in.check_code(request, user, form.cleaned_data["code"]):
                codes = second_factors.renew_codes(user)
                messages.success(request, _("Your old codes on paper no longer work."))
                return render(request, "accounts/codes.html", {"codes": codes})
            form.add_error("code", _("This code is not right, or it was used before."))
        except TooManyAttempts as refused:
            form.add_error(None, too_often(refused))
            status = 429
    status = 422 if form.errors and status == 200 else status
    return render(request, "accounts/renew.html", {"form": form}, status=status)
