"""The door of the demo: one click and you are the person of a role; in demo mode only."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from biotoop.web.accounts.actions.signing_in import complete
from biotoop.web.accounts.models import User
from biotoop.web.config.demo.content import PEOPLE, address_of
from biotoop.web.config.demo.seeding import is_seeded
from biotoop.web.shared.enums import Role


@never_cache
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the invented people; the second factor of theirs is skipped too."""
    person = person_of(request.POST.get("role", ""))
    if person is None:
        raise Http404
    complete(request, person, with_code=True)
    return redirect(settings.LOGIN_REDIRECT_URL)


def person_of(role: str) -> User | None:
    """Give the person of a role, where the invented world is and may be."""
    if settings.MODE != "demo" or role not in Role.values or not is_seeded():
        return None
    return User.objects.filter(email=address_of(Role(role)), is_active=True).first()


def people() -> list[tuple[Role, str, str]]:
    """List who somebody can be: role, name and organisation, in the order of the roles."""
    if settings.MODE != "demo":
        return []
    addresses = {address_of(role): role for role in PEOPLE}
    rows = User.objects.filter(email__in=addresses, is_active=True)
    found = rows.values_list("email", "name", "memberships__organisation__name")
    known = {addresses[email]: (name, home or "") for email, name, home in found}
    return [(role, *known[role]) for role in PEOPLE if role in known]
