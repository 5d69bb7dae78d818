"""What of claims can be found: their words, for who may read those."""

from biotoop.web.interviews.models import Quote
from biotoop.web.shared.actions.finding import Text, findable


@findable(Quote, "interviews:words")
def words(row: Quote) -> Text | None:
    """Find a claim by its words and by the cause or condition that was named; none put away."""
    claim = row.claim
    if claim.is_archived:
        return None
    title = f"{claim.code}, {claim.study.title}"
    return Text(title=title, text=f"{row.text} {claim.rival} {claim.condition}", summary=row.text)
