"""A small world for a server of its own, and a key that may write in it; prints what is there.

Run by ``manage.py shell``: one person is researcher and owner of a programme with a theory, a
published version, a draft, a study with rounds, claims, literature, a test and a run, in a cycle;
around it lie a cluster with a seat that is taken, a question, a meeting and a knowledge product.
"""

import json
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from biotoop.web.accounts.actions import notices, tokens
from biotoop.web.accounts.models import User
from biotoop.web.analyses.models import Run
from biotoop.web.clusters.models import Cluster, Holder, Seat, Theme
from biotoop.web.interviews.actions.claims import ClaimWords, Words, add
from biotoop.web.interviews.actions.rounds import hold
from biotoop.web.interviews.models import Claim, Round
from biotoop.web.knowledge.models import Product, Release
from biotoop.web.organisations.models import Organisation, RoleGrant
from biotoop.web.programmes.models import PolicyGoal, Programme
from biotoop.web.questions.models import Desk, Gathering, Question
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.actions.studies import StudyWords, start
from biotoop.web.studies.models import Cycle, LiteratureItem, ProcessTest, Study
from biotoop.web.theories.actions.theories import Particulars, make
from biotoop.web.theories.bridge.documents import content_of, hash_of, whole_of
from biotoop.web.theories.models import Theory, Version
from web.theories.conftest import LONG_AGO, person, sound_theory

KNOWN = (
    Organisation, Programme, PolicyGoal, Theory, Study, Claim, Round, Run, Cycle, Cluster,
    Question, Release, Gathering,
)  # fmt: skip


def published(theory: Theory) -> Version:
    sound = sound_theory()
    made = Version.objects.create(
        theory=theory, number=1, content=whole_of(sound), text_hash=hash_of(sound)
    )
    theory.latest = made
    theory.save()
    return made


def evidence(study: Study, version: Version, by: User) -> None:
    held = hold(Round(study=study, code="r1", method="interview", organisation="Lab"), by=by)
    for number in range(3):
        words = Words(text="Ik ken nu de buren van de overkant.")
        said = ClaimWords(target="S1", stance="supports", respondent=f"R{number}", words=words)
        add(held, said, by=by)
    item = {"study": study, "target": "S1"}
    LiteratureItem.objects.create(**item, code="L1", source="x", level=3, effect=0.2, se=0.1)
    ProcessTest.objects.create(**item, code="T1", kind="straw", family="observation")
    Run.objects.create(
        study=study, version=version, state="done", evidence_until=now(), content="1" * 64,
        digest="1" * 64, engine="1", finished_at=now(),
    )  # fmt: skip


def together(home: Organisation, programme: Programme, study: Study, noor: User) -> None:
    """Make what is learned with others."""
    days = {"starts_on": LONG_AGO, "ends_on": LONG_AGO + timedelta(days=9000)}
    cycle = Cycle.objects.create(theory=study.theory, title="Ronde 1", question="Wat helpt?")
    Study.objects.filter(pk=study.pk).update(cycle=cycle)
    theme = Theme.objects.create(organisation=home, name_nl="Jeugd")
    whole = Cluster.objects.create(
        theme=theme, organisation=home, name_nl="Jeugd", question="?", state="running",
        is_public=True, **days,
    )  # fmt: skip
    seat = Seat.objects.create(cluster=whole, organisation=home, motive="?", state="taken", **days)
    belongs = noor.memberships.get()
    Holder.objects.create(seat=seat, membership=belongs, starts_on=LONG_AGO)
    desk = Desk.objects.create(organisation=home, name_nl="Loket", slug="loket")
    asked = Question.objects.create(desk=desk, text="Wat helpt?", asker_kind="resident")
    begins = now() + timedelta(days=3)
    Gathering.objects.create(
        organisation=home, kind="cafe", title="Kenniscafé", about="x", place="hier", state="open",
        question=asked, starts_at=begins, ends_at=begins + timedelta(hours=1),
    )  # fmt: skip
    product = Product.objects.create(
        organisation=home, programme=programme, title="Rapport", kind="report", made_by=noor.pk
    )
    content = {"touches": [], "theory": {}, "sources": [], "audiences": {"for_policy": "Kort."}}
    made = Release.objects.create(
        product=product, number=1, title="Rapport", kind="report", content=content,
        content_hash="0" * 64, programme=programme,
    )  # fmt: skip
    Product.objects.filter(pk=product.pk).update(latest=made, state="published")


@transaction.atomic
def build() -> User:
    """Make the world."""
    home = Organisation.objects.create(name="Samenkracht", kind="social_work")
    programme = Programme.objects.create(organisation=home, name_nl="Wijk", slug="wijk")
    PolicyGoal.objects.create(organisation=home, name_nl="Minder eenzaam")
    noor = person("Noor", Role.LAB_RESEARCHER, Kind.ORGANISATION, home.pk, home)
    RoleGrant.objects.create(
        user=noor, role=Role.PROGRAMME_OWNER, kind=Kind.PROGRAMME, scope_id=programme.pk,
        membership=noor.memberships.get(), starts_on=LONG_AGO,
    )  # fmt: skip
    drawn = content_of(sound_theory())
    theory = make(programme, Particulars(title="Buren"), by=noor, content=drawn)
    version = published(theory)
    words = StudyWords(
        title="Samen eten", question="Helpt het?", organisation=home, version=version,
        period_start=LONG_AGO, period_end=LONG_AGO,
    )  # fmt: skip
    study = start(theory, words, by=noor)
    evidence(study, version, noor)
    together(home, programme, study, noor)
    notices.tell([noor.pk], next(iter(notices.TEXTS)), url_name="accounts:notices")
    return noor


def main() -> None:
    """Make the world, and print the key and the ids."""
    noor = build()
    draft = Theory.objects.get().draft.content
    ids = {
        model._meta.model_name: [str(pk) for pk in model.objects.values_list("pk", flat=True)]
        for model in KNOWN
    }
    parts = {name: [item["id"] for item in draft[name]] for name in ("nodes", "links")}
    secret = tokens.make(noor, name="fuzz", scope="write", days=1)[1]
    print(json.dumps({"secret": secret, **ids, **parts}))  # noqa: T201 - that is its answer
