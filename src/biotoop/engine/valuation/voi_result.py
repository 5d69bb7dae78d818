"""What it is worth to know more: results of value of information, and the learning agenda."""

import attrs

from biotoop.engine.core.messages import Note
from biotoop.engine.core.texts import Text


@attrs.frozen(kw_only=True)
class OptionRow:
    """One option of the decision, in euros for the programme as valued."""

    id: str
    label: Text
    net: float
    net_error: float
    chance_best: float


@attrs.frozen(kw_only=True)
class VoiRow:
    """What perfect knowledge of one set of inputs is worth.

    Attributes
    ----------
    name
        Input id, link code, or ``all`` for everything (EVPI).
    inputs
        The inputs in the set.
    programme
        Expected gain for one round of the programme as valued, in euros.
    error
        Standard error, with that of the sampled mean in it.
    lower, upper
        Cross-fitted value of deciding on the fitted curve (low on average), and the plug-in
        value (high on average). With ``all``: minus and plus the bias of choosing the best
        option on the same draws.
    person
        For each person of the programme.
    population, population_error
        For all people that the decision is about, over its years, as far as it is followed.
    study_cost, net
        Price of finding out, and what is left; None without a price.
    lifted
        True when the value was raised to that of a part of the set, or lowered to ``all``.
    verdict
        In a sentence; "no further research worth it" when nothing is left.
    """

    name: str
    inputs: tuple[str, ...]
    programme: float
    error: float
    lower: float
    upper: float
    person: float
    population: float
    population_error: float
    study_cost: float | None
    net: float | None
    lifted: bool
    verdict: Note


@attrs.frozen(kw_only=True)
class ValueOfInformation:
    """The worth of finding out, for a stated decision.

    Attributes
    ----------
    payer
        Whose euros decide.
    best
        Option with the highest mean now.
    person_years
        People x discounted years x share that follows: factor from person to population.
    everything
        EVPI.
    inputs, links
        EVPPI of single inputs, and of the group of each link, largest first.
    interactions
        Links whose worth lies in the combination of inputs: no single one shows it.
    """

    question: Text
    payer: str
    options: tuple[OptionRow, ...]
    best: str
    people: float
    person_years: float
    everything: VoiRow
    inputs: tuple[VoiRow, ...]
    links: tuple[VoiRow, ...]
    interactions: tuple[str, ...]
    method: Note
    warnings: tuple[Note, ...]


@attrs.frozen(kw_only=True)
class AgendaRow:
    """One link on the learning agenda.

    Attributes
    ----------
    euros
        Mean present value of the items that hang on the link, burdens included by size.
    routes
        Number of routes from an intervention to an end outcome that pass the link.
    estimated
        Whether there is an estimate on it.
    worth, error, study_cost
        EVPPI for the population and its error, and the price of a study; None without decision.
    reason
        Why it stands where it stands.
    """

    rank: int
    link: str
    euros: float
    routes: int
    estimated: bool
    worth: float | None
    error: float | None
    study_cost: float | None
    reason: Note
