"""The audit trail: who did what, when, for which purpose, to which object; never its content."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _


class AppendOnly(Exception):
    """Somebody tried to change or take away what may only be added."""

    def __init__(self) -> None:
        super().__init__(_("The audit trail can only be added to."))


class AppendOnlyRows(models.QuerySet[Any]):
    """Rows that can be read and added; the database refuses the rest as well."""

    def update(self, **_values: Any) -> NoReturn:  # noqa: ANN401 - Django's signature
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def bulk_update(self, *_arguments: Any, **_options: Any) -> NoReturn:  # noqa: ANN401 - as above
        raise AppendOnly


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=now)

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def save(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        if not self._state.adding:
            raise AppendOnly
        options["force_insert"] = True
        super().save(*arguments, **options)

    def delete(self, *_arguments: Any, **_options: Any) -> NoReturn:  # noqa: ANN401 - as above
        raise AppendOnly


class AuditEntry(AppendOnlyModel):
    """One act. People and objects are named by UUID only, so that a person can be forgotten."""

    actor = models.UUIDField(null=True, db_index=True)
    action = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True, db_index=True)

    class Meta:
        verbose_name = "audit entry"


class AuditSeal(AppendOnlyModel):
    """A batch of entries, closed: its digest holds those entries and the seal before it."""

    first = models.BigIntegerField()
    last = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "audit seal"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["previous"], name="audit_seals_form_one_chain"),
        ]
