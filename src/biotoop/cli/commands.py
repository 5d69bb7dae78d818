"""Commands that explain themselves in the language of the reader, from the message catalogue."""

import difflib
import importlib
from collections.abc import Sequence

import click

from biotoop.cli.language import spoken
from biotoop.cli.misunderstood import Misunderstood
from biotoop.cli.parameters import language_option
from biotoop.engine.core.messages import Language, note, render


def _first_line(name: str, language: Language) -> str:
    return render(f"cli.help.{name}", language).split("\n", 1)[0]


class Speaking(click.Command):
    """A command whose help stands in the catalogue: ``cli.help.<name>``."""

    def __init__(self, *args: object, **settings: object) -> None:
        super().__init__(*args, **settings)  # type: ignore[arg-type]
        if self.name != "program":
            self.params.append(language_option())

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Give what stands behind the name of the command."""
        pieces = [part for param in self.params for part in param.get_usage_pieces(ctx)]
        return [render("cli.usage.optional", spoken(ctx)), *pieces]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is given."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        prefix = f"{render('cli.usage.usage', spoken(ctx))} "
        formatter.write_usage(ctx.command_path, pieces, prefix)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(render(f"cli.help.{self.name}", spoken(ctx)))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the arguments, each with its meaning."""
        self._section(ctx, formatter, "arguments", click.Argument)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, each with its meaning."""
        self._section(ctx, formatter, "options", click.Option)

    def _section(
        self,
        ctx: click.Context,
        formatter: click.HelpFormatter,
        heading: str,
        kind: type[click.Parameter],
    ) -> None:
        params = [param for param in self.get_params(ctx) if isinstance(param, kind)]
        records = [record for param in params if (record := param.get_help_record(ctx))]
        if records:
            with formatter.section(render(f"cli.usage.{heading}", spoken(ctx))):
                formatter.write_dl(records)

    def get_help_option_names(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as in click
        """Give the names of the option that shows this help."""
        return ["-h", "--help"]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the option that shows this help, explained in the language of the reader."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = render("cli.option.help", spoken(ctx))
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Give the first sentence of the help."""
        first = _first_line(str(self.name), spoken(click.get_current_context(silent=True)))
        return first if len(first) <= limit else first[: limit - 1].rstrip(" ,.;:") + "…"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; words that are left over are told in the language of the reader."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = error.ctx or ctx  # the parser of click does not tell
            raise
        if rest and not ctx.resilient_parsing and not isinstance(self, click.Group):
            raise Misunderstood(note("cli.usage.left_over", words=tuple(map(str, rest))), ctx)
        return rest


class SpeakingGroup(Speaking, click.Group):
    """Commands that are imported only when they are used, so that help comes at once."""

    names: Sequence[str] = ()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the commands in the order in which a study uses them."""
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in self.names:
            return None
        module = importlib.import_module(f"biotoop.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Add the place of the command."""
        return [*super().collect_usage_pieces(ctx), render("cli.usage.command", spoken(ctx))]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands with their first sentence."""
        super().format_options(ctx, formatter)
        language = spoken(ctx)
        with formatter.section(render("cli.usage.commands", language)):
            formatter.write_dl([(name, _first_line(name, language)) for name in self.names])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Close with the exit codes."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(render("cli.usage.endings", spoken(ctx)))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown name gets the nearest one there is."""
        name = args[0]
        if self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            near = difflib.get_close_matches(name, self.names, n=1, cutoff=0.5)
            code = "cli.usage.no_such_command_near" if near else "cli.usage.no_such_command"
            raise Misunderstood(
                note(code, name=name, near=near[0] if near else None, allowed=tuple(self.names)),
                ctx,
            )
        return super().resolve_command(ctx, args)
