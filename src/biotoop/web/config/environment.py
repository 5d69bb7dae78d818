"""Read the settings from the environment, and name every fault at once."""

import difflib
import os
from collections.abc import Collection, Mapping
from pathlib import Path

import attrs
from django.core.exceptions import ImproperlyConfigured

from biotoop.web.config.variables import PREFIX, VARIABLES

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


@attrs.define(kw_only=True)
class Environment:
    """The environment as the settings see it; faults are collected until ``refuse_faults``."""

    values: Mapping[str, str] = attrs.field(factory=lambda: dict(os.environ))
    faults: list[str] = attrs.field(factory=list)

    def text(self, name: str, default: str | None = None) -> str:
        """Read a text; without a default it must be there."""
        value = self.values.get(name, "").strip()
        if value:
            return value
        if default is None:
            self.fault(name, "nothing", VARIABLES[name].allowed)
        return default or ""

    def secret(self, name: str, default: str | None = None) -> str:
        """Read a text from the variable itself, or from the file that NAME_FILE points to."""
        file = self.values.get(f"{name}_FILE", "").strip()
        if not file:
            return self.text(name, default)
        if self.values.get(name):
            self.fault(name, f"both {name} and {name}_FILE", "one of the two")
        try:
            return Path(file).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as failure:
            self.fault(f"{name}_FILE", f"{file!r} ({type(failure).__name__})", "a readable file")
            return ""

    def choice(self, name: str, allowed: Collection[str], default: str | None = None) -> str:
        """Read one of a few words."""
        value = self.text(name, default)
        if value and value not in allowed:
            self.fault(name, repr(value), "one of " + ", ".join(sorted(allowed)))
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Read yes or no."""
        value = self.text(name, "yes" if default else "no").lower()
        if value not in YES | NO:
            self.fault(name, repr(value), "yes or no")
        return value in YES

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        """Read a whole number between two bounds."""
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and least <= int(value) <= most:
            return int(value)
        self.fault(name, repr(value), f"a whole number from {least} to {most}")
        return default

    def words(self, name: str, default: str | None = None) -> list[str]:
        """Read a list with commas between the words."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def fault(self, name: str, found: str, allowed: str) -> None:
        """Write down what is wrong with one variable."""
        self.faults.append(f"{name}: found {found}; allowed: {allowed}.")

    def check_names(self) -> None:
        """Name each variable that carries our prefix and that nobody reads."""
        known = {*VARIABLES, *(f"{name}_FILE" for name in VARIABLES if VARIABLES[name].is_secret)}
        for name in sorted(self.values):
            if name.startswith(PREFIX) and name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"did you mean {near[0]}?" if near else "take it away"
                self.faults.append(f"{name}: nobody knows this variable; {hint}")

    def refuse_faults(self) -> None:
        """Stop with every fault that was found."""
        if self.faults:
            listed = "".join(f"\n  - {fault}" for fault in self.faults)
            page = "docs/reference/web-settings.md"
            message = f"The settings in the environment cannot be used (see {page}):{listed}"
            raise ImproperlyConfigured(message)
