"""The organisation's own sign-on (OpenID Connect): all four settings, or none."""

from urllib.parse import urlsplit

from biotoop.web.config.environment import Environment

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def sign_on(environment: Environment, *, secure: bool) -> dict[str, str]:
    """Give name, issuer, client and secret; empty when sign-on is not used."""
    found = {
        "name": environment.text("BIOTOOP_OIDC_NAME", ""),
        "issuer": environment.text("BIOTOOP_OIDC_ISSUER", "").rstrip("/"),
        "client": environment.text("BIOTOOP_OIDC_CLIENT", ""),
        "secret": environment.secret("BIOTOOP_OIDC_SECRET", ""),
    }
    if not any(found.values()):
        return {}
    for part, value in found.items():
        if not value:
            environment.fault(f"BIOTOOP_OIDC_{part.upper()}", "nothing", "all four, or none")
    check_issuer(environment, found["issuer"], secure=secure)
    return found


def check_issuer(environment: Environment, issuer: str, *, secure: bool) -> None:
    """Accept https; plain http only on this very machine, and never in production."""
    parts = urlsplit(issuer)
    is_local = parts.scheme == "http" and parts.hostname in LOOPBACK and not secure
    if issuer and not is_local and not (parts.scheme == "https" and parts.hostname):
        environment.fault("BIOTOOP_OIDC_ISSUER", repr(issuer), "an https address")
