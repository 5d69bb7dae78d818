"""Settings come from the environment, and a fault says what to do."""

import os
import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from architecture.tree import ROOT
from biotoop.web.config.environment import Environment
from biotoop.web.config.keys import kept_key, old_keys, secret_key
from biotoop.web.config.sign_on import sign_on
from biotoop.web.config.variables import VARIABLES

WHOLE_SIGN_ON = {
    "BIOTOOP_OIDC_NAME": "Hogeschool",
    "BIOTOOP_OIDC_ISSUER": "https://login.example.org/",
    "BIOTOOP_OIDC_CLIENT": "biotoop",
    "BIOTOOP_OIDC_SECRET": "a secret",
}


def faults(read, **values: str) -> list[str]:
    environment = Environment(values=values)
    read(environment)
    return environment.faults


def load_settings(**values: str) -> subprocess.CompletedProcess[str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("BIOTOOP_", "DATABASE", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "diffsettings"],
        env={**kept, "PYTHONPATH": str(ROOT / "src"), **values},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_fault_is_named_at_once_with_what_was_found_and_what_is_allowed(tmp_path):
    refused = load_settings(BIOTOOP_MODE="live", BIOTOOP_PROXIES="many", BIOTOOP_DATA=str(tmp_path))

    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert (
        "BIOTOOP_MODE: found 'live'; allowed: one of demo, development, production."
        in refused.stderr
    )
    assert "BIOTOOP_PROXIES: found 'many'; allowed: a whole number from 0 to 5." in refused.stderr


def test_production_asks_for_all_that_it_needs():
    refused = load_settings(BIOTOOP_MODE="production")

    named = re.findall(r"- (\w+): found nothing", refused.stderr)
    assert named == [
        "BIOTOOP_DATA",
        "BIOTOOP_SECRET_KEY",
        "BIOTOOP_HOSTS",
        "BIOTOOP_MAIL",
    ]


def test_production_is_strict_about_cookies_transport_and_hosts(tmp_path):
    given = {
        "BIOTOOP_MODE": "production",
        "BIOTOOP_DATA": str(tmp_path),
        "BIOTOOP_SECRET_KEY": "k" * 50,
        "BIOTOOP_HOSTS": "biotoop.example.org",
        "BIOTOOP_MAIL": "keep",
    }
    loaded = load_settings(**given).stdout

    assert "SESSION_COOKIE_SECURE = True" in loaded
    assert "CSRF_COOKIE_SECURE = True" in loaded
    assert "SECURE_SSL_REDIRECT = True" in loaded
    assert "SECURE_HSTS_SECONDS = 63072000" in loaded
    assert "DEBUG = True" not in loaded
    assert load_settings(**given | {"BIOTOOP_HOSTS": "*"}).returncode == 2


def test_a_variable_that_nobody_knows_gets_the_nearest_name():
    found = faults(Environment.check_names, BIOTOOP_HOST="here", PATH="elsewhere")

    assert found == ["BIOTOOP_HOST: nobody knows this variable; did you mean BIOTOOP_HOSTS?"]


def test_a_secret_comes_from_a_file_without_its_last_newline(tmp_path):
    file = tmp_path / "key"
    file.write_text("x" * 60 + "\n")
    environment = Environment(values={"BIOTOOP_SECRET_KEY_FILE": str(file)})

    assert environment.secret("BIOTOOP_SECRET_KEY") == "x" * 60
    assert environment.faults == []


def test_a_secret_given_twice_or_from_a_file_that_is_not_there_is_a_fault(tmp_path):
    def read(environment):
        environment.secret("BIOTOOP_SECRET_KEY")

    missing = str(tmp_path / "missing")
    [both] = faults(read, BIOTOOP_SECRET_KEY="y", BIOTOOP_SECRET_KEY_FILE=__file__)
    [gone] = faults(read, BIOTOOP_SECRET_KEY_FILE=missing)

    assert "one of the two" in both
    assert "BIOTOOP_SECRET_KEY_FILE" in gone
    assert "FileNotFoundError" in gone


@pytest.mark.parametrize(("word", "meant"), [("yes", True), ("0", False), ("On", True)])
def test_a_flag_reads_yes_and_no(word, meant):
    assert Environment(values={"F": word}).flag("F", default=not meant) is meant


def test_a_flag_refuses_perhaps():
    assert "yes or no" in faults(lambda e: e.flag("F", default=True), F="perhaps")[0]


@pytest.mark.parametrize("value", ["-1", "6", "2.5", "²", "two"])
def test_a_whole_number_stays_within_its_bounds(value):
    assert faults(lambda e: e.whole("N", 1, least=0, most=5), N=value)


def test_the_message_with_all_faults_leads_to_the_page_about_settings():
    with pytest.raises(ImproperlyConfigured, match=r"web-settings\.md"):
        Environment(values={}, faults=["one"]).refuse_faults()


def test_a_short_key_is_refused_without_being_repeated(tmp_path):
    found = faults(lambda e: secret_key(e, "production", tmp_path), BIOTOOP_SECRET_KEY="short")

    assert found == ["BIOTOOP_SECRET_KEY: found 5 characters; allowed: at least 50 characters."]
    assert faults(old_keys, BIOTOOP_SECRET_KEY_OLD="short")


def test_a_key_made_at_the_first_start_stays_and_is_the_owners_alone(tmp_path):
    path = tmp_path / "new" / "secret-key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: kept_key(path), [0]))

    assert {kept_key(path)} == keys
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_sign_on_needs_all_four_settings_or_none():
    assert faults(lambda e: sign_on(e, secure=True)) == []
    assert faults(lambda e: sign_on(e, secure=True), **WHOLE_SIGN_ON) == []
    for name in WHOLE_SIGN_ON:
        rest = {k: v for k, v in WHOLE_SIGN_ON.items() if k != name}
        assert faults(lambda e: sign_on(e, secure=True), **rest)[0].startswith(name)


def test_sign_on_over_plain_http_is_for_this_machine_only():
    local = WHOLE_SIGN_ON | {"BIOTOOP_OIDC_ISSUER": "http://127.0.0.1:9400"}
    far = WHOLE_SIGN_ON | {"BIOTOOP_OIDC_ISSUER": "http://login.example.org"}

    assert faults(lambda e: sign_on(e, secure=False), **local) == []
    assert faults(lambda e: sign_on(e, secure=True), **local)
    assert faults(lambda e: sign_on(e, secure=False), **far)


def test_the_page_about_settings_names_every_variable_and_no_other():
    page = (ROOT / "docs" / "reference" / "web-settings.md").read_text("utf-8")
    named = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))

    assert named == set(VARIABLES)
