"""Where mail goes is said in one address, and a fault is named."""

import pytest

from biotoop.web.config.environment import Environment
from biotoop.web.config.mail import mail, site_address

FROM = {"BIOTOOP_MAIL_FROM": "biotoop@example.org"}


def read(mode: str = "production", **values: str):
    environment = Environment(values=values)
    return mail(environment, mode), environment.faults


@pytest.mark.parametrize(
    ("address", "host", "port", "tls", "ssl"),
    [
        ("smtp://u:p%40ss@mail.example.org", "mail.example.org", 587, True, False),
        ("smtps://u:p%40ss@mail.example.org:4465", "mail.example.org", 4465, False, True),
        ("smtp+plain://u:p%40ss@relay", "relay", 25, False, False),
    ],
)
def test_one_address_says_how_mail_goes_out(address, host, port, tls, ssl):
    given, faults = read(BIOTOOP_MAIL=address, **FROM)

    assert faults == []
    assert (given["EMAIL_HOST"], given["EMAIL_PORT"]) == (host, port)
    assert (given["EMAIL_USE_TLS"], given["EMAIL_USE_SSL"]) == (tls, ssl)
    assert (given["EMAIL_HOST_USER"], given["EMAIL_HOST_PASSWORD"]) == ("u", "p@ss")


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({}, "BIOTOOP_MAIL: found nothing"),
        ({"BIOTOOP_MAIL": "http://x", **FROM}, "cannot be read"),
        ({"BIOTOOP_MAIL": "smtp://x:port", **FROM}, "cannot be read"),
        ({"BIOTOOP_MAIL": "smtp://x"}, "BIOTOOP_MAIL_FROM: found nothing"),
        ({"BIOTOOP_MAIL": "smtp://x", "BIOTOOP_MAIL_FROM": "nobody"}, "an e-mail address"),
    ],
)
def test_an_address_that_cannot_be_used_is_named(values, fault):
    _, faults = read(**values)

    assert len(faults) == 1
    assert fault in faults[0]


def test_the_password_of_the_mail_server_stands_in_no_message():
    _, faults = read(BIOTOOP_MAIL="smtp://u:topsecret@x:port", **FROM)

    assert "topsecret" not in faults[0]


def test_the_demo_mails_nobody():
    assert read("demo") == ({}, [])
    assert "the demo mails nobody" in read("demo", BIOTOOP_MAIL="smtp://x", **FROM)[1][0]


def test_links_in_letters_start_with_the_first_host_unless_told_otherwise():
    def address(*, in_production=True, **values):
        environment = Environment(values=values)
        found = site_address(environment, ["a.example"], in_production=in_production)
        return found, len(environment.faults)

    assert address() == ("https://a.example", 0)
    assert address(BIOTOOP_ADDRESS="https://b.example/") == ("https://b.example", 0)
    assert address(BIOTOOP_ADDRESS="http://b.example")[1] == 1
    assert address(in_production=False) == ("http://127.0.0.1:8000", 0)
