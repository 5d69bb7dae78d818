"""Write letters, and send them later: a request never waits for a mail server."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context, Engine
from django.template.backends.django import get_installed_libraries
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.timezone import now

from biotoop.web.shared.actions import jobs
from biotoop.web.shared.actions.audit import record
from biotoop.web.shared.actions.sealing import seal, unseal
from biotoop.web.shared.models import Letter

TASK = "biotoop.web.shared.tasks.letters.deliver"
KINDS: dict[str, str | Promise] = {}


def letter_kind(template: str, words: str | Promise) -> str:
    """Say which letters there are; the outbox shows these words, never what a letter says."""
    KINDS[template] = words
    return template


def link(path: str) -> str:
    """Give the whole address of a page, for in a letter."""
    return settings.ADDRESS + path


def send(to: str, template: str, context: Mapping[str, Any], language: str, key: str) -> Letter:
    """Put a letter in the outbox, in the caller's transaction; the same key is sent once.

    ``mail/<template>.txt`` has the subject as its first line; ``context`` must be JSON. It is
    encrypted here, and taken away once the letter is sent.
    """
    if template not in KINDS:
        raise KeyError(template)
    fields = {
        "template": template,
        "to": to,
        "language": language,
        "sealed_words": seal(json.dumps(dict(context))),
    }
    with transaction.atomic():
        letter, is_new = Letter.objects.get_or_create(key=key, defaults=fields)
        if is_new:
            arguments = {"args": [], "kwargs": {"letter": str(letter.id)}}
            letter.job = jobs.enqueue(TASK, arguments, key=f"letter:{letter.id}")
            letter.save(update_fields=["job"])
    return letter


def deliver(letter_id: UUID) -> None:
    """Send a letter that was not sent yet.

    When the machine falls between sending and writing that down, it goes out again with the same
    Message-ID, by which mail programs know that it is the same letter.
    """
    letter = Letter.objects.filter(id=letter_id, sent_at=None).first()
    if letter is None or settings.MAIL_IS_KEPT:
        return
    message(letter).send()
    with jobs.effect():
        Letter.objects.filter(id=letter_id).update(sent_at=now(), sealed_words="")
        record(action="letter_sent", purpose="mail", object_kind="letter", object_id=letter_id)


def message(letter: Letter) -> EmailMultiAlternatives:
    """Make the message: text, and the same text as a page."""
    subject, text = written(letter)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<{letter.id}@{domain}>", "Auto-Submitted": "auto-generated"}
    made = EmailMultiAlternatives(subject, text, to=[letter.to], headers=headers)
    page = {"subject": subject, "text": text, "language": letter.language}
    made.attach_alternative(render_to_string("mail/page.html", page), "text/html")
    return made


def written(letter: Letter) -> tuple[str, str]:
    """Write what a letter says: subject and text."""
    words = json.loads(unseal(letter.sealed_words))
    with translation.override(letter.language):
        template = engine().get_template(f"mail/{letter.template}.txt")
        whole = template.render(Context({**words, "site": settings.ADDRESS}, autoescape=False))
    subject, _, text = whole.strip().partition("\n")
    return subject.strip(), text.strip() + "\n"


@cache
def engine() -> Engine:
    """Give what fills in texts that are no HTML."""
    return Engine(app_dirs=True, autoescape=False, libraries=get_installed_libraries())


def again(letter: Letter, actor: UUID) -> bool:
    """Try a letter that was given up once more."""
    with transaction.atomic():
        is_waiting = letter.job is not None and jobs.revive(letter.job)
        if is_waiting:
            record(actor=actor, action="letter_tried_again", purpose="mail",
                   object_kind="letter", object_id=letter.id)  # fmt: skip
        return is_waiting
