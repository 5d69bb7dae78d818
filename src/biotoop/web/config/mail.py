"""Turn BIOTOOP_MAIL into Django's settings for mail."""

from typing import Any
from urllib.parse import unquote, urlsplit

from biotoop.web.config.environment import Environment

KEEP = "keep"
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
ALLOWED = "keep, smtp://user:password@host (STARTTLS), smtps://..., or smtp+plain://host"


def mail(environment: Environment, mode: str) -> dict[str, Any]:
    """Give the settings of the mail server; none when letters stay in the outbox."""
    address = environment.secret("BIOTOOP_MAIL", None if mode == "production" else KEEP)
    if address in {KEEP, ""}:
        return {}
    if mode == "demo":
        environment.fault("BIOTOOP_MAIL", "an address in demo mode", "keep: the demo mails nobody")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        host, port = None, 0
    if not host or not port:
        environment.fault("BIOTOOP_MAIL", "an address that cannot be read", ALLOWED)
        return {}
    return {
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender(environment),
    }


def sender(environment: Environment) -> str:
    """Give who the mail is from."""
    address = environment.text("BIOTOOP_MAIL_FROM")
    if address and ("@" not in address or "\n" in address):
        environment.fault("BIOTOOP_MAIL_FROM", repr(address), "an e-mail address")
    return address


def site_address(environment: Environment, hosts: list[str], *, in_production: bool) -> str:
    """Give the address with which links in letters start."""
    known = f"https://{hosts[0]}" if in_production and hosts else "http://127.0.0.1:8000"
    address = environment.text("BIOTOOP_ADDRESS", known).rstrip("/")
    allowed = ("https://",) if in_production else ("http://", "https://")
    if not address.startswith(allowed):
        environment.fault("BIOTOOP_ADDRESS", repr(address), " or ".join(allowed) + "...")
    return address
