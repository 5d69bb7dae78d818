"""A person's own settings, their data, and the end of their account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django.views.i18n import set_language

from biotoop.web.accounts.actions import personal_data, proving
from biotoop.web.accounts.actions.signing_in import record_access
from biotoop.web.accounts.actions.throttling import TooManyAttempts
from biotoop.web.accounts.forms import EraseForm, ProfileForm
from biotoop.web.accounts.models import User
from biotoop.web.accounts.views.access import too_often
from biotoop.web.accounts.views.proofs import me


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Change name, language, time zone, and how news comes."""
    user = me(request)
    form = ProfileForm(request.POST or None, instance=user)
    if form.is_valid():
        with transaction.atomic():
            form.save()
            record_access("profile_changed", user.pk, user.pk)
        with translation.override(user.language):
            messages.success(request, _("Your profile is saved."))
        return redirect("accounts:account")
    return render(
        request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200
    )


def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Choose a language; it goes along with who is signed in."""
    chosen = request.POST.get("language", "")
    if request.method == "POST" and chosen in dict(settings.LANGUAGES):
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(language=chosen)
    return set_language(request)


@login_required
@never_cache
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show all that is kept about the reader."""
    subjects = personal_data.readable(me(request))
    return render(request, "accounts/data.html", {"subjects": subjects})


@login_required
@never_cache
@require_safe
def data_file(request: HttpRequest) -> HttpResponse:
    """Give the same as a file for programs."""
    made = personal_data.as_json(me(request))
    answer = HttpResponse(made, content_type="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="biotoop-account.json"'
    return answer


@sensitive_post_parameters("password")
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """End the account, to who gives the password, or just signed in through an organisation."""
    user, status = me(request), 200
    form = EraseForm(request.POST or None, user=user)
    again = proving.must_sign_in_again(request, user)
    if not again and form.is_valid():
        try:
            if proving.proves(request, user, form.cleaned_data.get("password", "")):
                personal_data.erase(user)
                request.session.flush()
                messages.success(
                    request, _("Your account is gone. Thank you for what you brought.")
                )
                return redirect("shared:start")
            form.add_error("password", _("This is not your password."))
        except TooManyAttempts as refused:
            form.add_error(None, too_often(refused))
            status = 429
        except personal_data.WorkToHandOver:
            status = 409
    status = 422 if form.errors and status == 200 else status
    reasons = personal_data.to_hand_over(user)
    context = {
        "form": form,
        "reasons": reasons,
        "sign_in_again": again,
        "sign_on": settings.OIDC.get("name"),
    }
    return render(request, "accounts/erase.html", context, status=status)
