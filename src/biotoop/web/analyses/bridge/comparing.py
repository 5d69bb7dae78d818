"""What changed between two runs, in words and figures, in the edition of who reads it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.recipes.percentages import in_percentages
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.pen import Pen, plain_text
from biotoop.web.analyses.bridge.computing import read_findings
from biotoop.web.theories.bridge.documents import LanguageCode


@attrs.frozen(kw_only=True)
class Change:
    """One thing that is otherwise now: of what, what it was, and what it is; empty is not there."""

    what: str
    was: str
    now: str


@attrs.frozen(kw_only=True)
class Told:
    """What changed: grades, people, effects, euros, and the documents behind it."""

    grades: tuple[Change, ...]
    people: tuple[Change, ...]
    effects: tuple[Change, ...]
    euros: tuple[Change, ...]
    documents: tuple[str, ...]
    engine: Change | None

    @property
    def is_same(self) -> bool:
        """Whether nothing that people read is otherwise."""
        return not (self.grades or self.people or self.effects or self.euros)


def changes(old: Path, new: Path, language: LanguageCode) -> Told:
    """Hold two runs against each other."""
    was, now = (Account(in_percentages(read_findings(file)), Pen(language)) for file in (old, new))
    before, after = (each.findings.provenance.engine_version for each in (was, now))
    return Told(
        grades=differing(grades(was), grades(now)),
        people=differing(people(was), people(now)),
        effects=differing(effects(was), effects(now)),
        euros=differing(euros(was), euros(now)),
        documents=documents(was.findings, now.findings),
        engine=None if before == after else Change(what="", was=before, now=after),
    )


def differing(was: Mapping[str, str], now: Mapping[str, str]) -> tuple[Change, ...]:
    """Keep what is otherwise, in the order in which it stands now."""
    names = [*now, *(name for name in was if name not in now)]
    return tuple(
        Change(what=name, was=was.get(name, ""), now=now.get(name, ""))
        for name in names
        if was.get(name) != now.get(name)
    )


def grades(account: Account) -> dict[str, str]:
    """Give the grade of each step, with its weight, by the name of the step."""
    found = account.findings.plausibility
    links = (*found.links, *found.routes_as_whole)
    return {plain_text(account.step(each.target)): account.grade(each.grade).word for each in links}


def people(account: Account) -> dict[str, str]:
    """Give how many people speak for and against each step; what is hidden is said to be so."""
    pen, found = account.pen, {}
    for each in account.findings.plausibility.links:
        counts = each.bundle.counts
        shown = [
            pen.shown(getattr(counts, way), hidden=way in counts.hidden)
            for way in ("supports", "contradicts")
        ]
        words = [pen.word(f"reports.step.{side}") for side in ("for", "against")]
        found[plain_text(account.step(each.target))] = ", ".join(
            f"{word}: {text}" for word, text in zip(words, shown, strict=True)
        )
    return found


def effects(account: Account) -> dict[str, str]:
    """Give each effect with its interval, unit and n."""
    return {
        plain_text(account.pen.text(item.title)): told(account, item.primary.estimate)
        for item in account.findings.effects
    }


def told(account: Account, estimate: Estimate | None) -> str:
    """Write an effect with its interval and n."""
    if estimate is None:
        return "-"
    pen = account.pen
    band = pen.band(estimate.value, estimate.low, estimate.high)
    return f"{band}, n = {pen.count(estimate.n)}"


def euros(account: Account) -> dict[str, str]:
    """Give what each party pays or gains, with the band."""
    found, pen = account.findings.valuation, account.pen
    if found is None:
        return {}
    rows: dict[str, str] = {}
    for row in found.parties:
        name = plain_text(account.party(row.party))
        band = pen.euro_interval(row.net.p5, row.net.p95)
        rows[f"{name} ({found.price_year})"] = f"{pen.euros(row.net.mean)} ({band})"
    return rows


def documents(was: Findings, now: Findings) -> tuple[str, ...]:
    """Name the documents and data that are otherwise; the edition for readers holds fewer."""
    before, after = dict(was.provenance.documents), dict(now.provenance.documents)
    return tuple(changed_names(before, after))


def changed_names(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Give the names of which the hash differs."""
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield name
