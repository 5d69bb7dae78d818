"""What a run leaves behind: findings.json, run.json, tables, report; and what it says."""

import datetime as dt
import getpass
import json
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

import attrs
import click

from biotoop import __version__
from biotoop.cli.console import Language, Progress, say, show_json
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
    """Say who ran what, when, on what machine, in how much time and memory."""
    return {
        "schema_version": 1,
        "recipe_hash": findings.provenance.recipe_hash,
        "edition": findings.edition.value,
        "files": files,
        "engine_version": __version__,
        "by": getpass.getuser(),
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
    answers = written.findings.answers
    if as_json:
        show_json(
            {
                "answers": {
                    a.question.value: [n.text(language) for n in a.sentences] for a in answers
                },
                "files": [str(path) for path in written.files],
                "folder": str(written.folder),
                "seconds": round(progress.seconds, 2),
            }
        )
        return
    click.echo()
    click.secho(written.findings.study.title.get(language), bold=True)
    click.echo(written.findings.study.question.get(language))
    for answer in answers:
        click.echo()
        click.secho(_heading(answer.question.value, language), bold=True)
        for sentence in answer.sentences:
            click.echo(
                click.wrap_text(
                    sentence.text(language), width=88, initial_indent="  ", subsequent_indent="  "
                )
            )
    click.echo()
    say("cli.run.done", language, seconds=round(progress.seconds, 1), folder=str(written.folder))
    deeper = [path for path in written.files if path.parent != written.folder]
    for path in written.files:
        if path not in deeper:
            click.echo(f"  {path}")
    for folder in dict.fromkeys(path.parent for path in deeper):
        inside = sum(path.parent == folder for path in deeper)
        say("cli.run.files", language, folder=str(folder), count=inside)


def _heading(question: str, language: Language) -> str:
    from biotoop.engine.core.messages import render

    return render(f"recipes.question.{question}", language)
