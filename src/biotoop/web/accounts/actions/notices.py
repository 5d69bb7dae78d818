"""Tell people what happened, once until they read it, and by mail if they want that."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.enums import Digest
from biotoop.web.accounts.models import Notice, User
from biotoop.web.accounts.queries import notices_to_mail
from biotoop.web.shared.actions.mail import letter_kind, link, send

LETTER = letter_kind("accounts/digest", _("News in one letter"))
TEXTS: dict[str, str | Promise] = {}
ENDED_TWICE = re.compile(r"([?!.…])\.$")
LONGEST_LETTER = 30


def notice_kind(code: str, text: str | Promise) -> str:
    """Say which notices there are; ``text`` names its words as ``%(title)s``."""
    TEXTS[code] = text
    return code


def tell(
    people: Iterable[UUID],
    code: str,
    *,
    url_name: str,
    object_id: UUID | None = None,
    words: Mapping[str, str] | None = None,
) -> None:
    """Tell people something, in the caller's transaction; who has it unread is not told again.

    ``url_name`` is the page that it is about, with ``object_id`` as its one argument if given.
    """
    if code not in TEXTS:
        raise KeyError(code)
    reverse(url_name, args=[object_id] if object_id else [])  # a page that is not there fails here
    same = {"code": code, "object_id": object_id, "read_at": None}
    with transaction.atomic():
        asked = set(people)
        known = set(Notice.objects.filter(user__in=asked, **same).values_list("user_id", flat=True))
        fields = {"code": code, "object_id": object_id, "url_name": url_name}
        rows = [Notice(user_id=one, words=dict(words or {}), **fields) for one in asked - known]
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        recount(asked - known)


def recount(people: Iterable[UUID]) -> None:
    """Keep the number of unread notices with the person, so that no page has to count."""
    unread = Notice.objects.filter(user=OuterRef("pk"), read_at=None).order_by()
    number = Subquery(unread.values("user").annotate(n=Count("pk")).values("n"))
    User.objects.filter(pk__in=list(people)).update(unread=Coalesce(number, 0))


def read(user: User, pk: UUID | None = None) -> int:
    """Mark one notice as read, or all of them; tell how many were not yet."""
    rows = Notice.objects.filter(user=user, read_at=None)
    with transaction.atomic():
        number = (rows.filter(pk=pk) if pk else rows).update(read_at=now())
        recount([user.pk])
    return number


def pass_on(old: User, new: User, about: Iterable[UUID]) -> int:
    """Let somebody else have the unread news about some records; tell how much."""
    with transaction.atomic():
        rows = Notice.objects.filter(user=old, read_at=None, object_id__in=list(about))
        had = set(Notice.objects.filter(user=new, read_at=None).values_list("code", "object_id"))
        moved = [row.pk for row in rows if (row.code, row.object_id) not in had]
        rows.exclude(pk__in=moved).update(read_at=now())
        number = Notice.objects.filter(pk__in=moved).update(user=new, mailed_at=None)
        recount([old.pk, new.pk])
    return number


def text_of(notice: Notice) -> str:
    """Write a notice in the language of the reader; a title that ends a sentence ends it once."""
    text = str(TEXTS.get(notice.code, notice.code))
    return ENDED_TWICE.sub(r"\1", text % notice.words) if notice.words else text


def mail_digests(day: date) -> int:
    """Write the letters with news of one day; give how many."""
    kinds = [Digest.DAILY, Digest.WEEKLY] if day.isoweekday() == 1 else [Digest.DAILY]
    people = User.objects.filter(is_active=True, digest__in=kinds, unread__gt=0)
    return sum(mail_digest(user, day) for user in people)


def mail_digest(user: User, day: date) -> int:
    """Write one person's letter, if there is news that was not mailed yet."""
    with transaction.atomic():
        notices = list(notices_to_mail(user))
        if not notices:
            return 0
        with translation.override(user.language):
            lines = [text_of(notice) for notice in notices[:LONGEST_LETTER]]
        words = {
            "name": user.name,
            "number": len(notices),
            "lines": lines,
            "address": link(reverse("accounts:notices")),
            "profile": link(reverse("accounts:profile")),
        }
        send(user.email, LETTER, words, user.language, f"digest:{user.pk}:{day}")
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now())
        return 1
