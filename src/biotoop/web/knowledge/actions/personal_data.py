"""What products keep about a person: shown to them, and let go of when they go."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.actions.personal_data import NAMES, about, forgets
from biotoop.web.accounts.models import User
from biotoop.web.knowledge.models import Product, UseReport

Rows = list[dict[str, Any]]
NAMES |= {
    "product__title": _("product"),
    "title": _("title"),
    "who": _("who used it, and where"),
    "used_for": _("what for"),
    "changed": _("what changed by it"),
}


@about("products", _("Products that you began"))
def products(user: User) -> Rows:
    """Give the products that a person began."""
    fields = ("title", "created_at")
    return list(Product.objects.filter(made_by=user.pk).order_by("created_at").values(*fields))


@about("product_uses", _("How you used products"))
def uses(user: User) -> Rows:
    """Give what a person told about their use of products."""
    fields = ("product__title", "who", "used_for", "changed", "created_at")
    return list(UseReport.objects.filter(user=user).order_by("created_at").values(*fields))


@forgets
def let_go(user: User) -> None:
    """Take their name out of what they told; makers stay named, as in every publication."""
    UseReport.objects.filter(user=user).update(who="…")
