"""The one place where it is decided which figures of a study readers may see.

Everything that a report could show of people is put before the disclosure service: the cells
behind it, and what it is. What the service lets through is what the edition for readers holds.
"""

from collections.abc import Iterator, Mapping

import attrs

from biotoop.engine.core.messages import Note
from biotoop.engine.disclosure.answers import AnswersFigure, answers_told
from biotoop.engine.disclosure.figures import (
    CloseFigure,
    EstimateFigure,
    Figure,
    MeanFigure,
    PlaceFigure,
    Rule,
    largest_parts,
)
from biotoop.engine.disclosure.policy import DisclosurePolicy
from biotoop.engine.disclosure.release import Outcome, Release, decide
from biotoop.engine.disclosure.tables import Key, ReleasedTable, keys_of
from biotoop.engine.effects.diagnostics import Group
from biotoop.engine.effects.plan import Adjustment
from biotoop.engine.effects.result import EffectFinding, EffectSet
from biotoop.engine.recipes.findings import DisclosureDecision, Findings
from biotoop.engine.recipes.people_behind import Census, census_of
from biotoop.engine.recipes.people_tables import Values, name_of, name_of_moment
from biotoop.engine.recipes.releases import Released, held_against

_TWO = 2
_ANSWERS = frozenset({"answer", "answer before"})


@attrs.frozen(kw_only=True)
class Decided:
    """What the service decided on the figures of a study.

    Attributes
    ----------
    policy
        By which rules.
    census
        The cells that were put before it.
    shown
        The cells that may be shown.
    refused
        For each figure that is refused for what it is: why.
    decisions
        Every decision with its rule and reason, for the team and never for readers: a reason can
        give away what it hides.
    tables
        The tables as released, to be held against a next release.
    """

    policy: DisclosurePolicy
    census: Census
    shown: frozenset[Key]
    refused: Mapping[str, Note]
    decisions: tuple[DisclosureDecision, ...]
    tables: tuple[ReleasedTable, ...]

    def may_be_shown(self, found: EffectFinding) -> bool:
        """Tell whether the estimate of an analysis may be shown.

        A raw difference between two groups tells the answers of each, so of an outcome with two
        values it needs these as well.
        """
        raw = found.adjustment is Adjustment.NONE
        return self._passes(name_of(found), answers=raw)

    def means_may_be_shown(self, found: EffectFinding) -> bool:
        """Tell whether the raw means of both sides may be shown."""
        name = name_of(found)
        means = [means_name(name, group) for group in found.groups]
        figures = (name, f"{name}: close", *means, *(f"{one}: answers" for one in means))
        return self._passes(name, answers=True) and not any(f in self.refused for f in figures)

    def row_may_be_shown(self, found: EffectFinding, covariate: str) -> bool:
        """Tell whether the raw means of a characteristic may be shown."""
        name = f"{name_of(found)}: {covariate}"
        return self._passes(name, answers=True) if name in self.census.behind else True

    def moment_may_be_shown(self, name: str) -> bool:
        """Tell whether a measure may be shown at one moment."""
        return self._passes(name, answers=True) and f"{name}: answers" not in self.refused

    def printed(self, findings: Findings) -> frozenset[Key]:
        """Give the cells that the edition for readers tells: those behind what it shows."""
        return frozenset(self._printed(findings))

    def analyses_shown(self, findings: Findings) -> frozenset[str]:
        """Give the names of the analyses that the edition for readers holds."""
        every = (one for item in findings.effects for one in item.findings)
        return frozenset(name_of(one) for one in every if one.groups and self.may_be_shown(one))

    def _printed(self, findings: Findings) -> Iterator[Key]:
        behind = self.census.behind
        for found in (one for item in findings.effects for one in item.findings):
            name = name_of(found)
            if not found.groups or not self.may_be_shown(found):
                continue
            raw = self.means_may_be_shown(found) or found.adjustment is Adjustment.NONE
            yield from behind[name] if raw else _without_answers(behind[name])
            for row in found.balance:
                if self.row_may_be_shown(found, row.covariate):
                    yield from behind.get(f"{name}: {row.covariate}", ())
        for measure in findings.measures:
            for moment in measure.moments:
                if self.moment_may_be_shown(name_of_moment(measure, moment)):
                    yield from behind[name_of_moment(measure, moment)]

    def _passes(self, name: str, *, answers: bool) -> bool:
        if name in self.refused or f"{name}: place" in self.refused:
            return False
        cells = self.census.behind.get(name, ())
        if not answers:
            cells = _without_answers(cells)
        return bool(cells) and self.shown.issuperset(cells)


def _without_answers(cells: tuple[Key, ...]) -> tuple[Key, ...]:
    return tuple(cell for cell in cells if not _ANSWERS & {of for of, _ in cell.conditions})


def decided_on(findings: Findings, earlier: tuple[Released, ...] = ()) -> Decided:
    """Put all figures of the edition of the team before the disclosure service.

    Parameters
    ----------
    findings
        The edition of the team.
    earlier
        What was released before on these people.
    """
    census, policy = census_of(findings), findings.study.disclosure
    figures = tuple(_figures(findings, census))
    releases = [decide(policy, figures=figures)]
    for base in census.tables:
        linked = held_against(census, base, earlier)
        releases.append(
            decide(policy, tables=linked.tables, earlier=linked.earlier, within=linked.within)
        )
    return Decided(
        policy=policy,
        census=census,
        shown=frozenset(name for release in releases for name in _shown(release)),
        refused={
            made.subject: made.reason
            for made in releases[0].decisions
            if made.outcome is not Outcome.APPROVED
        },
        decisions=tuple(_told(releases)),
        tables=tuple(table for release in releases for table in release.tables),
    )


def _shown(release: Release) -> Iterator[Key]:
    for table in release.tables:
        names = keys_of(table.dimensions, table.population, table.measure)
        for name, value in zip(names, table.values, strict=True):
            if value is not None:
                yield name


def _told(releases: list[Release]) -> Iterator[DisclosureDecision]:
    for release in releases:
        for made in release.decisions:
            if made.outcome is not Outcome.APPROVED or made.rule is Rule.RECOVERY:
                yield DisclosureDecision(
                    what=made.subject, reason=made.reason, rule=made.rule, outcome=made.outcome
                )


def means_name(name: str, group: Group) -> str:
    """Name the raw mean of one side in decisions."""
    return f"{name}: {group.role.value} {group.code}".strip()


def _figures(findings: Findings, census: Census) -> Iterator[Figure]:
    policy = findings.study.disclosure
    instruments = {item.id for item in findings.measures if item.instrument is not None}
    moments = {
        item.id: tuple(moment.mean.n for moment in item.moments) for item in findings.measures
    }
    for item in findings.effects:
        for found in item.findings:
            if found.groups and found.estimate is not None:
                values = census.values_of(found.dataset, found.outcome)
                yield from _of_analysis(found, policy, instruments, moments, values)
                yield from _added_up(item, found, moments.get(found.outcome, ()))
    for measure in findings.measures:
        values = census.values_of(measure.dataset, measure.id)
        for moment in measure.moments:
            name = name_of_moment(measure, moment)
            mean = (moment.mean.n, moment.mean.value, moment.sd)
            yield _mean(name, *mean, values, amount=measure.id not in instruments)
            yield from _answers(name, *mean, values)


def _of_analysis(
    found: EffectFinding,
    policy: DisclosurePolicy,
    instruments: set[str],
    moments: Mapping[str, tuple[int, ...]],
    values: Values,
) -> Iterator[Figure]:
    name = name_of(found)
    groups = {f"{group.role.value} {group.code}".strip(): group.n for group in found.groups}
    people = sum(groups.values())
    yield EstimateFigure(id=name, groups=groups, df=degrees_left(found))
    yield CloseFigure(id=f"{name}: close", n=people, others=moments.get(found.outcome, ()))
    amount = found.outcome not in instruments
    for group in found.groups:
        named, mean = means_name(name, group), (group.n, group.mean, group.sd)
        yield _mean(named, *mean, values, amount=amount)
        yield from _answers(named, *mean, values)
        if group.mean_before is not None:
            yield from _answers(named, group.n, group.mean_before, None, values)
    part = found.subgroup
    if part is not None and part.column in policy.survey.place_columns:
        inhabitants = policy.survey.inhabitants.get(part.value)
        yield PlaceFigure(id=f"{name}: place", n=people, inhabitants=inhabitants)


def _added_up(
    item: EffectSet, found: EffectFinding, moments: tuple[int, ...]
) -> Iterator[CloseFigure]:
    """Ask of each group what all groups of its column together tell beside a moment.

    Their means and spreads add up to those of everyone in them: of two people who are missing
    from the groups and not from the moment, the values follow.
    """
    if found.subgroup is None:
        return
    same = [part for part in item.subgroups if _column_of(part) == found.subgroup.column]
    together = sum(group.n for part in same for group in part.groups)
    whole = sum(group.n for group in item.primary.groups)
    for people in {together, whole}:
        yield CloseFigure(id=f"{name_of(found)}: close", n=people, others=moments)


def _column_of(found: EffectFinding) -> str | None:
    return None if found.subgroup is None else found.subgroup.column


def degrees_left(found: EffectFinding) -> float:
    """Give the degrees of freedom of an analysis: of people, or of clusters where these are fewer.

    With clusters it has those of its own interval; where that has none, the clusters of the side
    with most, less two.
    """
    people = float(sum(group.n for group in found.groups) - len(found.covariates) - 2)
    clusters = [group.clusters for group in found.groups if group.clusters is not None]
    if not clusters:
        return people
    own = None if found.estimate is None else found.estimate.df
    return min(people, max(clusters) - 2.0 if own is None else own)


def _answers(
    name: str, n: int, mean: float, sd: float | None, values: Values
) -> Iterator[AnswersFigure]:
    """Ask what a mean of few values tells."""
    if len(values) >= _TWO:
        yield AnswersFigure(id=f"{name}: answers", n=n, mean=mean, sd=sd, values=values)


def _mean(name: str, n: int, mean: float, sd: float, values: Values, *, amount: bool) -> MeanFigure:
    """Ask about a mean; of an amount, in the worst case that fits mean and spread.

    A mean of two or three values is a table, whose cells are asked about there.
    """
    if answers_told(mean, sd, n, values) is not None:
        return MeanFigure(id=name, n=n)
    parts = largest_parts(n, mean, sd) if amount else None
    one, two = (None, None) if parts is None else parts
    return MeanFigure(id=name, n=n, spread=sd, largest_share=one, two_largest_share=two)
