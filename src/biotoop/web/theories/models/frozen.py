"""Rows that are written once: what was published or judged stays as it was."""

import uuid
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext as _


class Frozen(Exception):
    """Somebody tried to change what stays as it is."""

    def __init__(self) -> None:
        super().__init__(_("What was published or judged does not change; make a new version."))


class FrozenRows(models.QuerySet[Any]):
    """Rows that can be read and added; for versions the database refuses changes as well."""

    def update(self, **_values: Any) -> NoReturn:  # noqa: ANN401 - Django's signature
        raise Frozen

    def bulk_update(self, *_arguments: Any, **_options: Any) -> NoReturn:  # noqa: ANN401 - as above
        raise Frozen


class FrozenModel(models.Model):
    """A row that is written once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    objects = FrozenRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        if not self._state.adding:
            raise Frozen
        options["force_insert"] = True
        super().save(*arguments, **options)
