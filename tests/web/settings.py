"""The workplace's settings for the tests: development, with its files in a place of its own."""

import os
import tempfile

os.environ.setdefault("BIOTOOP_MODE", "development")
os.environ.setdefault("BIOTOOP_DATA", tempfile.mkdtemp(prefix="biotoop-tests-"))

from biotoop.web.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the tests guess quickly too
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
