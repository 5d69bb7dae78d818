"""From findings to a report in one language: the one source of HTML and PDF."""

from biotoop.engine.core.messages import Language
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.recipes.percentages import in_percentages
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Fact
from biotoop.engine.reports.chapters.answer import answer_chapter
from biotoop.engine.reports.chapters.appendix import appendix_chapter
from biotoop.engine.reports.chapters.effects import effects_chapter
from biotoop.engine.reports.chapters.euros import euros_chapter
from biotoop.engine.reports.chapters.information import information_chapter
from biotoop.engine.reports.chapters.steps import steps_chapter
from biotoop.engine.reports.chapters.theory import theory_chapter
from biotoop.engine.reports.document import Masthead, Report
from biotoop.engine.reports.pen import Pen

FRAME = (
    "contents",
    "skip",
    "page",
    "of",
    "figures_behind",
    "made_with",
    "watermark_line",
    "nothing_here",
    "scroll_hint",
    "weights_at",
    "weights_heading",
)


def view_of(findings: Findings, language: Language) -> Report:
    """Write findings out as a report.

    Parameters
    ----------
    findings
        All that a run found; nothing is computed here, only written and drawn.
    language
        "nl" or "en".

    Returns
    -------
    Report
        Seven chapters of blocks, the same at every call with the same findings.
    """
    account = Account(in_percentages(findings), Pen(language))
    return Report(
        language=language,
        masthead=masthead(account),
        chapters=(
            answer_chapter(account),
            theory_chapter(account),
            steps_chapter(account),
            effects_chapter(account),
            euros_chapter(account),
            information_chapter(account),
            appendix_chapter(account),
        ),
        words={key: account.pen.word(f"reports.frame.{key}") for key in FRAME},
    )


def masthead(account: Account) -> Masthead:
    """Write what stands above the report."""
    pen, findings = account.pen, account.findings
    study, registration = findings.study, findings.registration
    label = pen.word(f"recipes.registration.{registration.label.value}")
    if len(registration.history) > 1:
        label = pen.plain("registered_often", label=label, times=len(registration.history))
    rows = [
        ("organisation", pen.text(study.organisation)),
        *(() if study.place is None else (("place", pen.text(study.place)),)),
        ("period", pen.part(pen.period(study.period))),
        ("registration", pen.part(label)),
    ]
    return Masthead(
        title=pen.text(study.title),
        question=pen.text(study.question),
        author=pen.text(study.organisation),
        edition=pen.word(f"reports.edition.{findings.edition.value}"),
        facts=tuple(
            Fact(term=pen.word(f"reports.term.{term}"), value=value) for term, value in rows
        ),
        date=document_date(findings),
        watermark=watermark(account),
    )


def document_date(findings: Findings) -> str:
    """Give the date that the document carries: of registration, else the end of the period.

    No clock is read, so that the same findings give the same bytes.
    """
    at = findings.registration.registered_at
    return (findings.study.period.end if at is None else at.date()).isoformat()


def watermark(account: Account) -> str | None:
    """Give the word that every page of invented or illustrative findings carries."""
    findings = account.findings
    valuation = findings.valuation
    if (
        findings.study.invented
        or findings.theory.invented
        or (valuation is not None and valuation.invented)
    ):
        return account.pen.word("reports.watermark.invented")
    if valuation is not None and valuation.illustrative:
        return account.pen.word("reports.watermark.illustrative")
    return None
