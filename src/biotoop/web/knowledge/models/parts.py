"""Who made a product, what it builds on, and which steps of theories it changes."""

import re
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from biotoop.web.knowledge.enums import Change
from biotoop.web.knowledge.models.products import Product
from biotoop.web.shared.models.records import Record
from biotoop.web.theories.models import Link, Node, Theory


def check_orcid(text: str) -> None:
    """Refuse an ORCID whose last character does not follow from the others (ISO 7064, 11-2)."""
    if not re.fullmatch(r"(\d{4}-){3}\d{3}[\dX]", text):
        raise ValidationError(say("An ORCID looks like 0000-0002-1825-0097."))
    total = 0
    for figure in text.replace("-", "")[:-1]:
        total = (total + int(figure)) * 2
    rest = (12 - total % 11) % 11
    if text[-1] != ("X" if rest == 10 else str(rest)):
        raise ValidationError(say("This ORCID has a typing error: its last figure is not right."))


class Author(Record):
    """Who made it, in the order in which they are named."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="authors")
    name = models.CharField(_("name"), max_length=150)
    is_person = models.BooleanField(_("this is a person"), default=True)
    affiliation = models.CharField(_("works at"), max_length=150, blank=True)
    orcid = models.CharField(_("ORCID"), max_length=19, blank=True, validators=[check_orcid])
    position = models.PositiveSmallIntegerField(_("place in the order"), default=1)

    class Meta:
        verbose_name = _("maker")
        verbose_name_plural = _("makers")
        ordering: ClassVar = ["position", "created_at"]

    def __str__(self) -> str:
        return self.name


class Touch(Record):
    """Which step or node of a theory a product changes, how, and why."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="touches")
    theory = models.ForeignKey(
        Theory, models.CASCADE, related_name="touched_by", verbose_name=_("theory of change")
    )
    link = models.ForeignKey(
        Link, models.CASCADE, null=True, blank=True, related_name="touched_by",
        verbose_name=_("step"),
    )  # fmt: skip
    node = models.ForeignKey(
        Node, models.CASCADE, null=True, blank=True, related_name="touched_by",
        verbose_name=_("node"),
    )  # fmt: skip
    change = models.CharField(_("what it does"), max_length=10, choices=Change.choices)
    because = models.TextField(_("why"), max_length=1000)

    class Meta:
        verbose_name = _("changed step")
        verbose_name_plural = _("changed steps")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="touch_has_one_target",
                condition=models.Q(link__isnull=False, node=None)
                | models.Q(link=None, node__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.target)

    @property
    def target(self) -> Link | Node | None:
        """Give the step or the node."""
        return self.link or self.node


class Source(Record):
    """A product builds on another one: a module on what it teaches."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="sources")
    source = models.ForeignKey(
        Product, models.CASCADE, related_name="used_in", verbose_name=_("builds on")
    )

    class Meta:
        verbose_name = _("what it builds on")
        verbose_name_plural = _("what it builds on")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "source"], condition=models.Q(archived_at=None),
                name="source_once",
            ),
            models.CheckConstraint(
                name="source_is_another", condition=~models.Q(product=models.F("source"))
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.source)
