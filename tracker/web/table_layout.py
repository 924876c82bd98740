"""The table of a list on its way out: each cell says under which head it stands, is one line, or is left out."""

import re
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from html import unescape
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from tracker.analysis.times import LENGTH, Moment, Precision
from tracker.analysis.typed.writing import say_reading

_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_CELL = re.compile(r"<t([hd])\b([^>]*)>(.*?)</t\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
SHORT, SHORT_STATE = 18, 32  # letters that are never broken or cut; more of them where a badge or a time stands
NOTHING = ("", "Not known")  # what a cell says that says nothing
_STATE = re.compile(r'class="(?:badge|moment)')
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


def in_zone(moment: Moment | None, zone: str) -> str:
    """A time as a cell of a table says it, to the minute, on the clocks of this zone; a day stays the day it was."""
    if not moment or moment.precision is Precision.DAY:
        return say_reading(moment, zone)[0] if moment else ""
    if moment.precision is Precision.EXACT and moment.earliest:
        whole = moment.earliest.replace(second=0, microsecond=0)
        moment = Moment(whole, whole + LENGTH[Precision.MINUTE], zone, Precision.MINUTE)
    return say_reading(replace(moment, offset=zone), zone)[0]


def init_app(app: Flask) -> None:
    """Give it to the one template of lists."""
    app.jinja_env.globals.update(lay_out=lay_out, plain_table=Plain)
    app.jinja_env.filters["in_zone"] = in_zone
