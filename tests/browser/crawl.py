"""Walk through the demo world as everybody in it, along the links that each of them sees."""

import re
from collections import deque
from html import unescape

import attrs
from playwright.sync_api import APIRequestContext, Browser

from biotoop.web.shared.enums import Role

NAMES = re.compile(
    r"(?<=/)(?:step|route)-[\w-]+(?=/)|[0-9a-f]{8}-[0-9a-f-]{27}"
    r"|(?<=/)[A-Za-z0-9_-]{20,}(?=/)|(?<=/)\d+(?=/)"
)
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
ALIKE = 2  # pages of one kind that one person opens
VISITOR = "visitor"


@attrs.frozen
class Seen:
    """One page as one person got it."""

    who: str
    path: str
    status: int
    size: int
    is_page: bool
    came_from: str


def kind_of(path: str) -> str:
    """Give the kind of a page: its address without the names of what it shows."""
    return NAMES.sub("*", path.partition("?")[0])


def walk(desk: APIRequestContext, address: str, who: str, start: str) -> list[Seen]:
    """Open every kind of page that somebody can reach by links."""
    waiting, known, met = deque([(start, "")]), {start}, {}
    seen: list[Seen] = []
    while waiting:
        path, came_from = waiting.popleft()
        kind = kind_of(path)
        if met.get(kind, 0) >= ALIKE:
            continue
        met[kind] = met.get(kind, 0) + 1
        answer = desk.get(address + path)
        head = answer.headers
        is_page = "text/html" in head.get("content-type", "")
        is_page = is_page and "attachment" not in head.get("content-disposition", "")
        text = answer.text() if is_page else ""
        seen.append(Seen(who, path, answer.status, len(text), is_page, came_from))
        for found in map(unescape, LINK.findall(text)):
            if found.startswith("/") and found not in known:
                known.add(found)
                waiting.append((found, path))
    return seen


def walk_as_everybody(browser: Browser, address: str) -> tuple[list[Seen], dict[str, dict]]:
    """Walk as a visitor and as the person of each role; also give who they are to a browser."""
    seen: list[Seen] = []
    states: dict[str, dict] = {}
    for who in (VISITOR, *(role.value for role in Role)):
        context = browser.new_context()
        if who != VISITOR:
            page = context.new_page()
            page.goto(f"{address}/inloggen/")
            door = page.locator(f"form:has(input[value='{who}']) button")
            if not door.count():
                context.close()
                continue
            door.click()
            page.wait_for_url("**/vandaag/**")
        states[who] = context.storage_state()
        seen += walk(context.request, address, who, "/" if who == VISITOR else "/vandaag/")
        context.close()
    return seen, states


def fullest(seen: list[Seen]) -> list[Seen]:
    """Choose of every kind of page the one with the most on it."""
    best: dict[str, Seen] = {}
    for each in seen:
        kind = kind_of(each.path)
        if each.is_page and each.status == 200 and each.size > getattr(best.get(kind), "size", 0):
            best[kind] = each
    return [best[kind] for kind in sorted(best)]
