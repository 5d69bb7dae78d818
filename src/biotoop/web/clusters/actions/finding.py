"""What of clusters can be found."""

from biotoop.web.clusters.enums import ReportKind
from biotoop.web.clusters.models import Cluster, Proposal, Report
from biotoop.web.shared.actions.finding import Text, findable


@findable(Cluster, "clusters:detail")
def cluster(row: Cluster) -> Text:
    """Find a cluster by its names, theme and question."""
    text = f"{row.name_en} {row.theme.name_nl} {row.theme.name_en} {row.question}"
    return Text(title=row.name_nl, text=text, summary=row.question)


@findable(Proposal, "clusters:proposal")
def proposal(row: Proposal) -> Text:
    """Find a proposal by what it asks and which partners it looks for."""
    return Text(title=row.title, text=f"{row.question} {row.wanted}", summary=row.question)


@findable(Report, "clusters:work")
def report(row: Report) -> Text | None:
    """Find a published work; how it goes is not found."""
    if row.kind != ReportKind.PUBLICATION:
        return None
    return Text(title=row.title, text=row.text, summary=row.text)
