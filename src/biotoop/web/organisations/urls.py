"""Addresses of this app."""

from django.urls import path

from biotoop.web.organisations.views import (
    guests,
    importing,
    invitations,
    leaving,
    organisations,
    people,
    roles,
)

app_name = "organisations"
urlpatterns = [
    path("organisaties/", organisations.index, name="list"),
    path("organisaties/nieuw/", organisations.make, name="make"),
    path("organisaties/<uuid:pk>/", organisations.detail, name="detail"),
    path("organisaties/<uuid:pk>/wijzigen/", organisations.edit, name="edit"),
    path("organisaties/<uuid:pk>/archiveren/", organisations.archive, name="archive"),
    path("organisaties/<uuid:pk>/terugzetten/", organisations.restore, name="restore"),
    path("organisaties/<uuid:pk>/mensen/", people.index, name="people"),
    path("organisaties/<uuid:pk>/mensen.csv", people.export, name="export"),
    path("leden/<uuid:pk>/", people.member, name="member"),
    path("leden/<uuid:pk>/wijzigen/", people.edit, name="edit_member"),
    path("leden/<uuid:pk>/rol/", roles.give, name="give_role"),
    path("leden/<uuid:pk>/vertrek/", leaving.leave, name="leave"),
    path("leden/<uuid:pk>/terug/", leaving.come_back, name="come_back"),
    path("rollen/<uuid:pk>/wijzigen/", roles.edit, name="edit_role"),
    path("rollen/<uuid:pk>/beeindigen/", roles.end, name="end_role"),
    path("rollen/<uuid:pk>/terug/", roles.resume, name="resume_role"),
    path("organisaties/<uuid:pk>/uitnodigingen/", invitations.index, name="invitations"),
    path("organisaties/<uuid:pk>/uitnodigen/", invitations.invite, name="invite"),
    path("organisaties/<uuid:pk>/uitnodigen/lijst/", importing.bring, name="import"),
    path("uitnodigingen/<uuid:pk>/opnieuw/", invitations.again, name="invite_again"),
    path("uitnodigingen/<uuid:pk>/intrekken/", invitations.withdraw, name="withdraw_invitation"),
    path("uitnodiging/<str:secret>/", invitations.accept, name="accept"),
    path("organisaties/<uuid:pk>/gasten/", guests.index, name="guest_links"),
    path("organisaties/<uuid:pk>/gasten/nieuw/", guests.make, name="make_guest_link"),
    path("gastlinks/<uuid:pk>/intrekken/", guests.withdraw, name="withdraw_guests"),
    path("gastlinks/<uuid:pk>/terug/", guests.allow, name="allow_guests"),
    path("gast/<str:secret>/", guests.enter, name="guest"),
]
