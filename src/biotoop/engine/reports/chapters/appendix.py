"""Chapter 6: methods, data, measures, provenance, what was withheld, and how to repeat it."""

import datetime as dt
from collections.abc import Iterator

from biotoop.engine.core.messages import Note
from biotoop.engine.recipes.findings import (
    DatasetSummary,
)
from biotoop.engine.recipes.study import Purpose
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Fold, Row, Table
from biotoop.engine.reports.chapters.measured import measure_blocks
from biotoop.engine.reports.chapters.registrations import registrations
from biotoop.engine.reports.document import Chapter
from biotoop.engine.reports.inline import Prose
from biotoop.engine.reports.naming import told
from biotoop.engine.reports.pen import code, glued, plain_text
from biotoop.engine.reports.setting import (
    bullets,
    facts,
    heading,
    paragraph,
    prose,
    row,
    table,
)


def appendix_chapter(account: Account) -> Chapter:
    """Write what is needed to judge and to repeat the study."""
    pen = account.pen
    return Chapter(
        number=6,
        anchor="appendix",
        title=pen.word("reports.chapter.appendix"),
        blocks=(
            *_study(account),
            *_conventions(account),
            *_computing(account),
            *_data(account),
            *measure_blocks(account),
            *_withheld(account),
            *_provenance(account),
        ),
    )


def _study(account: Account) -> Iterator[Block]:
    pen, study = account.pen, account.findings.study
    registration = account.findings.registration
    at = registration.registered_at
    publish = None
    if study.purpose is Purpose.ACCOUNT:
        publish = pen.date(study.publish_by)
    yield heading(pen.say("appendix.study"), anchor="study")
    yield facts(
        pen,
        ("organisation", pen.text(study.organisation)),
        ("made_by", pen.listing(study.people) or None),
        ("place", None if study.place is None else pen.text(study.place)),
        ("period", pen.period(study.period)),
        ("purpose", pen.word(f"reports.purpose.{study.purpose.value}")),
        ("publish_by", publish),
        ("registration", pen.word(f"recipes.registration.{registration.label.value}")),
        ("registered_at", None if at is None else _registered_at(account, at)),
        ("registered_by", registration.registered_by),
        ("registration_hash", None if registration.hash is None else code(registration.hash)),
    )
    if registration.deviations:
        yield paragraph(pen.say("appendix.deviations"))
        yield bullets(told(account, item) for item in registration.deviations)
    for item in registration.translations:
        yield paragraph(pen.say("appendix.translated", what=told(account, item)))
    yield from registrations(account)


def _registered_at(account: Account, at: dt.datetime) -> Prose:
    """Say when the plan in force was fixed, and how often it was fixed before that."""
    pen, history = account.pen, account.findings.registration.history
    day = pen.date(at.date())
    if len(history) < 2:
        return prose(day)
    first = pen.date(history[0].registered_at.date())
    return pen.say("appendix.registered_more", day=day, times=len(history), first=first)


def _conventions(account: Account) -> Iterator[Block]:
    pen, found = account.pen, account.findings.plausibility
    yield heading(pen.say("appendix.conventions"), anchor="conventions")
    lines = [
        pen.say("appendix.scheme", version=found.scheme_version),
        pen.say("appendix.intervals"),
        pen.say("appendix.levels"),
    ]
    if found.scheme_reason is not None:
        lines.insert(1, pen.say("appendix.own_scheme", reason=found.scheme_reason))
    valuation = account.findings.valuation
    if valuation is not None:
        lines += [
            pen.note(valuation.method),
            pen.say("appendix.error", error=pen.euros(valuation.net.mean_error)),
            *(pen.note(item) for item in valuation.assumptions),
        ]
    yield bullets(lines)


def _computing(account: Account) -> Iterator[Block]:
    """Name how each effect and its interval were computed, in the terms of the trade."""
    pen = account.pen
    found = [item.primary for item in account.findings.effects]
    rows = [
        row(
            account.effect_title(finding.plan),
            told(account, finding.estimate.method, finding.dataset),
            "-" if finding.estimate.interval is None else pen.note(finding.estimate.interval),
        )
        for finding in found
        if finding.estimate is not None and finding.not_shown is None
    ]
    if rows:
        yield table(
            pen,
            "table-computing",
            pen.say("appendix.computing"),
            ("plan", "method", "interval"),
            rows,
        )


def _data(account: Account) -> Iterator[Block]:
    pen, datasets = account.pen, account.findings.datasets
    yield heading(pen.say("appendix.data"), anchor="data")
    if not datasets:
        yield paragraph(pen.say("appendix.no_data"))
        return
    yield table(
        pen,
        "table-data",
        pen.say("appendix.data_caption"),
        ("dataset", "kind", "controller", "#rows", "#people", "source"),
        [_dataset_row(account, item) for item in datasets],
    )
    for item in datasets:
        if item.waves:
            yield _waves(account, item)
        if item.remarks:
            yield paragraph(pen.say("appendix.remarks", dataset=item.label))
            yield bullets(told(account, remark, item.id) for remark in item.remarks)


def _dataset_row(account: Account, item: DatasetSummary) -> Row:
    pen = account.pen
    return row(
        pen.text(item.label),
        pen.word(f"reports.dataset.{item.kind.value}"),
        pen.text(item.controller),
        pen.count(item.rows),
        pen.count(item.people),
        pen.text(item.source),
    )


def _waves(account: Account, item: DatasetSummary) -> Table:
    pen = account.pen
    return table(
        pen,
        f"table-waves-{item.id}",
        pen.say("appendix.waves", dataset=item.label),
        ("moment", "date", "#rows"),
        [row(pen.text(one.label), pen.date(one.date), pen.count(one.rows)) for one in item.waves],
    )


def _withheld(account: Account) -> Iterator[Block]:
    pen, findings = account.pen, account.findings
    yield heading(pen.say("appendix.withheld"), anchor="withheld")
    yield paragraph(pen.say(f"appendix.edition_{findings.edition.value}"))
    if findings.withheld:
        yield table(
            pen,
            "table-withheld",
            pen.say("appendix.withheld_caption"),
            ("what", "reason"),
            [row("; ".join(what), pen.note(reason)) for reason, what in by_reason(account)],
        )
    elif findings.edition.value == "readers":
        yield paragraph(pen.say("appendix.nothing_withheld"))


def by_reason(account: Account) -> list[tuple[Note, list[str]]]:
    """Gather what is withheld by its reason: one and the same is said once."""
    found: list[tuple[Note, list[str]]] = []
    for item in account.findings.withheld:
        words = item.what if item.about is None else plain_text(told(account, item.about))
        same = next((what for reason, what in found if reason == item.reason), None)
        if same is None:
            found.append((item.reason, [words]))
        else:
            same.append(words)
    return found


def _provenance(account: Account) -> Iterator[Block]:
    pen, found = account.pen, account.findings.provenance
    yield heading(pen.say("appendix.provenance"), anchor="provenance")
    yield paragraph(pen.say("appendix.repeat"))
    yield paragraph(code(f"biotoop run {pen.word('reports.appendix.folder')}"))
    yield facts(
        pen,
        ("recipe_hash", code(found.recipe_hash)),
        ("engine_version", code(found.engine_version)),
        ("scheme", glued(found.scheme, code(found.scheme_hash))),
        ("seed", code(str(found.seed))),
    )
    rows = [
        *((_document(account, name), digest) for name, digest in found.documents),
        *(
            (pen.text(item.label), item.content_hash)
            for item in account.findings.datasets
            if item.content_hash
        ),
    ]
    if rows:
        hashes = table(
            pen,
            "table-hashes",
            pen.say("appendix.hashes_caption"),
            ("document", "hash"),
            [row(name, code(digest)) for name, digest in rows],
        )
        yield Fold(title=pen.plain("appendix.hashes"), blocks=(hashes,))


def _document(account: Account, name: str) -> Prose:
    """Name what has a hash: a file by its own name, all else in words."""
    pen = account.pen
    if name in ("scheme", "engine", "registration"):
        return pen.say(f"appendix.document_{name}")
    known = {f"data/{item.id}": item.label for item in account.findings.datasets}
    return (
        pen.say("appendix.document_described", dataset=known[name])
        if name in known
        else prose(name)
    )
