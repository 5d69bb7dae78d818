"""Words that users write, in one language or two."""

from typing import Literal

import attrs


@attrs.frozen(kw_only=True)
class Text:
    """A text by a user: plain, or with a version for each language.

    Attributes
    ----------
    plain
        The text in the language of the study, when only one is written.
    nl, en
        The Dutch and English versions.
    """

    plain: str | None = None
    nl: str | None = None
    en: str | None = None

    @staticmethod
    def of(text: str) -> "Text":
        """Make a text in one language."""
        return Text(plain=text)

    def get(self, language: Literal["nl", "en"]) -> str:
        """Give the version for a reader; what is missing falls back on what is there."""
        wanted, other = (self.nl, self.en) if language == "nl" else (self.en, self.nl)
        for version in (wanted, self.plain, other):
            if version is not None:
                return version
        return ""

    def falls_back(self, language: Literal["nl", "en"]) -> bool:
        """Tell whether the reader gets another language than asked for."""
        wanted = self.nl if language == "nl" else self.en
        return wanted is None and self.plain is None and bool(self.get(language))

    def versions(self) -> "dict[str, str]":
        """Give every version, by language; ``plain`` stands for the language of the study."""
        written = {"nl": self.nl, "en": self.en, "plain": self.plain}
        found = {key: version for key, version in written.items() if version is not None}
        if self.nl is not None and self.en is not None:
            found.pop("plain", None)
        return found

    def __str__(self) -> str:
        """Give the Dutch version, else what there is."""
        return self.get("nl")
