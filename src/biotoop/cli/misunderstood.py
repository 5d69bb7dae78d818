"""A command that was not understood: what is wrong and what to do, in the reader's language."""

import difflib

import click

from biotoop.cli.language import spoken
from biotoop.engine.core.messages import Note, note


class Misunderstood(click.UsageError):
    """A fault in the command line, as a note of the catalogue."""

    def __init__(self, what: Note, ctx: click.Context | None = None) -> None:
        super().__init__(what.text("en"), ctx)
        self.note = what


def show_misunderstood(error: click.UsageError) -> None:
    """Print on standard error how the command is given, and what was wrong with this one."""
    language = spoken(error.ctx)
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and error.ctx is not None:
        click.echo(error.ctx.get_help(), err=True)
        return
    if error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        hint = note("cli.usage.try_help", command=error.ctx.command_path)
        click.echo(f"{hint.text(language)}\n", err=True)
    click.echo(note_of(error).text(language), err=True)


def note_of(error: click.UsageError) -> Note:
    """Say what click found, in a sentence of the catalogue."""
    if isinstance(error, Misunderstood):
        return error.note
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error)
    if isinstance(error, click.MissingParameter):
        return _missing(error)
    if isinstance(error, click.BadOptionUsage):
        flag = _is_flag(error)
        code = "cli.usage.no_value_allowed" if flag else "cli.usage.value_needed"
        return note(code, option=error.option_name)
    if error.ctx is not None and isinstance(error.ctx.command, click.Group):
        return note(
            "cli.usage.no_command", allowed=tuple(error.ctx.command.list_commands(error.ctx))
        )
    return note("core.reason.original", text=error.format_message())


def _options(ctx: click.Context | None) -> list[str]:
    params = [] if ctx is None else ctx.command.get_params(ctx)
    return [name for param in params if isinstance(param, click.Option) for name in param.opts]


def _no_such_option(error: click.NoSuchOption) -> Note:
    known = _options(error.ctx)
    near = difflib.get_close_matches(error.option_name, known, n=1, cutoff=0.5)
    code = "cli.usage.no_such_option_near" if near else "cli.usage.no_such_option"
    allowed = tuple(name for name in known if name.startswith("--"))
    return note(code, name=error.option_name, near=near[0] if near else None, allowed=allowed)


def _missing(error: click.MissingParameter) -> Note:
    param, ctx = error.param, error.ctx
    if param is None or ctx is None:
        return note("core.reason.original", text=error.format_message())
    meaning = note(str(getattr(param, "help", None)))
    if isinstance(param, click.Option):
        return note("cli.usage.option_missing", name=param.opts[0], meaning=meaning)
    return note("cli.usage.argument_missing", name=param.make_metavar(ctx), meaning=meaning)


def _is_flag(error: click.BadOptionUsage) -> bool:
    params = [] if error.ctx is None else error.ctx.command.get_params(error.ctx)
    return any(
        isinstance(param, click.Option) and error.option_name in param.opts and param.is_flag
        for param in params
    )
