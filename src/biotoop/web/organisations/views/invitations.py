"""Invite people, and accept an invitation."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.accounts.actions import signing_in
from biotoop.web.accounts.models import User
from biotoop.web.organisations.actions import inviting
from biotoop.web.organisations.forms.people import InvitationForm, JoinForm
from biotoop.web.organisations.models import Invitation, Organisation
from biotoop.web.organisations.views.frame import A_PAGE, person, tabs_of, trail_to
from biotoop.web.organisations.views.roles import check, choices
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import ReaderRequest, found, may_make, visible
from biotoop.web.shared.views.records import Words, add_faults, form_page, said, with_end


@require_safe
def index(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """List the invitations of an organisation."""
    organisation = host(request, pk)
    rows = visible(request.reader, Invitation).filter(organisation=pk)
    rows = rows.select_related("invited_by").order_by("-sent_at", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    moment = now()
    context = {
        "organisation": organisation,
        "trail": with_end(trail_to(organisation), _("Invitations")),
        "tabs": tabs_of(request.reader, organisation),
        "page": page,
        "rows": [(invitation, invitation.state(moment)) for invitation in page],
    }
    return render(request, "organisations/invitations.html", context)


def host(request: ReaderRequest, pk: UUID) -> Organisation:
    """Give an organisation to which the reader may invite."""
    organisation = found(request.reader, Organisation, pk)
    if not may_make(request.reader, Invitation, Kind.ORGANISATION, pk):
        raise PermissionDenied
    return organisation


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Invite somebody by mail."""
    organisation = host(request, pk)
    offered = choices(request.reader, organisation, Invitation)

    def save(values: dict[str, Any], _edition: int) -> str:
        whom = inviting.Invited(**values)
        check(request.reader, whom.role, whom.where, organisation, Invitation)
        inviting.invite(organisation, whom, by=person(request))
        said(request, _("The invitation to %(name)s is on its way.") % {"name": whom.name})
        return reverse("organisations:invitations", args=[pk])

    words = Words(
        title=_("Invite somebody"),
        lead=_("This person gets a letter with a link, and belongs to the organisation after it."),
        button=_("Send the invitation"),
    )
    form = InvitationForm(request.POST or None, **offered)
    return form_page(request, form, save, words=words, trail=trail_to(organisation))


@require_POST
def again(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Send an invitation once more."""
    invitation = found(request.reader, Invitation, pk, Verb.CHANGE)
    try:
        inviting.send_again(invitation, by=person(request))
        said(request, _("Sent again, with a new link. The old link no longer works."))
    except Refused as refused:
        said(request, str(refused))
    return redirect("organisations:invitations", invitation.organisation_id)


@require_POST
def withdraw(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = found(request.reader, Invitation, pk, Verb.ARCHIVE)
    try:
        inviting.withdraw(invitation, by=person(request))
        said(request, _("The invitation is withdrawn; its link no longer works."))
    except Refused as refused:
        said(request, str(refused))
    return redirect("organisations:invitations", invitation.organisation_id)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: ReaderRequest, secret: str) -> HttpResponse:
    """Accept an invitation: with a new account, or with the one that is there."""
    invitation = inviting.invitation_of(secret)
    if invitation is None:
        return render(request, "organisations/invitation_gone.html", status=410)
    user = request.user if isinstance(request.user, User) else None
    is_known = User.objects.filter(email=invitation.email).exists()
    data = request.POST if request.method == "POST" and not user and not is_known else None
    form = JoinForm(data, email=invitation.email, initial={"name": invitation.name})
    if request.method == "POST" and (target := accepted(request, invitation, user, form)):
        return redirect(target)
    context = {
        "invitation": invitation,
        "form": form,
        "is_known": is_known,
        "is_other": user is not None and user.email != invitation.email,
        "secret": secret,
    }
    status = 422 if form.is_bound else 200
    return render(request, "organisations/accept.html", context, status=status)


def accepted(
    request: ReaderRequest, invitation: Invitation, user: User | None, form: JoinForm
) -> str:
    """Do what the invitation asks; give where to go, or nothing when it cannot be."""
    try:
        if user is not None:
            inviting.accept(invitation, user)
        elif form.is_valid():
            fresh = inviting.join(
                invitation, form.cleaned_data["name"], form.cleaned_data["password"]
            )
            signing_in.complete(request, fresh, with_code=False)
        else:
            return ""
    except Refused as refused:
        said(request, str(refused))
        return request.get_full_path()
    except ValidationError as wrong:
        add_faults(form, wrong)
        return ""
    said(request, _("Welcome to %(name)s.") % {"name": invitation.organisation})
    return reverse("organisations:detail", args=[invitation.organisation_id])
