"""Bring the Dutch catalogues of the workplace up to date with its code.

    .venv/bin/python scripts/messages.py [APP ...]     # collect (needs gettext)
    .venv/bin/python scripts/messages.py --compile [APP ...]  # only write the .mo

Then translate what is empty in src/biotoop/web/APP/locale/nl/LC_MESSAGES/django.po, and compile.
The .mo is kept with the code: whoever installs needs no gettext. A test holds the two together.
"""

import os
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "biotoop" / "web"
# What makemessages writes about the moment and the maker changes at each run and says nothing.
KEPT = ("Content-Type", "Content-Transfer-Encoding", "MIME-Version", "Language", "Plural-Forms")


def apps(asked: list[str]) -> list[Path]:
    """Give the folders of the apps that were asked for, of all when none was."""
    found = {path.parent.name: path.parent for path in sorted(WEB.glob("*/apps.py"))}
    unknown = set(asked) - set(found)
    if unknown:
        sys.exit(f"No such app: {', '.join(sorted(unknown))}. There are: {', '.join(found)}.")
    return [found[name] for name in asked or found]


def collect(app: Path) -> None:
    """Collect the sentences of one app's code and templates."""
    catalogue_of(app).parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(ROOT / "manage.py"), "makemessages", "-l", "nl", "-v", "0"]
    options = ["--no-obsolete", "--no-wrap", "--add-location", "file"]
    environment = {**os.environ, "BIOTOOP_MODE": "development", "BIOTOOP_DATA": str(ROOT / "out")}
    subprocess.run([*command, *options], cwd=app, env=environment, check=True)
    if not catalogue_of(app).exists():
        return
    catalogue = polib.pofile(str(catalogue_of(app)), wrapwidth=100)
    catalogue.header = ""
    catalogue.metadata = {name: catalogue.metadata[name] for name in KEPT}
    catalogue.metadata_is_fuzzy = None
    catalogue.save()


def catalogue_of(app: Path) -> Path:
    """Give the written catalogue of an app."""
    return app / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def main() -> None:
    """Collect unless asked not to, and compile; say what waits for its Dutch."""
    words = sys.argv[1:]
    for app in apps([word for word in words if not word.startswith("--")]):
        if "--compile" not in words:
            collect(app)
        if not catalogue_of(app).exists():
            continue
        catalogue = polib.pofile(str(catalogue_of(app)))
        catalogue.save_as_mofile(str(catalogue_of(app).with_suffix(".mo")))
        for entry in catalogue:
            if not entry.translated():
                print(f"{app.name}: {entry.msgid}")


if __name__ == "__main__":
    main()
