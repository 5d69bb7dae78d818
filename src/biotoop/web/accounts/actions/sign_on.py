"""Sign on through the organisation's own provider (OpenID Connect, code flow with PKCE)."""

from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from joserfc.errors import JoseError
from requests import RequestException

from biotoop.web.accounts.actions.signing_in import record_access
from biotoop.web.accounts.models import SignOnIdentity, User

LEEWAY, PATIENCE = 30, 10


class SignOnRefused(Exception):
    """The provider's answer cannot be believed, or belongs to nobody; ``reason`` tells which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def provider() -> Any:  # noqa: ANN401 - authlib has no types
    """Give the client of the provider in the settings."""
    oauth = OAuth()
    return oauth.register(
        "organisation",
        client_id=settings.OIDC["client"],
        client_secret=settings.OIDC["secret"],
        server_metadata_url=f"{settings.OIDC['issuer']}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )


def go_to_provider(request: HttpRequest, *, again: bool = False) -> HttpResponse:
    """Send the reader to the provider, with a state and a nonce of this session.

    ``again`` asks the provider to let the person sign in anew, even if they are in there, and to
    tell when that was.
    """
    more = {"prompt": "login", "max_age": "0"} if again else {}
    here = request.build_absolute_uri(reverse("accounts:sign_on_back"))
    try:
        answer: HttpResponse = provider().authorize_redirect(request, here, **more)
    except (AuthlibBaseError, RequestException, RuntimeError) as failure:
        raise SignOnRefused("unreachable") from failure
    return answer


def come_back(request: HttpRequest) -> tuple[User, int | None]:
    """Give who comes, and when they signed in at the provider, if the signed token tells that.

    Believe the provider's answer only when state, nonce, signature, issuer and time all hold.
    """
    try:
        client = provider()
        issuer = client.load_server_metadata().get("issuer")
        token = client.authorize_access_token(request, leeway=LEEWAY)
        claims = with_email(client, token)
    except (
        AuthlibBaseError,
        JoseError,
        RequestException,
        RuntimeError,
        ValueError,
        KeyError,
        TypeError,
    ) as failure:
        raise SignOnRefused("not_believed") from failure
    if issuer != settings.OIDC["issuer"]:
        raise SignOnRefused("not_believed")
    at = token["userinfo"].get("auth_time")  # what is signed, not what the provider tells besides
    return person(claims), at if type(at) is int else None


def with_email(client: Any, token: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - authlib has no types
    """Take the claims of the signed token; ask for the e-mail address if it is not in there."""
    claims = dict(token["userinfo"])
    if "email" not in claims:
        more = dict(client.userinfo(token=token))
        if more.get("sub") != claims["sub"]:
            raise SignOnRefused("not_believed")
        claims = more | claims
    return claims


def person(claims: dict[str, Any]) -> User:
    """Find who this is: known by subject, or the first time by a verified e-mail address."""
    key = {"issuer": settings.OIDC["issuer"], "subject": str(claims["sub"])}
    identity = SignOnIdentity.objects.filter(**key).select_related("user").first()
    user = identity.user if identity else invited(claims)
    if user is None or not user.is_active:
        record_access("sign_on_refused", None, user.id if user else None)
        raise SignOnRefused("unknown_person")
    if identity is None:
        with transaction.atomic():
            SignOnIdentity.objects.create(user=user, **key)
            record_access("sign_on_linked", user.id, user.id)
    return user


def invited(claims: dict[str, Any]) -> User | None:
    """Find the account with this address, if the provider vouches for the address."""
    if claims.get("email_verified") is not True:
        return None
    email = User.objects.normalised(str(claims.get("email", "")))
    user = User.objects.filter(email=email).first()
    # One person at one provider is one subject: a second one at the same address is somebody else.
    known = user and user.identities.filter(issuer=settings.OIDC["issuer"]).exists()
    return None if known else user
