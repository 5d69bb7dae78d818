"""What of products can be found: the newest release by all, the draft by who may see it."""

from biotoop.web.knowledge.models import Product, Release
from biotoop.web.shared.actions.finding import Text, findable


@findable(Release, "knowledge:release")
def release(row: Release) -> Text | None:
    """Find the newest release by what it says; older ones and withdrawn ones are not found.

    Steps of theories are left out: a theory may close, and the words would stay here.
    """
    if row.product.latest_id != row.pk or row.product.withdrawn_at is not None:
        return None
    content = row.content
    parts = [
        row.summary,
        content.get("plain", ""),
        content.get("question_text", ""),
        row.get_kind_display(),
        row.get_theme_display(),
        *content.get("audiences", {}).values(),
        *(one["name"] for one in content.get("authors", [])),
    ]
    return Text(title=row.title, text=" ".join(parts), summary=row.summary)


@findable(Product, "knowledge:desk")
def product(row: Product) -> Text | None:
    """Find what was never published by its texts, for who works on it."""
    if row.latest_id is not None:
        return None
    return Text(title=row.title, text=f"{row.summary} {row.plain}", summary=row.summary)
