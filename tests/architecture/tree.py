"""The checkout as the architecture tests see it."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "biotoop"
ENGINE = SOURCE / "engine"
Function = ast.FunctionDef | ast.AsyncFunctionDef


def ours() -> list[Path]:
    """List the files of the project: tracked, or new and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    paths = (ROOT / name for name in listed.decode().split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def relative(path: Path) -> str:
    """Name a file from the root, alike on every system."""
    return path.relative_to(ROOT).as_posix()


def functions(code: ast.AST) -> dict[str, Function]:
    """Give every function and method by its qualified name."""
    found: dict[str, Function] = {}

    def walk(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            name = prefix
            if isinstance(child, Function | ast.ClassDef):
                name = f"{prefix}.{child.name}".strip(".")
            if isinstance(child, Function):
                found[name] = child
            walk(child, name)

    walk(code, "")
    return found


def length(function: Function) -> int:
    """Count the lines of a function from its ``def``, without its docstring."""
    lines = function.end_lineno - function.lineno + 1
    if ast.get_docstring(function, clean=False) is not None:
        docstring = function.body[0]
        lines -= docstring.end_lineno - docstring.lineno + 1
    return lines
