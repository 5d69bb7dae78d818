"""Run a command of the workplace: ``python manage.py help`` lists them."""

import os
import sys

STOPPED = "Gestopt. / Stopped.\n"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biotoop.web.config.settings")
    try:
        return run()
    except KeyboardInterrupt:
        sys.stderr.write(STOPPED)
        return 130


def run() -> int:
    # Imported here, so that Ctrl-C while Django loads is heard as calmly as later on.
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
