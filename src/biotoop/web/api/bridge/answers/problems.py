"""How the API says that something is wrong."""

import attrs

from biotoop.engine.core.schema import field


@attrs.frozen(kw_only=True)
class Fault:
    """One fault in what was sent."""

    where: str = field("Place in what was sent, such as `claims[2].target`.", minLength=0)
    text: str = field("What is wrong, and what to do, in your language.")


@attrs.frozen(kw_only=True)
class Problem:
    """What is wrong, where, and what to do (RFC 9457)."""

    type: str = field("Which problem: a place on the page about this API.")
    title: str = field("The problem in a few words, in your language.")
    status: int = field("Status of the answer.")
    detail: str = field("What to do, in your language.", minLength=0)
    instance: str = field("The address that was asked.", minLength=0)
    faults: tuple[Fault, ...] = field("Every fault in what was sent.", default=())
    edition: int | None = field("The edition that stands there now.", default=None)
    now: object = field("What stands there now, when somebody else changed it.", default=None)
