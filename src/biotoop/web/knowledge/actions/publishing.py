"""Write down what is published: everything that readers see, as it was on that day."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from biotoop.web.knowledge.models import Product, Release
from biotoop.web.knowledge.queries import live_sources, live_touches
from biotoop.web.knowledge.rules.completeness import AUDIENCES
from biotoop.web.shared.actions.finding import index
from biotoop.web.shared.models import StoredFile
from biotoop.web.shared.queries import files_of
from biotoop.web.theories.enums import Visibility

Plain = dict[str, Any]
AS_IT_IS = (
    "kind", "title", "language", "theme", "summary", "plain", "licence", "intellectual_property",
    "question_text", "address", "doi", "invented",
)  # fmt: skip


def release(product: Product, note: str, *, by: UUID | None) -> Release:
    """Make the next release, with copies of its files, in the caller's transaction."""
    before = product.latest
    number = before.number + 1 if before else 1
    content = content_of(product) | {"previous": str(before.pk) if before else ""}
    made = Release.objects.create(
        product=product,
        number=number,
        title=product.title,
        kind=product.kind,
        theme=product.theme,
        programme=product.programme,
        summary=product.summary,
        content=content,
        content_hash=hash_of(content),
        note=note,
        published_by=by,
    )
    copy_files(product, made)
    product.latest = made
    product.stamped_at = now().replace(microsecond=0)
    return made


def bring_up_to_date(product: Product) -> None:
    """Let search know which release is the newest now."""
    for one in product.releases.order_by("-number")[:2]:
        index(one)


def content_of(product: Product) -> Plain:
    """Write all that readers see, as plain data."""
    programme, version = product.programme, product.version
    return {name: getattr(product, name) for name in AS_IT_IS} | {
        "id": str(product.pk),
        "audiences": {name: text for name in AUDIENCES if (text := getattr(product, name))},
        "question": str(product.question) if product.question else "",
        "publisher": product.organisation.name,
        "programme": programme.names if programme else {},
        "authors": authors_of(product),
        "touches": touches_of(product),
        "sources": [str(row.source_id) for row in live_sources(product)],
        "theory": {"id": str(version.theory_id), "number": version.number} if version else {},
        "files": [file_of(file) for file in files_of(product)],
    }


def authors_of(product: Product) -> list[Plain]:
    """Write the makers in their order."""
    fields = ("name", "is_person", "affiliation", "orcid")
    rows = product.authors.filter(archived_at=None).order_by("position", "created_at")
    return [{name: getattr(row, name) for name in fields} for row in rows]


def touches_of(product: Product) -> list[Plain]:
    """Write which steps it changes; those of theories that are not public stay inside."""
    open_ones = {"theory__visibility": Visibility.PUBLIC, "theory__latest__isnull": False}
    return [
        {
            "theory": str(row.theory_id),
            "title": str(row.theory),
            "link": str(row.link_id) if row.link_id else "",
            "text": str(row.target),
            "change": row.change,
            "because": row.because,
        }
        for row in live_touches(product).filter(**open_ones, theory__archived_at=None)
    ]


def file_of(file: StoredFile) -> Plain:
    """Write what is known of a file."""
    fields = ("name", "media_type", "size", "sha256")
    return {name: getattr(file, name) for name in fields}


def copy_files(product: Product, made: Release) -> None:
    """Let the release have the files as they are now; the content itself lies there once."""
    StoredFile.objects.bulk_create(
        StoredFile(
            owner_kind=made._meta.label,
            owner_id=made.pk,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            made_by=file.made_by,
        )
        for file in files_of(product)
    )


def hash_of(content: Plain) -> str:
    """Give the hash of a content, whatever the order of its names."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
