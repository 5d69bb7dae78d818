"""What each role does here, and the pages that it opens most."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biotoop.web.shared.enums import Role
from biotoop.web.shared.rules import Reader, could, matrix

LEADS: Mapping[Role, str | Promise] = {
    Role.RESIDENT: _("You read what was found out, and say whether it is right."),
    Role.CO_RESEARCHER: _("You gather and weigh with the team what people say."),
    Role.PROFESSIONAL: _("You know how it goes in practice: read along and make remarks."),
    Role.STUDENT: _("You work on a study: its plan, its claims and its data."),
    Role.LECTURER: _("You follow the studies in which your students work."),
    Role.SUPERVISOR: _("You guide studies and read theories before they are published."),
    Role.LAB_RESEARCHER: _("You take studies from a question to a result that others can check."),
    Role.SECOND_CODER: _("You code the same claims apart from the first coder."),
    Role.SECOND_ASSESSOR: _("You judge how sure the evidence is, apart from the first assessor."),
    Role.EXAMINATION_BOARD: _("You see how theses are assessed."),
    Role.PROGRAMME_OWNER: _("You keep the theory of your programme true, and decide what changes."),
    Role.PROGRAMME_COORDINATOR: _("You see to it that partners, lines and cycles go on together."),
    Role.EDUCATION_COORDINATOR: _("You bring education and studies together."),
    Role.PARTNER_ADMINISTRATOR: _("You let people in, and give them their roles."),
    Role.SPONSOR: _("You follow what is found out with your contribution."),
    Role.POLICY_READER: _("You set policy goals, and read what is known about them."),
    Role.DATA_PROTECTION_OFFICER: _(
        "You see which data are kept, why, and under which safeguards."
    ),
    Role.KEY_KEEPER: _("You keep the key between codes and people, apart from everything else."),
    Role.SYSTEM_ADMINISTRATOR: _("You keep the workplace running; its content is not yours."),
}
PAGES: tuple[tuple[str, str | Promise, str | Promise], ...] = (
    ("dashboards:overview", _("Where studies stand"), _("Every study, and what is late.")),
    ("theories:list", _("Theories of change"), _("If, then, because: read and discuss.")),
    ("studies:cycles", _("Learning cycles"), _("From question to decision, and on.")),
    ("clusters:list", _("Research clusters"), _("Find out together, and take a master.")),
    ("questions:list", _("Questions from practice"), _("From a question to what people do.")),
    ("questions:ask_somewhere", _("Ask a question"), _("We find out together what helps.")),
    ("questions:openings", _("Places to do research"), _("Internships and theses on offer.")),
    ("knowledge:catalogue", _("Knowledge"), _("Reports, methods and teaching, free to read.")),
    ("knowledge:network", _("The network"), _("Who gives what, and what comes of it.")),
    ("programmes:goals", _("Policy goals"), _("What do we know about each goal?")),
    ("programmes:list", _("Programmes"), _("What organisations offer to people.")),
    ("organisations:list", _("Organisations"), _("Who takes part, and who are the people?")),
    ("shared:outbox", _("Outbox"), _("Letters that were sent, or could not be.")),
)


# Who follows more studies than those in which they work themselves.
OVERSEERS = frozenset(
    {
        Role.LECTURER, Role.SUPERVISOR, Role.LAB_RESEARCHER, Role.PROGRAMME_OWNER,
        Role.PROGRAMME_COORDINATOR, Role.EDUCATION_COORDINATOR, Role.PARTNER_ADMINISTRATOR,
        Role.SPONSOR, Role.POLICY_READER, Role.DATA_PROTECTION_OFFICER,
    }
)  # fmt: skip
# What somebody can do here when nothing waits: why, and the page to begin with.
QUIET: Mapping[Role, tuple[str | Promise, str, str | Promise]] = {
    Role.RESIDENT: (
        _("Read how people here think that it works. Is it so for you? Tell who invited you."),
        "theories:list",
        _("Read the theories of change"),
    ),
    Role.SECOND_CODER: (
        _("Open a study under “Your studies”. Under “Claims” you code what people said."),
        "studies:list",
        _("Go to the studies"),
    ),
    Role.CO_RESEARCHER: (
        _("Open a study under “Your studies”. Under “Claims” you see what was gathered."),
        "studies:list",
        _("Go to the studies"),
    ),
    Role.POLICY_READER: (
        _("See for each policy goal what is known, how sure that is, and what it costs."),
        "programmes:goals",
        _("To the policy goals"),
    ),
    Role.SPONSOR: (
        _("Read how it goes on the seat that you sponsor, and what came out."),
        "clusters:seats",
        _("To the seats"),
    ),
    Role.STUDENT: (
        _("Look which topics organisations offer for an internship or a thesis."),
        "questions:openings",
        _("To the research openings"),
    ),
    Role.LECTURER: (
        _("See where the studies of your students stand."),
        "dashboards:overview",
        _("Where studies stand"),
    ),
    Role.EDUCATION_COORDINATOR: (
        _("See how the clusters stand, and which open steps a seat could take up."),
        "clusters:list",
        _("To the research clusters"),
    ),
    Role.KEY_KEEPER: (
        _("No study asks for the key now. Who needs it asks you in person, not here."),
        "",
        "",
    ),
    Role.EXAMINATION_BOARD: (
        _("No thesis waits for you here. Until then you can read what was published."),
        "theories:list",
        _("Read the theories of change"),
    ),
}


def quiet_of(reader: Reader) -> tuple[str | Promise, str, str | Promise]:
    """Say what a reader for whom nothing waits can do: why, the address, and its words."""
    for role in Role:
        if role in reader.roles and role in QUIET:
            why, name, step = QUIET[role]
            return why, reverse(name) if name else "", step
    usual = _(
        "When somebody asks you to read a theory, a cycle needs an answer or a result is due, "
        "it stands here."
    )
    return usual, "", ""


def oversees(reader: Reader) -> bool:
    """Tell whether a reader follows more studies than those they work in."""
    return bool(OVERSEERS & reader.roles)


def lead_of(role: Role) -> str | Promise:
    """Say in one sentence what a role does here."""
    return LEADS.get(role, "")


def shortcuts(reader: Reader) -> list[tuple[str, str | Promise, str | Promise]]:
    """Give the pages that this reader can open."""
    known = matrix().operations
    return [
        (reverse(name), title, text)
        for name, title, text in PAGES
        if known[name].open or could(reader, known[name].model, known[name].verb)
    ]
