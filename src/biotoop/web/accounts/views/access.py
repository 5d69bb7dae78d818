"""Sign in, give a code, sign out."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from biotoop.web.accounts.actions import proving, sign_on, signing_in
from biotoop.web.accounts.actions.throttling import TooManyAttempts
from biotoop.web.accounts.forms import CodeForm, SignInForm


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    then = safe_target(request)
    if form.is_valid():
        try:
            user = signing_in.check_password(request, **form.cleaned_data)
        except TooManyAttempts as refused:
            return show_sign_in(request, form, then, refused)
        if user is not None:
            is_in = signing_in.begin_session(request, user, then=then)
            return redirect(then if is_in else "accounts:code")
        form.add_error(None, _("This e-mail address and password do not belong together."))
    return show_sign_in(request, form, then)


def show_sign_in(
    request: HttpRequest, form: SignInForm, then: str, refused: TooManyAttempts | None = None
) -> HttpResponse:
    if refused:
        form.add_error(None, too_often(refused))
    context = {"form": form, "next": then, "sign_on": settings.OIDC.get("name")}
    status = 429 if refused else 422 if form.errors else 200
    return render(request, "accounts/sign_in.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask the second half of a sign-in."""
    found = signing_in.half_way(request)
    if found is None:
        return redirect("accounts:sign_in")
    user, then = found
    form, status = CodeForm(request.POST or None), 200
    if form.is_valid():
        try:
            if signing_in.check_code(request, user, form.cleaned_data["code"]):
                signing_in.complete(request, user, with_code=True)
                return redirect(then)
            form.add_error("code", _("This code is not right, or it was used before."))
        except TooManyAttempts as refused:
            form.add_error(None, too_often(refused))
            status = 429
    status = 422 if form.errors and status == 200 else status
    return render(request, "accounts/code.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; only the button does it, never a link from elsewhere."""
    if request.method != "POST":
        return redirect("shared:start")
    signing_in.leave(request)
    messages.success(request, _("You are signed out."))
    return redirect("shared:start")


@require_http_methods(["GET", "HEAD", "POST"])
def sign_on_start(request: HttpRequest) -> HttpResponse:
    """Go to the organisation's own sign-on; only the button does it."""
    if not settings.OIDC or request.method != "POST":
        return redirect("accounts:sign_in")
    request.session["sign-on-then"] = safe_target(request)
    again = "again" in request.POST and request.user.is_authenticated
    proving.asked_for_proof(request)  # what was asked before counts no more
    if again:
        proving.ask_for_proof(request)
    try:
        return sign_on.go_to_provider(request, again=again)
    except sign_on.SignOnRefused as refused:
        return refused_page(request, refused)


@never_cache
@require_safe
def sign_on_back(request: HttpRequest) -> HttpResponse:
    """Come back from the organisation's own sign-on."""
    if not settings.OIDC:
        return redirect("accounts:sign_in")
    asked = proving.asked_for_proof(request)
    try:
        user, at = sign_on.come_back(request)
        proving.hold(asked, user, at)
    except sign_on.SignOnRefused as refused:
        return refused_page(request, refused)
    proving.keep_proof(request, user, at)
    then = request.session.pop("sign-on-then", resolve_url(settings.LOGIN_REDIRECT_URL))
    is_in = signing_in.begin_session(request, user, then=then)
    return redirect(then if is_in else "accounts:code")


def refused_page(request: HttpRequest, refused: sign_on.SignOnRefused) -> HttpResponse:
    context = {
        "reason": refused.reason,
        "sign_on": settings.OIDC["name"],
        "is_in": refused.reason in {"another_person", "not_anew"},
    }
    status = 502 if refused.reason == "unreachable" else 403
    return render(request, "accounts/sign_on_refused.html", context, status=status)


def safe_target(request: HttpRequest) -> str:
    """Give where the reader wanted to go, as long as it is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def too_often(refused: TooManyAttempts) -> str:
    """Say how long to wait."""
    return ngettext(
        "Too many attempts. Wait %(minutes)d minute and try again.",
        "Too many attempts. Wait %(minutes)d minutes and try again.",
        refused.minutes,
    ) % {"minutes": refused.minutes}
