"""What was published of a product: a version that never changes."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from biotoop.web.knowledge.enums import ProductKind
from biotoop.web.knowledge.models.products import Product
from biotoop.web.programmes.enums import Theme
from biotoop.web.programmes.models import Programme
from biotoop.web.theories.models import FrozenModel
from biotoop.web.theories.models.frozen import Frozen


class Release(FrozenModel):
    """A version as it was published; ``content`` holds all of it, the columns what lists need."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=ProductKind.choices)
    theme = models.CharField(_("theme"), max_length=15, choices=Theme.choices, blank=True)
    programme = models.ForeignKey(
        Programme, models.DO_NOTHING, null=True, db_constraint=False, related_name="releases"
    )
    summary = models.TextField(_("summary"), blank=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    note = models.TextField(_("what changed, and why"), blank=True, max_length=1000)
    published_at = models.DateTimeField(_("published on"), default=now)
    published_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("knowledge product")
        verbose_name_plural = _("knowledge products")
        ordering: ClassVar = ["-published_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "number"], name="release_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def delete(self, *_arguments: Any, **_options: Any) -> NoReturn:  # noqa: ANN401 - Django's signature
        raise Frozen

    def get_absolute_url(self) -> str:
        return reverse("knowledge:release", args=[self.pk])
