"""The findings and the pen that tells them: names of nodes, steps, measures and payers."""

import attrs

from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import Column
from biotoop.engine.datasets.measures import Direction
from biotoop.engine.effects.result import EffectFinding, EffectSet, Subgroup
from biotoop.engine.evidence.model import Grade
from biotoop.engine.recipes.findings import Findings, MeasureSummary
from biotoop.engine.reports.inline import GradeMark, Prose
from biotoop.engine.reports.marks import grade_mark
from biotoop.engine.reports.pen import Pen, glued, plain_text
from biotoop.engine.reports.setting import prose
from biotoop.engine.theory.model import Link
from biotoop.engine.valuation.model import SOCIETY
from biotoop.engine.valuation.sensitivity import SHARED


@attrs.frozen
class Account:
    """Findings about to be told in one language.

    Attributes
    ----------
    findings
        All that is known.
    pen
        Writes in the language of the report.
    """

    findings: Findings
    pen: Pen

    def node(self, code: str) -> Prose:
        """Name a node."""
        known = {node.code: node for node in self.findings.theory.nodes}
        return self.pen.text(known[code].label) if code in known else prose(code)

    def link(self, code: str) -> Link | None:
        """Find a step."""
        return next((link for link in self.findings.theory.links if link.code == code), None)

    def step_in_short(self, code: str) -> Prose:
        """Name a step by its code and what it leads to: "S1: dan .."."""
        link = self.link(code)
        if link is None:
            return self.step(code)
        return self.pen.say("step_then", code=code, then=link.then)

    def step(self, code: str) -> Prose:
        """Name a step by its code and its ends: "S1: van .. naar ..", or a route by its ends."""
        link = self.link(code)
        if link is not None:
            return self.pen.say(
                "step_name", code=code, first=self.node(link.from_), last=self.node(link.to)
            )
        first, found, last = code.partition(">")
        if found:
            return self.pen.say("route_name", first=self.node(first), last=self.node(last))
        return prose(code)

    def target(self, code: str) -> str:
        """Name what was judged in short: "Stap S1", "Weg N1>N9"."""
        kind = "route" if ">" in code else "step"
        return f"{self.pen.word(f'reports.{kind}_word')} {code}"

    def grade(self, grade: Grade | None) -> GradeMark:
        """Give the mark of a grade; None is "cannot be said"."""
        return grade_mark(self.pen, grade)

    def measure(self, name: str) -> MeasureSummary | None:
        """Find a measure."""
        return next((item for item in self.findings.measures if item.id == name), None)

    def measure_name(self, name: str) -> Prose:
        """Name a measure."""
        measure = self.measure(name)
        return prose(name) if measure is None else self.pen.text(measure.label)

    def unit(self, finding: EffectFinding) -> Prose:
        """Name the unit of an effect."""
        measure = self.measure(finding.outcome)
        if measure is not None:
            return self.pen.text(measure.unit)
        return prose("" if finding.estimate is None else finding.estimate.unit)

    def intended(self, finding: EffectFinding) -> Direction:
        """Tell which way is the intended change."""
        measure = self.measure(finding.outcome)
        return Direction.INCREASE if measure is None else measure.intended

    def effect(self, plan: str) -> EffectSet | None:
        """Find what a plan yields."""
        return next((item for item in self.findings.effects if item.plan == plan), None)

    def dataset(self, name: str) -> Prose:
        """Name a dataset."""
        known = {item.id: item.label for item in self.findings.datasets}
        return self.pen.text(known[name]) if name in known else prose(name)

    def party(self, code: str) -> Prose:
        """Name who pays or benefits."""
        valuation = self.findings.valuation
        known: dict[str, Text] = {}
        if valuation is not None:
            known = {row.party: row.label for row in valuation.beneficiaries}
            known |= {row.party: row.label for row in valuation.parties}
        if code in known:
            return self.pen.text(known[code])
        return prose(self.pen.word("reports.society") if code == SOCIETY else code)

    def post(self, code: str) -> Prose:
        """Name an item or cost."""
        valuation = self.findings.valuation
        rows = () if valuation is None else (*valuation.posts, *valuation.apart)
        known = {row.id: row.label for row in rows}
        return self.pen.text(known[code]) if code in known else prose(code)

    def value_input(self, code: str) -> Prose:
        """Name an uncertain input: its item and what it is of that item."""
        valuation = self.findings.valuation
        rows = () if valuation is None else valuation.inputs
        found = next((row for row in rows if row.id == code), None)
        if found is None:
            return self.pen.say("input.shared") if code == SHARED else prose(code)
        kind = self.pen.word(f"reports.input.{found.kind}")
        if found.kind == "estimate":
            return glued(kind, self._estimate_name(str(found.label)), between=": ")
        return glued(self.pen.text(found.label), kind, between=": ")

    def _estimate_name(self, plan: str) -> Prose:
        effect = self.effect(plan)
        return prose(plan) if effect is None else self.measure_name(effect.primary.outcome)

    def column(self, dataset: str, name: str) -> Column | None:
        """Find a column in the codebook."""
        codebook = self.findings.codebook
        columns = (
            column
            for data in (() if codebook is None else codebook.datasets)
            if data.id == dataset
            for column in data.columns
        )
        return next((column for column in columns if column.name == name), None)

    def term(self, dataset: str, term: str) -> str:
        """Name a covariate, or one category of it (``column=code``), by the codebook."""
        name, has_code, value = term.partition("=")
        column = self.column(dataset, name)
        if column is None:
            return term
        label = plain_text(self.pen.text(column.label))
        if not has_code:
            return label
        shown = column.values.get(value)
        return f"{label}: {value if shown is None else plain_text(self.pen.text(shown))}"

    def group(self, dataset: str, group: Subgroup) -> str:
        """Name the people to whom a finding is limited."""
        return self.term(dataset, f"{group.column}={group.value}")

    def band_with_unit(self, finding: EffectFinding) -> Prose:
        """Write the effect with its interval and unit; nothing when there is no number."""
        estimate = finding.estimate
        if estimate is None:
            return ()
        band = self.pen.band(estimate.value, estimate.low, estimate.high)
        return glued(band, self.unit(finding))
