"""Addresses of this app."""

from django.urls import path

from biotoop.web.accounts.views import (
    access,
    addresses,
    notices,
    passwords,
    profile,
    proofs,
    tokens,
)

app_name = "accounts"
urlpatterns = [
    path("inloggen/", access.sign_in, name="sign_in"),
    path("inloggen/code/", access.code, name="code"),
    path("inloggen/organisatie/", access.sign_on_start, name="sign_on"),
    path("inloggen/organisatie/terug/", access.sign_on_back, name="sign_on_back"),
    path("uitloggen/", access.sign_out, name="sign_out"),
    path("account/", proofs.account, name="account"),
    path("account/tweede-stap/", proofs.set_up, name="set_up"),
    path("account/tweede-stap/plaatje/", proofs.picture, name="picture"),
    path("account/codes/", proofs.renew, name="renew"),
    path("account/profiel/", profile.profile, name="profile"),
    path("account/wachtwoord/", passwords.change, name="change_password"),
    path("account/adres/", addresses.change, name="change_address"),
    path("account/adres/bevestigen/", addresses.confirm, name="confirm_address"),
    path("account/adres/<str:token>/", addresses.link, name="address_link"),
    path("account/gegevens/", profile.data, name="data"),
    path("account/gegevens.json", profile.data_file, name="data_file"),
    path("account/wissen/", profile.erase, name="erase"),
    path("account/sleutels/", tokens.listed, name="tokens"),
    path("account/sleutels/<uuid:pk>/weg/", tokens.withdraw, name="withdraw_token"),
    path("nieuws/", notices.listed, name="notices"),
    path("nieuws/<uuid:pk>/", notices.opened, name="notice"),
    path("nieuws/gelezen/", notices.all_read, name="all_read"),
    path("wachtwoord/vergeten/", passwords.forgotten, name="forgotten"),
    path("wachtwoord/nieuw/", passwords.reset, name="reset"),
    path("wachtwoord/nieuw/<uid>/<token>/", passwords.reset_link, name="reset_link"),
]
