"""The engine gives the same answer tomorrow, elsewhere and without network."""

import ast
from pathlib import Path

import pytest

from architecture.tree import ENGINE, relative

# Modules whose very import brings a clock, chance, the network or another program.
MODULES = {
    "asyncio", "ftplib", "http", "random", "requests", "secrets", "smtplib", "socket",
    "subprocess", "time", "urllib", "urllib3",
}  # fmt: skip
# Calls, by their last two names.
CALLS = {
    "date.today", "datetime.now", "datetime.today", "datetime.utcnow", "dt.today", "dt.now",
    "os.urandom", "os.getpid", "uuid.uuid1", "uuid.uuid4", "uuid1", "uuid4", "print", "input",
}  # fmt: skip
# numpy.random names that take an explicit seed or generator; all else draws from global state.
SEEDED = {"default_rng", "Generator", "SeedSequence", "PCG64", "Philox", "SFC64", "BitGenerator"}
# "file": {"what it may use": "the reason"}
ALLOWED: dict[str, dict[str, str]] = {
    "src/biotoop/engine/datasets/read_labelled.py": {
        "subprocess": "a hostile SPSS or Stata file may bring its reader down, so that runs apart",
    },
}


def dotted(node: ast.expr) -> str:
    """Write ``a.b.c`` as it stands in the code."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".strip(".")
    return node.id if isinstance(node, ast.Name) else ""


def imported(node: ast.AST) -> set[str]:
    """Give the forbidden modules that a statement imports."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names if alias.name.split(".")[0] in MODULES}
    if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in MODULES:
        return {node.module}
    return set()


def called(node: ast.AST) -> set[str]:
    """Give the forbidden function that a call calls."""
    if not isinstance(node, ast.Call):
        return set()
    name = dotted(node.func)
    unseeded = name.endswith("default_rng") and not node.args and not node.keywords
    is_global = ".random." in f".{name}" and name.split(".")[-1] not in SEEDED
    is_global = is_global and name.split(".")[0] in {"np", "numpy"}
    return {name} if ".".join(name.split(".")[-2:]) in CALLS or unseeded or is_global else set()


def impurities(code: str) -> set[str]:
    """Find what makes this code depend on clock, chance, network or console."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        found |= imported(node) | called(node)
    return found


@pytest.mark.parametrize("path", sorted(ENGINE.rglob("*.py")), ids=relative)
def test_no_file_of_the_engine_uses_clock_chance_network_or_console(path: Path):
    allowed = ALLOWED.get(relative(path), {})

    assert impurities(path.read_text("utf-8")) - set(allowed) == set()


def test_each_allowance_is_still_used_and_gives_a_reason():
    for name, allowed in ALLOWED.items():
        found = impurities((ENGINE.parents[2] / name).read_text("utf-8"))
        assert set(allowed) <= found
        assert all(len(reason.split()) >= 4 for reason in allowed.values())


@pytest.mark.parametrize(
    "line",
    [
        "import time",
        "from urllib.request import urlopen",
        "datetime.now()",
        "dt.datetime.now(tz)",
        "dt.date.today()",
        "np.random.default_rng()",
        "np.random.normal(0, 1)",
        "uuid.uuid4()",
        "print(answer)",
    ],
)
def test_an_impure_line_is_seen(line):
    assert impurities(line)


@pytest.mark.parametrize(
    "line",
    ["rng = np.random.default_rng(seed)", "rng.normal(0, 1)", "dt.date(2026, 1, 1)", "uuid5(a, b)"],
)
def test_a_pure_line_is_let_through(line):
    assert impurities(line) == set()
