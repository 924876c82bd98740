"""The table of a list on its way out: each cell says under which head it stands, is one line, or is left out."""

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from html import unescape
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from tracker.analysis.times import place_name
from tracker.audit.doors import now
from tracker.web.clocks import zone_here

_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_CELL = re.compile(r"<t([hd])\b([^>]*)>(.*?)</t\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
UNBROKEN = "-\N{WORD JOINER}"
_BLOCK = re.compile(r"<(?:details|form|p|ul|ol|blockquote)\b|<div>")
_TIME = re.compile(r'(<time datetime="(\d{4})[^"]*">)(.*?)</time>', re.DOTALL)
_TAIL = re.compile(r"[ \u00a0](?:UTC|\((UTC[^)]*)\))$")
_YEAR = re.compile(r"(?<=[A-Z][a-z]{2})[ \u00a0]\d{4}\b")
SHORT, SHORT_STATE = 18, 32  # letters that are never broken or cut; more of them where a badge or a time stands
NOTHING = ("", "Not known")  # what a cell says that says nothing
_STATE = re.compile(r'class="badge|<time ')
_SPOKEN = re.compile(r'<span class="visually-hidden">[^<]*</span>')
_DOES = re.compile(r"<(?:a|form|input|button|select|svg|img)\b")  # what is more than words
_TALL = re.compile(r"<(?:details|form|button|p|ul|ol|blockquote|div)\b")  # what is not cut to one line


class Plain:
    """A table that is no list. With `tells_same`, a column that says the same in every row is not shown but told."""

    looks = None

    def __init__(self, *, tells_same: bool = False) -> None:
        self.heads: tuple[str, ...] = ()
        self.tells_same = tells_same
        self.same: list[tuple[str, str]] = []


def lay_out(table: Markup, listing: Any) -> Markup:
    """The head and the rows of a list, drawn by its template, with the columns that its reader has not left out.

    The listing learns its `heads`, in their order. Without scripts and on a phone a row reads as a card: each cell
    carries the words of its head.
    """
    head, end, body = str(table).partition("</thead>")
    start, *rows = body.split("<tr")
    listing.heads = heads_of(head)
    left_out = listing.looks.hidden if listing.looks else ()
    hidden = {at for at, words in enumerate(listing.heads) if at and words in left_out}
    said = _find_said_alike(rows) if len(rows) > 1 else {}
    if not (isinstance(listing, Plain) and listing.tells_same):  # a list leaves out only what says nothing
        said = {at: words for at, words in said.items() if words in NOTHING and at < len(listing.heads)}
    listing.same = [(listing.heads[at], words) for at, words in said.items() if at not in hidden]
    hidden |= said.keys()
    drawn = [_row(row, listing.heads, frozenset(hidden)) for row in rows]
    short = {at for at, _ in enumerate(listing.heads) if all(at in places for _, places in drawn)}
    head = _head(head, hidden, short)
    return Markup(head + end + start + "".join(row for row, _ in drawn))  # noqa: S704  # every part of it was escaped


def _find_said_alike(rows: list[str]) -> dict[int, str]:
    """What each column says that says the same in every row; not the first, and none with links."""
    cells_of = [[found[3] for found in _CELL.finditer(row)] for row in rows]
    if len(set(map(len, cells_of))) > 1:
        return {}
    columns = list(enumerate(zip(*cells_of, strict=True)))
    linked = {at for at, cells in columns if _DOES.search("".join(cells))}
    said = {at: {_words(_SPOKEN.sub("", cell)) for cell in cells} for at, cells in columns if at and at not in linked}
    return {at: words.pop() for at, words in said.items() if len(words) == 1}


def _words(markup: str) -> str:
    return unescape(" ".join(_TAG.sub(" ", markup).split()))


def heads_of(head: str) -> tuple[str, ...]:
    """The words of each head, without its icon."""
    return tuple(map(_words, _HEAD.findall(head)))


def _head(head: str, hidden: Collection[int], short: Collection[int]) -> str:
    """Without what is left out; what is short in every row takes no more room than it needs."""
    places = iter(range(head.count("<th")))

    def cell(_found: re.Match[str]) -> str:
        at = next(places)
        return f"<th{' hidden' if at in hidden else ''}{' data-short' if at in short else ''}"

    return re.sub(r"<th\b(?!ead)", cell, head)


@lru_cache(4096)
def _row(row: str, heads: tuple[str, ...], hidden: frozenset[int]) -> tuple[str, frozenset[int]]:
    """The row, and the places of its cells that are short."""
    places, short = iter(range(len(row))), set()

    def cell(found: re.Match[str]) -> str:
        at, (kind, more, inner) = next(places), found.groups()
        words = _TAG.sub("", inner).strip()
        is_short = len(words) <= (SHORT_STATE if _STATE.search(inner) or words.endswith("UTC") else SHORT)
        if is_short:
            short.add(at)
        if not _TALL.search(inner):
            inner = f'<div class="cell{" short" if is_short else ""}">{inner}</div>'
        label = escape(heads[at]) if at < len(heads) else ""
        return f'<t{kind}{more} data-label="{label}"{" hidden" if at in hidden else ""}>{inner}</t{kind}>'

    return "<tr" + _CELL.sub(cell, row), frozenset(short)


def times_in_heads(table: Markup) -> Markup:
    """A table whose columns of times say zone and year once, in the head: "19 Mar, 17:24" below "Made (2018, UTC-4)".

    That is where all times of a column have them in common. The year of today is not said.
    """
    if "<time " not in table:
        return table
    head, end, body = str(table).partition("</thead>")
    start, *rows = body.split("<tr")
    heads = len(_HEAD.findall(head))
    cells_of = [[found[3] for found in _CELL.finditer(row)] for row in rows]
    commons = {}
    for at in range(heads):
        timed = [cells[at] for cells in cells_of if len(cells) == heads and "<time " in cells[at]]
        said = [found for cell in timed for found in _TIME.findall(cell)]
        if len(said) > len(timed) or any(map(_BLOCK.search, timed)):
            continue  # whole sentences
        if common := _common([words for _, _, words in said]):
            commons[at] = common
    drawn = [_shortened(row, heads, commons) for row in rows]
    body = start + "".join(f"<tr{row}" for row in drawn)
    return Markup(_with_commons(head, commons) + end + body)  # noqa: S704  # the same table, which was escaped


def _common(said: list[str]) -> tuple[str, str] | None:
    """The offset that these times share, else the place of their zone; and their year if it is one. None: no times."""
    tails = {found[1] or "UTC" for words in said if (found := _TAIL.search(words))}
    years = {year.strip() for words in said for year in _YEAR.findall(words)}
    if not tails or any(":" in words and not _TAIL.search(words) for words in said):
        return None
    return tails.pop() if len(tails) == 1 else place_name(zone_here()), years.pop() if len(years) == 1 else ""


def _shortened(row: str, heads: int, commons: dict[int, tuple[str, str]]) -> str:
    cells = list(_CELL.finditer(row))
    if len(cells) != heads:
        return row
    for at, (zone, year) in sorted(commons.items(), reverse=True):
        told = rf'\1 ({_said_once(zone, year).replace("-", UNBROKEN)})"'
        cell = re.sub(r'^(<t[hd][^>]*data-label="[^"]*)"', told, _TIME.sub(_without(year), cells[at][0]), count=1)
        row = row[: cells[at].start()] + cell + row[cells[at].end() :]
    return row


def _without(year: str) -> Callable[[re.Match[str]], str]:
    """What writes a time without its zone, and without this year."""
    drop = _YEAR if year else _TAIL
    return lambda found: f"{found[1]}{drop.sub('', _TAIL.sub('', found[3]))}</time>"


def _said_once(zone: str, year: str) -> str:
    return zone if not year or int(year) == now().year else f"{year}, {zone}"


def _with_commons(head: str, commons: dict[int, tuple[str, str]]) -> str:
    places = iter(range(head.count("<th")))

    def cell(found: re.Match[str]) -> str:
        common = commons.get(next(places))
        if common is None:
            return found[0]
        return f'{found[0].removesuffix("</th>")} <small class="text-nowrap">({_said_once(*common)})</small></th>'

    return _HEAD.sub(cell, head)


def init_app(app: Flask) -> None:
    """Give it to the one template of lists."""
    app.jinja_env.globals.update(lay_out=lay_out, plain_table=Plain)
    app.jinja_env.filters["times_in_heads"] = times_in_heads
