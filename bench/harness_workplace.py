"""Fill a workplace for its benchmark; prints the pages to open and the cookie of a reader.

python -m bench.harness_workplace STUDIES LINKS CLAIMS
"""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:  # the models can be read only after the setup
    from biotoop.web.organisations.models import Organisation
    from biotoop.web.programmes.models import Programme
    from biotoop.web.studies.models import Study
    from biotoop.web.theories.models import Theory

PER_THEORY = 10  # steps in one theory
HEARD = 40  # people in one study


def main() -> None:
    """Make the world, in the tables themselves: it is the reading that is measured."""
    django.setup()
    from django.db import transaction  # noqa: PLC0415 - after the setup

    sizes = [int(word) for word in sys.argv[1:4]]
    with transaction.atomic():
        world = fill(*sizes)
    print(json.dumps(world))


def fill(studies: int, links: int, claims: int) -> dict[str, object]:
    """Make organisation, theories, studies and claims, and sign a reader in."""
    from biotoop.web.organisations.models import Organisation  # noqa: PLC0415
    from biotoop.web.programmes.models import PolicyGoal, Programme  # noqa: PLC0415
    from biotoop.web.theories.models import GoalLink  # noqa: PLC0415

    home = Organisation.objects.create(name="Samenkracht", kind="social_work")
    programme = Programme.objects.create(organisation=home, name_nl="Buurt", slug="buurt")
    theories = [theory_of(programme, n) for n in range(max(1, links // PER_THEORY))]
    made = [study_of(home, theories[n % len(theories)], n) for n in range(studies)]
    for number, study in enumerate(made):
        fill_study(study, claims // studies + (number < claims % studies))
    goal = PolicyGoal.objects.create(organisation=home, name_nl="Buren", is_public=True)
    for theory in theories[:5]:
        GoalLink.objects.create(goal=goal, node=theory.nodes.get(code=f"N{PER_THEORY}"))
    return {
        "cookie": signed_in(home),
        "pages": {
            "today": "/vandaag/",
            "overview": "/overzicht/",
            "policy goal": f"/beleidsdoelen/{goal.pk}/wat-weten-we/",
            "theories": "/redeneerlijnen/",
            "theory": f"/redeneerlijnen/{theories[0].pk}/",
            "studies": "/studies/",
            "study": f"/studies/{made[0].pk}/",
            "claims": f"/studies/{made[0].pk}/uitspraken/",
        },
    }


def theory_of(programme: Programme, number: int) -> Theory:
    """Make a published theory: a row of nodes with a step between each two."""
    from uuid import uuid4  # noqa: PLC0415

    from biotoop.web.theories.models import Draft, Link, Node, Theory, Version  # noqa: PLC0415

    theory = Theory.objects.create(programme=programme, title=f"Lijn {number}", visibility="public")
    nodes = [Node(theory=theory, code=f"N{n}", label=f"Stand {n}") for n in range(PER_THEORY + 1)]
    links = [Link(theory=theory, code=f"S{n}", label=f"Stap {n}") for n in range(PER_THEORY)]
    Node.objects.bulk_create(nodes)
    Link.objects.bulk_create(links)
    content = {
        "schema_version": 1, "id": str(theory.pk), "title": theory.title, "version": "1",
        "canvas": {},
        "nodes": [
            {
                "id": str(node.pk), "code": node.code, "label": f"Bewoners merken stand {n}",
                "kind": "intervention" if n == 0 else "outcome",
            }
            for n, node in enumerate(nodes)
        ],
        "links": [
            {
                "id": str(link.pk), "code": link.code, "from": f"N{n}", "to": f"N{n + 1}",
                "if": "buren elkaar zien", "then": "groeten zij", "because": "zij elkaar kennen",
            }
            for n, link in enumerate(links)
        ],
    }  # fmt: skip
    version = Version.objects.create(
        theory=theory, number=1, content=content, text_hash=uuid4().hex * 2
    )
    Draft.objects.create(theory=theory, content=content)
    Theory.objects.filter(pk=theory.pk).update(latest=version)
    theory.latest = version
    return theory


def study_of(home: Organisation, theory: Theory, number: int) -> Study:
    """Make a study; every fifth one is late."""
    from biotoop.web.shared.models.days import site_day  # noqa: PLC0415
    from biotoop.web.studies.models import Study  # noqa: PLC0415

    today = site_day()
    states = ("plan", "fieldwork", "analysis", "release")
    return Study.objects.create(
        theory=theory, version=theory.latest, organisation=home, title=f"Studie {number}",
        question="Helpt het?", period_start=today, period_end=today, purpose="account",
        publish_by=today + timedelta(days=-10 if number % 5 == 0 else 30 + number),
        state=states[number % len(states)],
    )  # fmt: skip


def fill_study(study: Study, claims: int) -> None:
    """Write claims down, about each step in turn."""
    from biotoop.web.interviews.models import Claim, Quote, Respondent, Round  # noqa: PLC0415

    held = Round.objects.create(study=study, code="r1", method="interview", organisation="Eigen")
    heard = [Respondent(study=study, code=f"R{n}") for n in range(HEARD)]
    Respondent.objects.bulk_create(heard)
    rows = [
        Claim(
            study=study, round=held, code=f"c{n}", respondent=heard[n % HEARD], target_kind="link",
            target=f"S{n % PER_THEORY}", stance=("supports", "contradicts", "nuances")[n % 3],
        )
        for n in range(claims)
    ]  # fmt: skip
    Claim.objects.bulk_create(rows, batch_size=1_000)
    words = [Quote(claim=row, text="Ik ken nu de hele galerij.", consent=True) for row in rows]
    Quote.objects.bulk_create(words, batch_size=1_000)


def signed_in(home: Organisation) -> str:
    """Sign somebody in who sees all of it; give the cookie."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from biotoop.web.accounts.models import User  # noqa: PLC0415
    from biotoop.web.organisations.models import Membership, RoleGrant  # noqa: PLC0415
    from biotoop.web.shared.models.days import site_day  # noqa: PLC0415

    user = User.objects.create_user("noor@example.org", None, name="Noor")
    begins = {"starts_on": site_day(), "user": user}
    belongs = Membership.objects.create(organisation=home, **begins)
    for role in ("lab_researcher", "programme_owner"):
        RoleGrant.objects.create(
            **begins, membership=belongs, role=role, kind="organisation", scope_id=home.pk
        )
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session["began"] = session["seen"] = int(time.time())
    session["with-code"] = True
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    main()
