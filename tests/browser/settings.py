"""The workplace as it runs, with pages of the tests' own that use htmx and a chart."""

from biotoop.web.config.settings import *  # noqa: F403

ROOT_URLCONF = "browser.probe"
