"""The environment variables that the workplace reads; the reference page is held against them."""

import attrs

PREFIX = "BIOTOOP_"
MODES = ("demo", "development", "production")


@attrs.frozen
class Variable:
    """What one variable is for and what it may hold."""

    meaning: str
    allowed: str
    is_secret: bool = False


VARIABLES = {
    "BIOTOOP_MODE": Variable("what this installation is for", "one of " + ", ".join(MODES)),
    "BIOTOOP_DATA": Variable("folder for the database, media and keys", "a folder to write in"),
    "BIOTOOP_SECRET_KEY": Variable(
        "signs sessions and encrypts second factors", "at least 50 characters", is_secret=True
    ),
    "BIOTOOP_SECRET_KEY_OLD": Variable(
        "the key before this one, while people still carry sessions of it",
        "at least 50 characters",
        is_secret=True,
    ),
    "DATABASE_URL": Variable(
        "where the database is",
        "sqlite:///path/to/file or postgresql://user:password@host:port/name",
        is_secret=True,
    ),
    "BIOTOOP_HOSTS": Variable("the names this site answers to", "host names with commas between"),
    "BIOTOOP_PROXIES": Variable("how many trusted proxies stand before the server", "0 to 5"),
    "BIOTOOP_ADDRESS": Variable("how links in letters start", "an https address"),
    "BIOTOOP_MAIL": Variable(
        "where mail goes",
        "keep, smtp://user:password@host:port, smtps://... or smtp+plain://host:port",
        is_secret=True,
    ),
    "BIOTOOP_MAIL_FROM": Variable("who the mail is from", "an e-mail address"),
    "BIOTOOP_LANGUAGE": Variable("the first language", "nl or en"),
    "BIOTOOP_TIME_ZONE": Variable(
        "the zone in which times are shown, and at whose midnight roles and agreements end",
        "a name such as Europe/Amsterdam",
    ),
    "BIOTOOP_IDLE_MINUTES": Variable("sign out after so long without a click", "5 to 720"),
    "BIOTOOP_LEASE_SECONDS": Variable(
        "after so long without a heartbeat a job is taken over", "2 to 3600"
    ),
    "BIOTOOP_FILE_MEGABYTES": Variable("how large one file may be", "1 to 500"),
    "BIOTOOP_API_CALLS": Variable(
        "how many calls a minute one key may make to one server process; whoever has none, a fifth",
        "10 to 100000",
    ),
    "BIOTOOP_OIDC_NAME": Variable(
        "what the sign-on button says", "a name, such as your organisation's"
    ),
    "BIOTOOP_OIDC_ISSUER": Variable(
        "the address of the OpenID Connect provider", "an https address"
    ),
    "BIOTOOP_OIDC_CLIENT": Variable("our name at that provider", "the client id"),
    "BIOTOOP_OIDC_SECRET": Variable(
        "our secret at that provider", "the client secret", is_secret=True
    ),
    "BIOTOOP_PICTURES": Variable("where the browser tests keep pictures of pages", "a folder"),
    "BIOTOOP_CHROMIUM": Variable("the browser for the browser tests", "a program"),
}
