"""What a product still lacks before others may read it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biotoop.web.knowledge.enums import ProductKind
from biotoop.web.knowledge.models import Product
from biotoop.web.theories.enums import Visibility

LEAST_PLAIN_WORDS = 40
AUDIENCES = ("for_professionals", "for_policy", "for_education", "for_residents")
NEEDED: dict[str, str | Promise] = {
    "summary": _("a summary"),
    "theme": _("a theme"),
    "licence": _("a licence"),
    "intellectual_property": _("whose it is, and who agreed"),
}


def missing(product: Product) -> list[str | Promise]:
    """Name what is missing; nothing when it can be published."""
    found = [words for name, words in NEEDED.items() if not getattr(product, name)]
    if len(product.plain.split()) < LEAST_PLAIN_WORDS:
        found.append(_("a plain-language edition of at least forty words"))
    if not any(getattr(product, name) for name in AUDIENCES):
        found.append(_("what it means for at least one group of readers"))
    if not product.authors.filter(archived_at=None).exists():
        found.append(_("at least one maker"))
    return found + missing_for_kind(product)


def missing_for_kind(product: Product) -> list[str | Promise]:
    """Name what products of this kind need besides."""
    if product.kind == ProductKind.THEORY:
        version = product.version
        if version is None:
            return [_("the version of the theory that it releases")]
        if version.theory.visibility != Visibility.PUBLIC or version.theory.is_archived:
            return [_("a theory that anybody may read: this one is not public")]
    if product.kind == ProductKind.DATASET and not product.study_id:
        return [_("the study that the data come from")]
    if product.kind == ProductKind.MODULE and not builds_on_public(product):
        return [_("at least one published product that this module builds on")]
    return []


def builds_on_public(product: Product) -> bool:
    """Tell whether it builds on something that can be read."""
    rows = product.sources.filter(archived_at=None, source__latest__isnull=False)
    return rows.filter(source__withdrawn_at=None).exists()
