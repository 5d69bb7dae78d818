"""A knowledge product as people work on it; what others read stands in its releases."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.models import User
from biotoop.web.knowledge.enums import Act, Licence, ProductKind, ProductState
from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.enums import Theme
from biotoop.web.programmes.models import Partnership, Programme
from biotoop.web.shared.models.records import Record
from biotoop.web.studies.models import Study
from biotoop.web.theories.enums import Language
from biotoop.web.theories.models import FrozenModel, Version

DOI = RegexValidator(r"^10\.\d{4,9}/\S+$", _("A DOI looks like 10.1234/abcd, without https."))
OPEN = [state for state in ProductState.values if state != ProductState.WITHDRAWN]
PUBLIC = models.Q(latest__isnull=False, withdrawn_at=None, archived_at=None)


class Product(Record):
    """What came of research or practice, and is meant for others.

    It is public as long as it has a release and was not withdrawn; its own texts never are.
    ``stamped_at`` is when others last saw it change, to the second: harvesters ask by it.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="products", verbose_name=_("organisation")
    )
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="products",
        verbose_name=_("programme"),
    )  # fmt: skip
    partnership = models.ForeignKey(
        Partnership, models.SET_NULL, null=True, blank=True, related_name="products",
        verbose_name=_("research programme"),
    )  # fmt: skip
    study = models.ForeignKey(
        Study, models.SET_NULL, null=True, blank=True, related_name="products",
        verbose_name=_("study that it comes from"),
    )  # fmt: skip
    version = models.ForeignKey(
        Version, models.SET_NULL, null=True, blank=True, related_name="products",
        verbose_name=_("version of a theory that it releases"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=10, choices=ProductKind.choices)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(
        _("written in"), max_length=2, choices=Language.choices, default=Language.DUTCH
    )
    theme = models.CharField(_("theme"), max_length=15, choices=Theme.choices, blank=True)
    summary = models.TextField(_("summary"), max_length=4000, blank=True)
    plain = models.TextField(_("plain-language edition"), max_length=6000, blank=True)
    for_professionals = models.TextField(_("for professionals"), max_length=2000, blank=True)
    for_policy = models.TextField(_("for policy makers"), max_length=2000, blank=True)
    for_education = models.TextField(_("for lecturers and students"), max_length=2000, blank=True)
    for_residents = models.TextField(_("for residents"), max_length=2000, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, blank=True)
    intellectual_property = models.TextField(
        _("whose it is, and who agreed"), max_length=2000, blank=True
    )
    question = models.UUIDField(_("number of the practice question"), null=True, blank=True)
    question_text = models.CharField(
        _("the question from practice that it answers"), max_length=500, blank=True
    )
    address = models.URLField(_("where else it stands"), max_length=300, blank=True)
    doi = models.CharField(_("DOI"), max_length=150, blank=True, validators=[DOI])
    invented = models.BooleanField(_("the content is invented"), default=False)
    state = models.CharField(
        _("where it stands"), max_length=10, choices=ProductState.choices,
        default=ProductState.IDEA, editable=False,
    )  # fmt: skip
    made_by = models.UUIDField(null=True, editable=False)
    offered_by = models.UUIDField(null=True, editable=False)
    latest = models.ForeignKey(
        "knowledge.Release", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    stamped_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_because = models.TextField(max_length=1000, blank=True, editable=False)

    class Meta:
        verbose_name = _("knowledge product in the making")
        verbose_name_plural = _("knowledge products in the making")
        ordering: ClassVar = ["title"]
        indexes: ClassVar = [
            models.Index(fields=["stamped_at", "id"], name="product_stamp"),
            models.Index(fields=["organisation", "state"], name="product_state"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="product_withdrawn_says_why",
                condition=models.Q(withdrawn_at=None, state__in=OPEN)
                | (
                    models.Q(withdrawn_at__isnull=False, state=ProductState.WITHDRAWN)
                    & ~models.Q(withdrawn_because="")
                ),
            ),
            models.CheckConstraint(
                name="product_published_has_a_release",
                condition=~models.Q(state=ProductState.PUBLISHED) | models.Q(latest__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledge:desk", args=[self.pk])

    def get_public_url(self) -> str:
        """Give where anybody reads the newest release."""
        return reverse("knowledge:product", args=[self.pk])

    @property
    def is_public(self) -> bool:
        """Tell whether others read a release of it."""
        return self.latest_id is not None and self.withdrawn_at is None and not self.is_archived


class ProductStep(FrozenModel):
    """One step in the life of a product."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="steps")
    act = models.CharField(max_length=10, choices=Act.choices)
    was = models.CharField(max_length=10, choices=ProductState.choices)
    now = models.CharField(max_length=10, choices=ProductState.choices)
    note = models.TextField(blank=True, max_length=1000)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return f"{self.get_was_display()} > {self.get_now_display()}"


class UseReport(Record):
    """Somebody used a product, and says what changed; shown to all when who decides agrees."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="uses")
    user = models.ForeignKey(User, models.CASCADE, related_name="product_uses")
    who = models.CharField(_("who used it, and where"), max_length=200)
    used_for = models.TextField(_("what for"), max_length=1500)
    changed = models.TextField(_("what changed by it"), max_length=1500, blank=True)
    used_on = models.DateField(_("since when"))
    is_shown = models.BooleanField(_("anybody may read it"), default=False, editable=False)

    class Meta:
        verbose_name = _("report of use")
        verbose_name_plural = _("reports of use")
        ordering: ClassVar = ["-used_on"]

    def __str__(self) -> str:
        return self.who
