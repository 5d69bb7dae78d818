"""What of theories can be found: the published words, never those of a draft."""

from biotoop.web.shared.actions.finding import Text, findable
from biotoop.web.theories.models import Theory


@findable(Theory, "theories:read")
def theory(row: Theory) -> Text:
    """Find a theory by its title, place, and the words of its last version."""
    content = row.latest.content if row.latest else {}
    nodes = [str(item.get("label", "")) for item in content.get("nodes", ())]
    links = [
        f"{item.get('if', '')} {item.get('then', '')} {item.get('because', '')}"
        for item in content.get("links", ())
    ]
    summary = "; ".join(nodes[:3])
    return Text(title=str(row), text=" ".join([*nodes, *links]), summary=summary)
