"""Somebody who holds every file of one or two editions for readers, and wants to know people.

The attacker reads the published files only. How the people could be laid out (sides, groups,
answers) is no secret: the plan is public. What each cell holds is what the attack is about.
"""

import json
import math

from biotoop.engine.core.convert import from_plain
from biotoop.engine.disclosure.answers import answers_told
from biotoop.engine.disclosure.protection import audit
from biotoop.engine.disclosure.tables import CellStatus, ReleasedTable, key, keys_of
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.recipes.people_behind import census_of
from biotoop.engine.recipes.people_tables import (
    answer_names,
    counts_of_row,
    name_of,
    name_of_moment,
)
from biotoop.engine.recipes.releases import held_against


def published(folder):
    """Read an edition back from its findings.json."""
    return from_plain(json.loads((folder / "findings.json").read_text("utf-8")), Findings)


def everything(edition):
    """Give every analysis of an edition, and every moment of a measure."""
    analyses = [found for item in edition.effects for found in item.findings]
    moments = [(measure, one) for measure in edition.measures for one in measure.moments]
    return analyses, moments


def counts_told(edition, team):
    """Give every cell that the published figures tell, by its written identity.

    A raw mean of two values times its people is a count; so are the raw means of characteristics.
    """
    told = {}
    analyses, moments = everything(edition)
    known = {name_of(found) for found in everything(team)[0]}
    census = census_of(team)
    behind = census.behind
    codes = {
        (name_of(one), row.covariate): row for one in everything(team)[0] for row in one.balance
    }
    for found in analyses:
        if not found.groups:
            continue
        cells = [
            c
            for c in behind[name_of(found)]
            if not {"answer", "answer before"} & {*dict(c.conditions)}
        ]
        for group, cell in zip(found.groups, cells, strict=True):
            told[str(cell)] = group.n
            told |= told_by_means(group, cell, census.values_of(found.dataset, found.outcome))
        told |= told_by_balance(found, behind, codes)
    for measure, one in moments:
        whole, *parts = behind[name_of_moment(measure, one)]
        told[str(whole)] = one.mean.n
        values = census.values_of(measure.dataset, measure.id)
        counts = answers_told(one.mean.value, one.sd, one.mean.n, values) or [one.mean.n]
        told |= {str(part): count for part, count in zip(parts, counts, strict=True)}
    assert known == {name_of(found) for found in analyses}
    return told


def told_by_means(group, cell, values):
    """Give the answers, now and before, that raw mean and spread of a side tell."""
    told = {"answer": answers_told(group.mean, group.sd, group.n, values)}
    if group.mean_before is not None:
        told["answer before"] = answers_told(group.mean_before, math.nan, group.n, values)
    return {
        str(key(cell.measure, (*cell.conditions, (name, answer)))): count
        for name, counts in told.items()
        if counts is not None
        for answer, count in zip(answer_names(values), counts, strict=True)
    }


def told_by_balance(found, behind, codes):
    """Give the counts that raw means of two values tell to who knows the two values."""
    told = {}
    for row in found.balance:
        cells = behind.get(f"{name_of(found)}: {row.covariate}", ())
        people = [group.n for group in found.groups]
        counts = counts_of_row(codes[name_of(found), row.covariate], people) if cells else []
        for place, (yes, group) in enumerate(zip(counts, found.groups, strict=False)):
            if cells:
                told[str(cells[2 * place])] = group.n - yes
                told[str(cells[2 * place + 1])] = yes
    return told


def seen_table(table, told):
    """Give a table as the attacker knows it: what is told, and holes."""
    names = list(keys_of(table.dimensions, table.population, table.measure))
    values = tuple(told.get(str(name)) for name in names)
    status = tuple(CellStatus.SECONDARY if v is None else CellStatus.SHOWN for v in values)
    return ReleasedTable(
        name=table.name,
        dimensions=table.dimensions,
        population=table.population,
        measure=table.measure,
        is_amount=False,
        values=values,
        status=status,
    )


def recovered(team, edition, earlier=()):
    """Attack an edition, with what earlier ones told; give the cells that are known too well."""
    census, told = census_of(team), counts_told(edition, team)
    policy = team.study.disclosure.survey
    found = []
    for base, tables in census.tables.items():
        linked = held_against(census, base, earlier)
        seen = [seen_table(table, told) for table in tables]
        report = audit(linked.tables, seen, policy, earlier=linked.earlier, within=linked.within)
        found += list(report.recovered)
    return found


def shares_behind(found):
    """Solve the counts of yes that a raw or a standardised difference tells on its own.

    Of two values the standard deviation tells p (1 - p); the effect in units over the effect in
    standard deviations is that standard deviation.
    """
    if found.estimate is None or found.standardised is None or not found.standardised.value:
        return set()
    by = found.standardised.method.params.get("by")
    if by is None or by.code.endswith(("_weighted", ".norm")):
        return set()
    factor = found.standardised.method.params["factor"]
    sd = abs(found.estimate.value / found.standardised.value) * factor
    n = found.estimate.n
    counts = set()
    for people in range(2, n):
        root = 1 - 4 * (sd / 100) ** 2 * (people - 1) / people
        if root >= 0:
            yes = people * (1 - math.sqrt(root)) / 2
            if abs(yes - round(yes)) < 1e-6:
                counts.add((people, round(yes)))
    return counts
