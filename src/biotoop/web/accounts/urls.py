"""Addresses of this app."""

from django.urls import path

from biotoop.web.accounts.views import access, proofs

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
]
