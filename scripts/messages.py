"""Bring the Dutch catalogue of the workplace up to date with its code.

    .venv/bin/python scripts/messages.py             # collect new sentences (needs gettext)
    .venv/bin/python scripts/messages.py --compile   # only write the .mo that the server reads

Then translate what is empty in src/biotoop/web/locale/nl/LC_MESSAGES/django.po, and compile.
The .mo is kept with the code: whoever installs needs no gettext. A test holds the two together.
"""

import os
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "biotoop" / "web"
CATALOGUE = WEB / "locale" / "nl" / "LC_MESSAGES" / "django.po"
# What makemessages writes about the moment and the maker changes at each run and says nothing.
KEPT = ("Content-Type", "Content-Transfer-Encoding", "MIME-Version", "Language", "Plural-Forms")


def collect() -> None:
    """Collect the sentences of code and templates."""
    command = [sys.executable, str(ROOT / "manage.py"), "makemessages", "-l", "nl"]
    options = ["--no-obsolete", "--no-wrap", "--add-location", "file"]
    environment = {**os.environ, "BIOTOOP_MODE": "development", "BIOTOOP_DATA": str(ROOT / "out")}
    subprocess.run([*command, *options], cwd=WEB, env=environment, check=True)
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=100)
    catalogue.header = ""
    catalogue.metadata = {name: catalogue.metadata[name] for name in KEPT}
    catalogue.metadata_is_fuzzy = None
    catalogue.save()


def main() -> None:
    """Collect unless asked not to, and compile."""
    if "--compile" not in sys.argv[1:]:
        collect()
    polib.pofile(str(CATALOGUE)).save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


if __name__ == "__main__":
    main()
