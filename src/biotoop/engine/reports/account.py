"""The findings and the pen that tells them: names of nodes, steps, measures and payers."""

import attrs

from biotoop.engine.core.messages import Language, Note, Param
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import Column
from biotoop.engine.datasets.measures import Direction
from biotoop.engine.effects.result import EffectFinding, EffectSet, Subgroup
from biotoop.engine.evidence.model import Grade
from biotoop.engine.recipes.findings import Findings, MeasureSummary
from biotoop.engine.recipes.study import ReportLanguage
from biotoop.engine.reports.inline import GradeMark, Prose
from biotoop.engine.reports.marks import grade_mark
from biotoop.engine.reports.pen import Pen, glued, plain_text
from biotoop.engine.reports.setting import prose
from biotoop.engine.theory.model import Link
from biotoop.engine.theory.route_marks import route_code
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
        """Name what was judged in short: "Stap S1", "Weg W1, naar .."."""
        _, is_route, last = code.partition(">")
        if not is_route:
            return f"{self.pen.word('reports.step_word')} {code}"
        return self.pen.plain("route_short", code=self.route_code(code), last=self.node(last))

    def route_code(self, target: str) -> str:
        """Give the short name of a route that was measured as a whole, as in the drawing."""
        measured = [item.target for item in self.findings.plausibility.routes_as_whole]
        return route_code(measured.index(target) + 1) if target in measured else target

    def grade(self, grade: Grade | None) -> GradeMark:
        """Give the mark of a grade; None is "cannot be said"."""
        return grade_mark(self.pen, grade)

    @property
    def spoken(self) -> Language:
        """Language in which people spoke: the first one of the study."""
        first = self.findings.study.languages[0]
        return "nl" if first is ReportLanguage.DUTCH else "en"

    def spoken_words(self, words: str) -> Prose:
        """Write words of people and of the evidence; marked when in another language."""
        return self.pen.text(Text(**{self.spoken: words}))

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
        return prose("" if finding.estimate is None else self.pen.read(finding.estimate.unit) or "")

    def intended(self, finding: EffectFinding) -> Direction:
        """Tell which way is the intended change."""
        measure = self.measure(finding.outcome)
        return Direction.INCREASE if measure is None else measure.intended

    def effect(self, plan: str) -> EffectSet | None:
        """Find what a plan yields."""
        return next((item for item in self.findings.effects if item.plan == plan), None)

    def standing(self, plan: str) -> str:
        """Say whether a plan gives the main outcome; nothing where all plans stand alike."""
        if not self.has_secondary:
            return ""
        name = "secondary" if self.is_secondary(plan) else "primary"
        return self.pen.word(f"reports.standing.{name}")

    @property
    def has_secondary(self) -> bool:
        """Tell whether some plans give the main outcome and others do not."""
        return len({item.primary_outcome for item in self.findings.effects}) == 2

    def is_secondary(self, plan: str) -> bool:
        """Tell whether a plan stands beside those of the main outcome."""
        effect = self.effect(plan)
        return self.has_secondary and effect is not None and not effect.primary_outcome

    def effect_title(self, plan: str) -> Prose:
        """Name a plan by its question."""
        effect = self.effect(plan)
        return prose(plan) if effect is None else self.pen.text(effect.title)

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

    def moment(self, dataset: str, wave: str | None) -> str:
        """Name a moment of a dataset; "-" when there is only one."""
        if wave is None:
            return "-"
        seen = (one for data in self.findings.datasets if data.id == dataset for one in data.waves)
        label = next((one.label for one in seen if one.wave == wave), None)
        return wave if label is None else plain_text(self.pen.text(label))

    def in_words(self, dataset: str, said: Note) -> Note:
        """Name columns in a sentence of the engine by the codebook."""
        named: dict[str, Param] = {}
        for key in ("covariate", "covariates", "column", "name", "terms"):
            value = said.params.get(key)
            if isinstance(value, str):
                named[key] = self.term(dataset, value)
            elif isinstance(value, tuple):
                named[key] = tuple(
                    self.term(dataset, part) if isinstance(part, str) else part for part in value
                )
        return attrs.evolve(said, params={**said.params, **named})

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
