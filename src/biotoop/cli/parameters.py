"""What commands take: arguments and options, each with its name and meaning in the catalogue."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from biotoop.cli.language import OPTION, VARIABLE, spoken
from biotoop.cli.misunderstood import Misunderstood
from biotoop.engine.core.messages import note, render

F = TypeVar("F", bound=Callable[..., Any])


class Decorator(Protocol):
    """Adds a parameter to a command."""

    def __call__(self, command: F, /) -> F:
        """Add it."""


class Argument(click.Argument):
    """An argument whose name and meaning stand in the catalogue."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Give the name of the place that it takes."""
        name = _metavar(str(self.name), self.type, ctx)
        return name if self.required else f"[{name}]"

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Give its line in the help."""
        return self.make_metavar(ctx), render(str(self.help), spoken(ctx))


class Option(click.Option):
    """An option whose meaning stands in the catalogue."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Give the name of its value."""
        return _metavar(str(self.name), self.type, ctx)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give its line in the help, with whether it must be given and what holds otherwise."""
        language = spoken(ctx)
        words = [render(str(self.help), language)]
        if self.required:
            words.append(render("cli.usage.required", language))
        default = self.show_default and self.get_default(ctx)
        if default:
            shown = default if isinstance(default, tuple) else str(default)
            words.append(note("cli.usage.default", value=shown).text(language))
        return self.get_help_spec(ctx), " ".join(words)


def _metavar(name: str, kind: Any, ctx: click.Context) -> str:  # noqa: ANN401 - click's type
    if isinstance(kind, click.Choice):
        return f"[{'|'.join(kind.choices)}]"
    return render(f"cli.metavar.{name}", spoken(ctx))


class OneOf(click.Choice[str]):
    """A word of a list."""

    def convert(self, value: Any, param: Any, ctx: Any) -> str:  # noqa: ANN401 - click's types
        """Take the word, or say which words there are."""
        if value in self.choices:
            return str(value)
        named = param.opts[0] if isinstance(param, click.Option) else param.make_metavar(ctx)
        raise Misunderstood(
            note("cli.usage.choice", name=named, value=str(value), allowed=tuple(self.choices)), ctx
        )


class FolderPath(click.ParamType[Path]):
    """A folder that may still have to be made."""

    name = "folder"

    def convert(self, value: Any, param: Any, ctx: Any) -> Path:  # noqa: ANN401 - click's types
        """Take the path; a file in its place is refused."""
        path = Path(value)
        if path.exists() and not path.is_dir():
            named = param.opts[0]
            raise Misunderstood(note("cli.usage.not_a_folder", name=named, path=str(path)), ctx)
        return path


def argument(name: str, **settings: Any) -> Decorator:  # noqa: ANN401 - click's own
    """Declare an argument; its meaning is ``cli.argument.<name>``."""
    settings.setdefault("help", f"cli.argument.{name}")
    return click.argument(name, cls=Argument, **settings)


def option(*names: str, meaning: str, **settings: Any) -> Decorator:  # noqa: ANN401 - click's own
    """Declare an option; its meaning is ``cli.option.<meaning>``."""
    return click.option(*names, cls=Option, help=f"cli.option.{meaning}", **settings)


def path_argument(name: str) -> Decorator:
    """Declare an argument that is a path, whether something is there or not."""
    return argument(name, type=click.Path(path_type=Path))


def json_option(meaning: str) -> Decorator:
    """Declare ``--json``, for programs that read along."""
    return option("--json", "as_json", meaning=meaning, is_flag=True)


def out_option(meaning: str, *, required: bool) -> Decorator:
    """Declare ``--out``, the folder to write to."""
    return option("--out", type=FolderPath(), required=required, meaning=meaning)


class Several(OneOf):
    """Words of a list, with commas in between."""

    def convert(self, value: Any, param: Any, ctx: Any) -> str:  # noqa: ANN401 - click's types
        """Take each word, or say which words there are."""
        words = [OneOf.convert(self, word.strip(), param, ctx) for word in str(value).split(",")]
        return ",".join(words)


def _apart(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for value in values for word in value.split(",")))


def several_option(
    name: str, into: str, choices: Sequence[str], default: Sequence[str], *, meaning: str
) -> Decorator:
    """Declare an option that takes words of a list and may be given more than once."""
    return option(
        name,
        into,
        type=Several(choices),
        multiple=True,
        callback=_apart,
        default=tuple(default),
        show_default=True,
        meaning=meaning,
    )


def language_option(*, environment: bool = False) -> click.Option:
    """Make ``--lang``, which every command takes, before its own options or among them."""
    return Option(
        [OPTION],
        type=OneOf(["nl", "en"]),
        expose_value=False,
        is_eager=True,
        callback=_speak,
        envvar=VARIABLE if environment else None,
        help="cli.option.lang",
    )


def _speak(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        ctx.obj = value
    return value
