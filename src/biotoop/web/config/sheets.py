"""The style sheets of every page as one file, so that a page asks for few."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class JoinedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types
    """Compressed files with a hash in their name; small sheets are joined after the look itself."""

    joined = "shared/look.css"
    parts = (
        "shared/tokens.css",
        "shared/components.css",
        "analyses/findings.css",
        "dashboards/dashboards.css",
        "studies/studies.css",
        "theories/theories.css",
    )

    def post_process(
        self,
        paths: dict[str, tuple[Any, str]],
        dry_run: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **options: Any,  # noqa: ANN401 - as above
    ) -> Iterator[tuple[str, str | None, bool]]:
        """Join the sheets, then let every file get its name and its compressed forms."""
        if not dry_run and all(part in paths for part in self.parts):
            self.delete(self.joined)
            self.save(self.joined, ContentFile(b"\n".join(map(self.whole, self.parts))))
            paths[self.joined] = (self, self.joined)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def whole(self, name: str) -> bytes:
        """Read a collected sheet."""
        with self.open(name) as file:
            return bytes(file.read())
