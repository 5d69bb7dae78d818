"""A study with everything in it, and one in which nothing happened yet; run inside a workplace."""

from datetime import date
from pathlib import Path

from biotoop.web.accounts.models import User
from biotoop.web.interviews.actions import claims
from biotoop.web.interviews.actions.claims import ClaimWords, Words
from biotoop.web.interviews.actions.rounds import hold
from biotoop.web.interviews.models import Round
from biotoop.web.organisations.models import Membership, Organisation, RoleGrant
from biotoop.web.programmes.models import (
    Agreement,
    Line,
    LinePartner,
    Partner,
    Partnership,
    Programme,
)
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.actions import cycles, documents, evidence, registering, studies
from biotoop.web.studies.actions.cycles import CycleWords
from biotoop.web.studies.actions.studies import StudyWords
from biotoop.web.studies.enums import GATES, Phase
from biotoop.web.studies.models import Cycle, LiteratureItem, ProcessTest, Study
from biotoop.web.theories.actions.theories import Particulars, make
from biotoop.web.theories.bridge.documents import content_of, hash_of, whole_of
from biotoop.web.theories.bridge.files import read_theory
from biotoop.web.theories.models import Theory, Version

PASSWORD, BEGIN = "een lange zin als wachtwoord", date(2025, 9, 1)
CODEBOOK = """schema_version: 1
datasets:
  - id: vragenlijst
    file: vragenlijst.csv
    label: Vragenlijst onder bewoners
    kind: invented
    controller: Samenkracht Havenkwartier
    key: [code]
    columns:
      - {name: code, label: Code, type: text}
      - {name: score, label: Score, type: integer}
"""
SAID = [
    ("S1", "supports", "R1", "Ik ken nu de buren van de overkant. We groeten elkaar weer."),
    ("S1", "supports", "R2", "Ze wist de tweede keer mijn naam al."),
    ("S1", "contradicts", "R3", "Ik werk overdag, dus ik zie hier nooit iemand."),
    ("S2", "nuances", "R1", "Het helpt, maar alleen als er dezelfde mensen zijn."),
]


def person(place: Organisation, name: str, role: Role) -> User:
    user = User.objects.create_user(f"{name.lower()}@studies.example", PASSWORD, name=name)
    belongs = Membership.objects.create(user=user, organisation=place, starts_on=BEGIN)
    RoleGrant.objects.create(
        user=user, membership=belongs, role=role, kind=Kind.ORGANISATION, scope_id=place.pk,
        starts_on=BEGIN,
    )  # fmt: skip
    return user


def theory_in(place: Organisation, by: User, folder: str) -> Theory:
    """Publish one of the invented theories, as a theory of its own."""
    programme = Programme.objects.create(organisation=place, slug="haven", name_nl="Wijkgericht")
    text = (Path(folder) / "p1.yaml").read_text("utf-8")
    read = read_theory(text, "nl").theory
    made = make(
        programme, Particulars(title="Buren die elkaar kennen"), by=by, content=content_of(read)
    )
    made.latest = Version.objects.create(
        theory=made, number=1, content=whole_of(read), text_hash=hash_of(read)
    )
    made.save()
    return made


def partnership_of(place: Organisation) -> Partnership:
    whole = Partnership.objects.create(name_nl="Lerende haven")
    Agreement.objects.create(partnership=whole, starts_on=BEGIN)
    Partner.objects.create(partnership=whole, organisation=place, starts_on=BEGIN)
    for position, name in enumerate(("Conceptueel", "Praktijk", "Bestuurlijk"), start=1):
        line = Line.objects.create(partnership=whole, name_nl=name, position=position)
        LinePartner.objects.create(line=line, organisation=place, starts_on=BEGIN)
    return whole


def cycle_of(theory: Theory, partnership: Partnership, by: User) -> Cycle:
    """Take a cycle to its conclusion, with one line that answered."""
    words = CycleWords(
        title="Eerste ronde", partnership=partnership,
        question="Kennen buren elkaar beter door samen te eten, en voor wie niet?",
    )  # fmt: skip
    made = cycles.start(theory, words, by=by)
    while made.phase != Phase.CONCLUSION:
        texts = dict.fromkeys(GATES[Phase(made.phase)], "Met bewoners besproken.")
        made = cycles.answer(made, texts, by=by, seen=made.edition)
        made = cycles.go_on(made, by=by, seen=made.edition)
    first = made.reflections.first()
    cycles.reflect(first, "Dit past bij wat we uit onderzoek weten.", by=by, seen=first.edition)
    return made


def fill(study: Study, by: User) -> None:
    """Bring every kind of evidence into a study, and register its plan."""
    documents.save(study, "data/codebook.yaml", CODEBOOK, by=by, seen=0, language="nl")
    rounds = [
        hold(Round(study=study, code=code, method=method, organisation="Hogeschool Meerdal"), by=by)
        for code, method in (("r1", "interview"), ("r2", "group_talk"))
    ]
    for target, stance, who, text in SAID:
        words = Words(text=text, consent=True, is_read=True)
        told = ClaimWords(
            target=target, stance=stance, respondent=who, life_role="bewoner", words=words
        )
        claims.add(rounds[0], told, by=by)
    for who, held in (("R1", rounds[0]), ("R2", rounds[0]), ("R3", rounds[1])):
        missed = {"target": "N1", "stance": "missing", "proposes": "Rust in huis"}
        claims.add(held, ClaimWords(**missed, respondent=who), by=by)
    bring_in(study, by)
    settled = study.safeguards.first()
    studies.settle(settled, "agreed", "FG, 3 maart", by=by, seen=settled.edition)
    study.refresh_from_db()
    registering.register_plan(study, by=by, seen=study.edition, language="nl")


def bring_in(study: Study, by: User) -> None:
    """Add a published effect and a test."""
    evidence.add(
        LiteratureItem(
            study=study, code="L1", target="S1", source="Putnam (2000), Bowling Alone", level=3,
            effect=0.2, se=0.1, population="bewoners", setting="wijken", group="putnam",
        ),
        by=by,
    )  # fmt: skip
    evidence.add(
        ProcessTest(
            study=study, code="T1", target="S1", hypothesis="Wie meedoet, groet meer buren",
            rival="Het is zomer", kind="straw", expected="Meer groeten in de winter",
            source="Observatie", family="observation",
        ),
        by=by,
    )  # fmt: skip


def sow_studies(folder: str) -> str:
    """Fill the workplace; give the numbers of the pages."""
    place = Organisation.objects.create(name="Samenkracht Havenkwartier", kind="social_work")
    noor = person(place, "Noor", Role.LAB_RESEARCHER)
    olga = person(place, "Olga", Role.PROGRAMME_OWNER)
    theory = theory_in(place, olga, folder)
    cycle = cycle_of(theory, partnership_of(place), noor)
    words = StudyWords(
        title="Samen eten in het Havenkwartier", question="Kennen buren elkaar beter?",
        organisation=place, period_start=BEGIN, period_end=date(2026, 8, 31), cycle=cycle,
        purpose="account", publish_by=date(2026, 3, 1), version=theory.latest,
    )  # fmt: skip
    full = studies.start(theory, words, by=noor)
    fill(full, noor)
    bare = StudyWords(
        title="Nog een idee", question="Wat mist er?", organisation=place, period_start=BEGIN,
        period_end=date(2026, 8, 31), version=theory.latest,
    )  # fmt: skip
    empty = studies.start(theory, bare, by=noor)
    plan, proposal = full.registrations.get(), full.proposals.get()
    ids = [full, empty, cycle, theory, plan, proposal, full.claims.first(), full.tests.get()]
    return " ".join(str(row.pk) for row in [*ids, full.rounds.first()])
