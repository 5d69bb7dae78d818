"""What of studies and learning cycles can be found."""

from biotoop.web.shared.actions.finding import Text, findable
from biotoop.web.studies.models import Cycle, LiteratureItem, ProcessTest, Study


@findable(Study, "studies:study")
def study(row: Study) -> Text:
    """Find a study by its title and question."""
    return Text(title=row.title, text=row.question)


@findable(Cycle, "studies:cycle")
def cycle(row: Cycle) -> Text:
    """Find a learning cycle by its title and question."""
    return Text(title=row.title, text=row.question)


@findable(LiteratureItem, "studies:literature_item")
def literature(row: LiteratureItem) -> Text:
    """Find what was published elsewhere by its source, for whom, and where."""
    return Text(title=row.source, text=f"{row.population} {row.setting}", summary=row.population)


@findable(ProcessTest, "studies:test_item")
def test(row: ProcessTest) -> Text:
    """Find a test by what it looked for."""
    words = (row.hypothesis, row.rival, row.expected, row.expected_rival, row.seen)
    return Text(title=row.hypothesis, text=" ".join(words), summary=row.seen or row.expected)
