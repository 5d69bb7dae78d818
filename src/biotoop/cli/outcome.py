"""What a run leaves behind: findings.json, run.json, tables, report; and what it says."""

import datetime as dt
import getpass
import json
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import click

from biotoop import __version__
from biotoop.cli.console import Progress, say, show_json
from biotoop.engine.core.errors import AmongSources, WrongPlace
from biotoop.engine.core.messages import Language, Note, Param, render
from biotoop.engine.core.texts import Text
from biotoop.engine.recipes.findings import Edition, Findings


@attrs.frozen(kw_only=True)
class Written:
    """What was written, and the findings that the reader may see."""

    findings: Findings
    folder: Path
    files: tuple[Path, ...]


def write_all(
    findings: Findings,
    out: Path,
    *,
    language: Language,
    formats: Sequence[str],
    edition: str,
    progress: Progress,
) -> Written:
    """Write everything into ``out``; the findings are always those of the chosen edition."""
    from biotoop.engine.core.messages import note
    from biotoop.engine.recipes.editions import readers_edition
    from biotoop.engine.recipes.freezing import findings_json
    from biotoop.engine.reports.write import write_report

    shown = findings if edition == Edition.TEAM.value else readers_edition(findings)
    clear_earlier_run(out)
    out.mkdir(parents=True, exist_ok=True)
    progress(note("cli.step.findings"))
    (out / "findings.json").write_bytes(findings_json(shown))
    progress(note("cli.step.report"))
    files = write_report(shown, out, language=language, formats=tuple(formats))
    progress(note("cli.step.ready"))
    names = ["findings.json", *(path.relative_to(out).as_posix() for path in files)]
    record = json.dumps(run_record(progress, shown, names), indent=2, sort_keys=True)
    (out / "run.json").write_text(record + "\n", "utf-8")
    return Written(findings=shown, folder=out, files=files)


def refuse_out(out: Path, study: Path) -> None:
    """Refuse to write a report among the data or documents of the study; in its out/ it may lie.

    Raises
    ------
    WrongPlace, AmongSources
        It would.
    """
    for part in ("data", "evidence"):
        if out.resolve().is_relative_to((study / part).resolve()):
            raise WrongPlace(folder=str(out), part=part)
    inside, apart = out.resolve().is_relative_to(study.resolve()), study / "out"
    if inside and not out.resolve().is_relative_to(apart.resolve()):
        raise AmongSources(folder=str(out), instead=str(apart))


def clear_earlier_run(out: Path) -> None:
    """Take away what an earlier run left, so that tables of the team never lie among readers'.

    Only files that the earlier ``run.json`` names are touched.
    """
    record = out / "run.json"
    if not record.is_file():
        return
    try:
        names = json.loads(record.read_text("utf-8")).get("files", [])
    except (ValueError, AttributeError):
        return
    root = out.resolve()
    for name in names:
        path = (out / str(name)).resolve()
        if path.is_relative_to(root) and path.is_file():
            path.unlink()


def run_record(progress: Progress, findings: Findings, files: list[str]) -> dict[str, object]:
    """Say what was run, when, where, in how much time and memory; for the team also by whom."""
    by = {"by": getpass.getuser()} if findings.edition is Edition.TEAM else {}
    return {
        **by,
        "schema_version": 1,
        "recipe_hash": findings.provenance.recipe_hash,
        "edition": findings.edition.value,
        "files": files,
        "engine_version": __version__,
        "finished": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "seconds": round(progress.seconds, 2),
        "steps": [{"step": step, "at": at} for step, at in progress.steps],
        "peak_memory_mib": peak_memory(),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
    }


def peak_memory() -> float | None:
    """Give the largest memory so far in MiB; None where the system does not tell."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def finish(written: Written, progress: Progress, language: Language, *, as_json: bool) -> None:
    """Print the answer and where everything lies."""
    if as_json:
        show_json(_plain(written, progress, language))
        return
    _show_answers(written.findings, language)
    click.echo()
    say("cli.run.done", language, seconds=round(progress.seconds, 1), folder=str(written.folder))
    deeper = [path for path in written.files if path.parent != written.folder]
    for path in written.files:
        if path not in deeper:
            click.echo(f"  {path}")
    for folder in dict.fromkeys(path.parent for path in deeper):
        inside = sum(path.parent == folder for path in deeper)
        say("cli.run.files", language, folder=str(folder), count=inside)


def _plain(written: Written, progress: Progress, language: Language) -> dict[str, object]:
    answers = written.findings.answers
    return {
        "answers": {a.question.value: [n.text(language) for n in a.sentences] for a in answers},
        "files": [str(path) for path in written.files],
        "folder": str(written.folder),
        "language": language,
        "seconds": round(progress.seconds, 2),
        "study_language": written.findings.study.languages[0].value,
        "watermark": watermark_of(written.findings, language),
    }


def _show_answers(findings: Findings, language: Language) -> None:
    study = findings.study
    own: Language = study.languages[0].value
    click.echo()
    mark = watermark_of(findings, language)
    title = in_own_words(study.title, own, language)
    click.secho(f"{title} ({mark})" if mark else title, bold=True)
    click.echo(in_own_words(study.question, own, language))
    for answer in findings.answers:
        click.echo()
        click.secho(render(f"recipes.question.{answer.question.value}", language), bold=True)
        for sentence in answer.sentences:
            click.echo(_indented(sentence.text(language)))
    shown = [text for answer in findings.answers for n in answer.sentences for text in texts_in(n)]
    if any(tongue_of(text, own, language) != language for text in shown):
        click.echo()
        click.echo(_indented(render("cli.run.own_words", language)))


def watermark_of(findings: Findings, language: Language) -> str | None:
    """Give the word that invented or illustrative findings carry, as on every page."""
    from biotoop.engine.reports.account import Account
    from biotoop.engine.reports.pen import Pen
    from biotoop.engine.reports.view import watermark

    return watermark(Account(findings, Pen(language)))


def texts_in(param: Param) -> Iterator[Text]:
    """Give the texts of the study that a sentence quotes."""
    if isinstance(param, Text):
        yield param
    elif isinstance(param, Note):
        for part in param.params.values():
            yield from texts_in(part)
    elif isinstance(param, tuple):
        for part in param:
            yield from texts_in(part)


def tongue_of(text: Text, own: Language, language: Language) -> Language:
    """Tell in which language a reader gets a text of a study that is written in ``own``."""
    other: Language = "en" if language == "nl" else "nl"
    if (text.nl if language == "nl" else text.en) is not None:
        return language
    return own if text.plain is not None else other


def in_own_words(text: Text, own: Language, language: Language) -> str:
    """Give a text of the study; when it is in another language than asked for, it says so."""
    tongue = tongue_of(text, own, language)
    shown = text.get(language)
    return shown if tongue == language else f"{shown} {render(f'cli.run.in_{tongue}', language)}"


def _indented(text: str) -> str:
    return click.wrap_text(text, width=88, initial_indent="  ", subsequent_indent="  ")
