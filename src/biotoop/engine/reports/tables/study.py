"""Data, measures and provenance as tables, and all tables of a report together."""

from collections.abc import Iterator

from biotoop.engine.core.messages import Language
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.tables.effects import effect_tables, interval_of
from biotoop.engine.reports.tables.euros import euro_tables
from biotoop.engine.reports.tables.evidence import evidence_tables
from biotoop.engine.reports.tables.model import DataTable, Value, data_table, marked
from biotoop.engine.reports.view import watermark

_DATASETS = "dataset label dataset_kind controller source rows people content_hash"
_MEASURES = """measure label definition unit intended node dataset instrument
wave average se low high
sd n missing alpha alpha_low alpha_high omega omega_low omega_high"""
_WITHHELD = "what reason"
_PROVENANCE = "property value"


def tables_of(findings: Findings, language: Language) -> tuple[DataTable, ...]:
    """Give every table behind a report; each row says so when its figures are invented."""
    pen = Pen(language)
    word = watermark(Account(findings, pen))
    found = (
        *evidence_tables(findings, pen),
        *effect_tables(findings, pen),
        *euro_tables(findings, pen),
        data_table("measures", _MEASURES, _measures(findings, pen)),
        data_table("datasets", _DATASETS, _datasets(findings, pen)),
        data_table("withheld", _WITHHELD, _withheld(findings, pen)),
        data_table("provenance", _PROVENANCE, _provenance(findings)),
    )
    return tuple(marked(table, word) for table in found)


def _datasets(findings: Findings, pen: Pen) -> Iterator[tuple[Value, ...]]:
    for item in findings.datasets:
        yield (
            item.id, pen.read(item.label), item.kind.value, pen.read(item.controller),
            pen.read(item.source), item.rows, item.people, item.content_hash,
        )  # fmt: skip


def _measures(findings: Findings, pen: Pen) -> Iterator[tuple[Value, ...]]:
    for item in findings.measures:
        about = (
            item.id, pen.read(item.label), pen.read(item.definition), pen.read(item.unit),
            item.intended.value, item.node, item.dataset, item.instrument,
        )  # fmt: skip
        for one in item.moments:
            alpha, _, *alpha_ends = interval_of(one.alpha)
            omega, _, *omega_ends = interval_of(one.omega)
            yield (
                *about, one.wave, *interval_of(one.mean), one.sd, one.mean.n, one.mean.missing,
                alpha, *alpha_ends, omega, *omega_ends,
            )  # fmt: skip


def _withheld(findings: Findings, pen: Pen) -> Iterator[tuple[Value, ...]]:
    for item in findings.withheld:
        yield (item.what if item.about is None else pen.read(item.about), pen.read(item.reason))


def _provenance(findings: Findings) -> Iterator[tuple[Value, ...]]:
    found, registration = findings.provenance, findings.registration
    at = registration.registered_at
    yield from (
        ("study", str(findings.study.id)),
        ("edition", findings.edition.value),
        ("recipe_hash", found.recipe_hash),
        ("engine_version", found.engine_version),
        ("scheme", found.scheme),
        ("scheme_hash", found.scheme_hash),
        ("seed", found.seed),
        ("registration", registration.label.value),
        ("registered_at", None if at is None else at.isoformat()),
        ("registration_hash", registration.hash),
    )
    yield from ((f"document {name}", digest) for name, digest in found.documents)
