"""No file of ours leads to a package host, a content network or somebody's machine."""

import re

from architecture.tree import ROOT, ours, relative

# Written in parts, so that this file does not name them either.
HOSTS = [
    ("py", "pi.org"),
    ("files.python", "hosted.org"),
    ("npm", "js.org"),
    ("npm", "js.com"),
    ("yarn", "pkg.com"),
    ("deb", ".debian.org"),
    ("jsde", "livr.net"),
    ("un", "pkg.com"),
    ("cdn", "js.cloudflare"),
    ("fonts.google", "apis"),
    ("proxy.go", "lang.org"),
    ("crates", ".io"),
]
MACHINE_PATHS = [("/wo", "rk/"), ("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"), ("C:\\Us", "ers")]
BINARY = {
    ".mo",
    ".ttf",
    ".woff2",
    ".parquet",
    ".png",
    ".pdf",
    ".sav",
    ".dta",
    ".xlsx",
    ".zip",
    ".gz",
}


def lines_with(words: list[tuple[str, str]]) -> list[str]:
    """List where in our files one of these words stands."""
    pattern = re.compile("|".join(re.escape("".join(parts)) for parts in words))
    found = []
    for path in ours():
        if path.suffix not in BINARY:
            lines = path.read_text("utf-8").splitlines()
            found += [
                f"{relative(path)}:{number}"
                for number, line in enumerate(lines, start=1)
                if pattern.search(line)
            ]
    return found


def test_no_file_names_a_package_host_or_content_network():
    assert lines_with(HOSTS) == []


def test_no_file_names_a_place_on_somebodys_machine():
    assert lines_with(MACHINE_PATHS) == []


def test_the_search_reads_the_files_it_should():
    assert ROOT / "README.md" in ours()
    assert lines_with([("Bio", "toop")])
