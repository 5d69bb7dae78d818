"""The sweeps over roles take no answer for a refusal that is none."""

from types import SimpleNamespace

import pytest

from web.acts import HIDDEN, REFUSED, tried


class Answering:
    """A browser that always gets one answer."""

    def __init__(self, status: int, url: str = "") -> None:
        self.answer = SimpleNamespace(status_code=status, url=url)

    def post(self, *_sent) -> SimpleNamespace:
        return self.answer


@pytest.mark.django_db
def test_an_answer_that_nobody_named_is_a_fault_and_not_a_hidden_row():
    assert tried(Answering(404), "/", {}) == HIDDEN
    assert tried(Answering(302, "/inloggen/?next=/"), "/", {}) == HIDDEN
    assert tried(Answering(403), "/", {}) == REFUSED
    for status in (200, 405, 500):
        with pytest.raises(KeyError):
            tried(Answering(status), "/", {})
