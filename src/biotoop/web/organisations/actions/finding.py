"""What of organisations can be found; people are looked up on the pages of their organisation."""

from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.actions.finding import Text, findable


@findable(Organisation, "organisations:detail")
def organisation(row: Organisation) -> Text:
    """Find an organisation by its name and place."""
    return Text(title=row.name, text=row.place)
