"""Names in Dutch, and in English where somebody wrote them."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from biotoop.web.shared.models.records import Record


class Named(Record):
    """A record with a name in two languages; one may be missing, and then the other is shown."""

    name_nl = models.CharField(_("name in Dutch"), max_length=150)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Give the name in the reader's language, or else the other one."""
        return self.names.get(self.name_language, "")

    @property
    def names(self) -> dict[str, str]:
        """Give the names that there are, by language."""
        both = {"nl": self.name_nl, "en": self.name_en}
        return {language: name for language, name in both.items() if name}

    @property
    def name_language(self) -> str:
        """Tell in which language the shown name is."""
        wanted = (get_language() or "nl")[:2]
        return wanted if wanted in self.names else next(iter(self.names), "nl")
