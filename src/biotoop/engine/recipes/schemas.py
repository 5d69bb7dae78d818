"""The published JSON Schemas: every document of the study folder, and the findings."""

from biotoop.engine.core.schema import json_schema
from biotoop.engine.evidence.model import Claim, Judgements, Literature, Tests
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.recipes.folder import CLAIMS, DOCUMENTS, JUDGEMENTS, LITERATURE, TESTS

FINDINGS = "findings.json"


def schemas() -> dict[str, dict[str, object]]:
    """Give every schema by the name of its document.

    The schema of ``evidence/claims.csv`` describes one row.
    """
    evidence = {CLAIMS: Claim, TESTS: Tests, LITERATURE: Literature, JUDGEMENTS: Judgements}
    classes = {**DOCUMENTS, **evidence, FINDINGS: Findings}
    return {
        name: json_schema(cls, title=name, schema_id=f"urn:biotoop:schema:{name}:1")
        for name, cls in classes.items()
    }
