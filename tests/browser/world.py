"""People with long names and much news, made inside the server of the browser tests."""

import time
import uuid
from datetime import date
from pathlib import Path

from biotoop.web.accounts.actions import notices, second_factors, tokens
from biotoop.web.accounts.models import SecondFactor, User
from biotoop.web.organisations.models import Organisation, RoleGrant
from biotoop.web.shared.actions import mail

LONG = "Verantwoordelijkheidsverdeling-wijkgericht-werken-en-schuldhulpverlening " * 3
LETTERS = 35
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def seed(password_file: str) -> None:
    """Make one person with much of everything, and one with nothing."""
    password = Path(password_file).read_text()
    full = User.objects.create_user("vol@example.org", password, name=LONG[:149].strip())
    User.objects.create_user("leeg@example.org", password, name="Leeg")
    twice = User.objects.create_user("twee@example.org", password, name="Twee stappen")
    now_step = int(time.time()) // second_factors.STEP
    second_factors.set_up(twice, SECRET, second_factors.code_at(SECRET, now_step))
    SecondFactor.objects.update(last_step=0)
    RoleGrant.objects.create(
        user=full, role="system_administrator", kind="site", starts_on=date(2020, 1, 1)
    )
    code = "%(title)s"  # the server does not know this kind of news: it shows the code itself
    notices.TEXTS[code] = code
    for number in range(LETTERS):
        notices.tell(
            [full.pk],
            code,
            url_name="shared:file" if number < LETTERS - 1 else "accounts:account",
            object_id=uuid.uuid4() if number < LETTERS - 1 else None,
            words={"title": f"{number} {LONG}"},
        )
        words = {"name": full.name, "address": "/x"}
        mail.send(f"{'a' * 60}{number}@example.org", "accounts/reset", words, "nl", f"b:{number}")
    for number in range(3):
        tokens.make(full, name=f"{number}" + "x" * 98, scope="write", days=30)
    Organisation.objects.create(name="Een" + "x" * 140, kind="social_work")
