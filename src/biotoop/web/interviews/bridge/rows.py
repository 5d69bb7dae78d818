"""The claims of a study as rows of claims.csv."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from biotoop.engine.recipes.folder import CLAIMS
from biotoop.web.interviews.bridge.claims import write_claims
from biotoop.web.interviews.models import Claim, Quote
from biotoop.web.studies.bridge.folders import Files, files_of
from biotoop.web.studies.models import Study

WEIGHTS = {"1": 1, "0.75": 0.75, "0.5": 0.5, "0.25": 0.25}
_SAME = (
    "target", "stance", "count", "explicit", "life_age", "life_place", "life_role", "rival",
    "rival_relation", "rival_share", "condition", "coder", "coder_relation", "family",
    "importance", "text_hash",
)  # fmt: skip


def whole_folder(study: Study) -> Files:
    """Give every written document of a study with its claims; the data files come beside it."""
    files = files_of(study)
    claims = study.claims.filter(archived_at=None)
    rows = list(rows_of(claims))
    if rows:
        files[CLAIMS] = write_claims(rows)
    return files


def rows_of(claims: QuerySet[Claim]) -> Iterator[dict[str, Any]]:
    """Give claims as plain rows, in the order of their codes."""
    related = ("round", "respondent", "proposal", "quote")
    for claim in claims.select_related(*related).order_by("code"):
        yield row_of(claim)


def row_of(claim: Claim) -> dict[str, Any]:
    """Give one claim as a plain row; what is empty is left out."""
    held = claim.round
    plain = {
        "id": claim.code,
        **{name: getattr(claim, name) for name in _SAME},
        "respondent": claim.respondent.code if claim.respondent else None,
        "method": held.method,
        "round": held.code,
        "organisation": held.organisation,
        "asked_by": held.asked_by,
        "interviewer": claim.interviewer or held.interviewer,
        "asked": claim.asked or held.asked,
        "searched": held.searched if claim.searched is None else claim.searched,
        "quality": WEIGHTS[claim.quality],
        "proposes": claim.proposal.label if claim.proposal else None,
        **words_of(claim),
    }
    return {key: value for key, value in plain.items() if value not in ("", None)}


def words_of(claim: Claim) -> dict[str, Any]:
    """Give the words of a claim, if somebody wrote them down."""
    quote: Quote | None = getattr(claim, "quote", None)
    if quote is None:
        return {}
    return {
        "quote": quote.text,
        "language": quote.language,
        "quote_consent": quote.consent,
        "quote_approved_by": quote.approved_by,
    }
