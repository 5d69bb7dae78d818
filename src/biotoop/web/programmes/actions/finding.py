"""What of programmes, policy goals and research programmes can be found, in both languages."""

from biotoop.web.programmes.models import Partnership, PolicyGoal, Programme
from biotoop.web.shared.actions.finding import Text, findable


@findable(Programme, "programmes:detail")
def programme(row: Programme) -> Text:
    """Find a programme by its names, place and summary."""
    text = f"{row.name_en} {row.place} {row.summary}"
    return Text(title=row.name_nl, text=text, summary=row.summary)


@findable(PolicyGoal, "programmes:goal")
def goal(row: PolicyGoal) -> Text:
    """Find a policy goal by its names and descriptions."""
    text = f"{row.name_en} {row.description_nl} {row.description_en}"
    return Text(title=row.name_nl, text=text, summary=row.description_nl)


@findable(Partnership, "programmes:partnership")
def partnership(row: Partnership) -> Text:
    """Find a research programme by its names and purpose."""
    text = f"{row.name_en} {row.purpose}"
    return Text(title=row.name_nl, text=text, summary=row.purpose)
