"""How to name a product in a list of sources."""

from django.utils.translation import gettext as _

from biotoop.web.knowledge.models import Release


def cite(release: Release, address: str) -> str:
    """Write makers, year, title, version, kind, publisher and where it stands."""
    content = release.content
    words = {
        "makers": makers([one["name"] for one in content["authors"]]),
        "year": release.published_at.year,
        "title": release.title,
        "version": release.number,
        "kind": release.get_kind_display(),
        "publisher": content["publisher"],
        "address": f"https://doi.org/{content['doi']}" if content["doi"] else address,
    }
    return _("%(makers)s (%(year)s). %(title)s (version %(version)s) [%(kind)s]. "
             "%(publisher)s. %(address)s") % words  # fmt: skip


def makers(names: list[str]) -> str:
    """Join the names, the last one with an and."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s & %(last)s") % {"first": "; ".join(names[:-1]), "last": names[-1]}
