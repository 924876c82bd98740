"""The window before a disclosure: start, end, publications, and a mark for the first access of each person.

Marks carry no name and no pseudonym. The clocks are those of the times that are given. Beside the picture stands the
same in words. Where nothing happened for most of the time, the axis is cut once.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from itertools import pairwise

from tracker.analysis.exposure import SHOWN, Standing
from tracker.analysis.times import offset_words

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 984, 176, 12, 972, 34, 132
MARK, MANY = 13, 40  # pixels between two marks; with more marks than this there is one column for each slot
SLOTS = 64
CUT, LEAST = 28, 96  # pixels of a cut, and of the shorter side of it
STEPS = [timedelta(minutes=m) for m in (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200, 129600)]
HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line class="hatch-line" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>'
)
SHAPES = {one: f"mark-{one}" for one in SHOWN}


@dataclass(frozen=True)
class Bounds:
    """A time as far as it is known: between two datetimes with a zone, which are equal when it is exact."""

    earliest: datetime
    latest: datetime


@dataclass(frozen=True)
class Mark:
    """The first access of one person: the class it shows, and when."""

    standing: Standing
    at: Bounds


def draw_window(start: Bounds | None, end: Bounds | None, published: Sequence[Bounds], marks: Iterable[Mark]) -> str:
    """The picture as SVG; empty when neither end of the window is known."""
    if start is None and end is None:
        return ""
    some = sorted(marks, key=lambda mark: mark.at.earliest)
    scale = Scale([bounds for bounds in (start, end) if bounds], published, some)
    parts = [*_window(start, end, scale), *draw_axis(scale), *_edges(start, end, scale), *_published(published, scale)]
    parts += _columns(some, scale) if len(some) > MANY else _piles(some, scale)
    title = "Window with the first access of each person. The tables on this page hold the same facts."
    head = f'<svg class="figure" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">'
    return f"{head}{HATCH}{''.join(parts)}</svg>"


@dataclass(frozen=True)
class _Piece:
    """A part of the axis: from when to when, and between which pixels."""

    first: datetime
    last: datetime
    left: float
    right: float

    def x(self, moment: datetime) -> float:
        """The place of a time, kept inside the part."""
        part = (min(max(moment, self.first), self.last) - self.first) / (self.last - self.first)
        return round(self.left + part * (self.right - self.left), 1)


class Scale:
    """Where a time stands: linear, with a little room on both sides of the window and of what was published.

    A gap that takes most of the time is cut out, so that what lies years before does not press the rest together.
    """

    def __init__(
        self, window: Sequence[Bounds], published: Sequence[Bounds], marks: Sequence[Mark], right: float = RIGHT
    ) -> None:
        known = {edge for bounds in (*window, *published) for edge in (bounds.earliest, bounds.latest)}
        seen = {edge for mark in marks for edge in (mark.at.earliest, mark.at.latest)}
        first, last = min(known), max(known)
        if len(window) < 2:
            first, last = min(known | seen), max(known | seen)
        points = sorted({first, last, *(edge for edge in known | seen if first <= edge <= last)})
        self.pieces = _pieces(
            points, covered=[(one.earliest, one.latest) for one in (*window, *published)], right=right
        )

    def x(self, moment: datetime) -> float:
        """Its place in pixels, kept inside the picture; what lies in the gap stands at its edge."""
        return next((one for one in self.pieces if moment <= one.last), self.pieces[-1]).x(moment)


def _pieces(points: Sequence[datetime], covered: Sequence[tuple[datetime, datetime]], right: float) -> list[_Piece]:
    whole = points[-1] - points[0]
    gaps = [(low, high) for low, high in pairwise(points) if not any(a < high and low < b for a, b in covered)]
    low, high = max(gaps, key=lambda gap: gap[1] - gap[0], default=(points[0], points[0]))
    is_cut = (high - low) > whole * 0.6 and len(points) > 2
    room = max((whole - (high - low) if is_cut else whole) / 25, timedelta(minutes=30))
    first, last = _within(points[0], -room), _within(points[-1], room)
    if not is_cut or high - low <= 2 * room:
        return [_Piece(first, last, LEFT, right)]
    before, after = low + room, high - room
    share = (before - first) / ((before - first) + (last - after))
    middle = LEFT + min(max(share * (right - LEFT - CUT), LEAST), right - LEFT - CUT - LEAST)
    return [_Piece(first, before, LEFT, middle), _Piece(after, last, middle + CUT, right)]


def _within(moment: datetime, room: timedelta) -> datetime:
    try:
        return moment + room
    except OverflowError:
        return moment


def _window(start: Bounds | None, end: Bounds | None, scale: Scale) -> list[str]:
    """The sure part filled, the imprecise edges hatched."""
    left = scale.x(start.latest) if start else LEFT
    right = scale.x(end.earliest) if end else RIGHT
    found = [_box("window-sure", left, right)] if right > left else []
    return found + [
        _box("window-imprecise", scale.x(one.earliest), scale.x(one.latest))
        for one in (start, end)
        if one is not None and one.latest > one.earliest
    ]


def _box(name: str, left: float, right: float) -> str:
    return f'<rect class="{name}" x="{left}" y="{TOP}" width="{max(right - left, 1):.1f}" height="{BASE - TOP}"/>'


def draw_axis(scale: Scale, base: float = BASE) -> list[str]:
    """The line of each part with its ticks; two strokes stand where the axis is cut."""
    found = [part for piece in scale.pieces for part in _ticks(piece, base)]
    for piece in scale.pieces[1:]:
        x = piece.left - CUT / 2
        found += [f'<path class="axis cut" d="M{x + at} {base + 6}l6 -12"/>' for at in (-6, 0)]
    return found


def _ticks(piece: _Piece, base: float) -> list[str]:
    """At most nine ticks at round times; the date stands under the first tick of each day."""
    found = [f'<line class="axis" x1="{piece.left}" y1="{base}" x2="{piece.right}" y2="{base}"/>']
    most = min(9, (piece.right - piece.left) // 96)
    step = next((one for one in STEPS if (piece.last - piece.first) / one <= most), STEPS[-1])
    midnight = datetime.min.replace(tzinfo=piece.first.tzinfo)
    ticks, told = int((piece.first - midnight) / step), ""
    for count in range(ticks + 1, ticks + 11):
        tick = midnight + count * step
        if tick > piece.last:
            break
        x, day = piece.x(tick), f"{tick.day} {tick:%b %Y}"
        found.append(f'<line class="axis" x1="{x}" y1="{base}" x2="{x}" y2="{base + 5}"/>')
        if has_clock := step < timedelta(days=1):
            found.append(draw_text(x, base + 18, f"{tick:%H:%M}", "quiet"))
        if day != told:
            short = day if has_clock or told[-4:] != day[-4:] else day[:-5]
            found.append(draw_text(x, base + (36 if has_clock else 18), short, "strong" if has_clock else "quiet"))
            told = day
    return found


def _edges(start: Bounds | None, end: Bounds | None, scale: Scale) -> list[str]:
    found = []
    for label, bounds in (("Start", start), ("End", end)):
        if bounds is not None:
            left, right = scale.x(bounds.earliest), scale.x(bounds.latest)
            if left == right:
                found.append(f'<line class="edge" x1="{left}" y1="{TOP - 4}" x2="{left}" y2="{BASE}"/>')
            found += [
                draw_text((left + right) / 2, 12, label, "strong"),
                draw_text((left + right) / 2, 26, _words(bounds), "quiet"),
            ]
    return found


def _words(bounds: Bounds) -> str:
    first, last = f"{bounds.earliest:%H:%M}", f"{bounds.latest:%H:%M}"
    said = first if first == last else f"{first} to {last}"
    zone = bounds.latest.tzinfo
    return f"{said} ({offset_words(zone, bounds.latest)})" if zone else said


def _published(published: Sequence[Bounds], scale: Scale) -> list[str]:
    """Each publication, the first with a solid line."""
    found = []
    for at, bounds in enumerate(published):
        x = scale.x(bounds.latest)
        name = "published" if at == 0 else "published published-again"
        found.append(f'<line class="{name}" x1="{x}" y1="{TOP}" x2="{x}" y2="{BASE}"/>')
        found.append(f'<path class="published-head" d="M{x - 5} {TOP}h10l-5 8z"/>')
    return found


def _piles(marks: Sequence[Mark], scale: Scale) -> list[str]:
    """A mark for each person; those that would touch pile up. A time known only within bounds has a tail."""
    found: list[str] = []
    placed: list[tuple[float, float]] = []
    for mark in marks:
        x, y = scale.x(mark.at.latest), BASE - 10
        while any(abs(x - left) < MARK and abs(y - top) < MARK for left, top in placed):
            y -= MARK
        placed.append((x, y))
        if (tail := scale.x(mark.at.earliest)) < x:
            found.append(f'<line class="tail" x1="{tail}" y1="{y}" x2="{x}" y2="{y}"/>')
        found.append(_shape(mark.standing, x, y))
    return found


def _columns(marks: Sequence[Mark], scale: Scale) -> list[str]:
    """For many people one column of marks for each class and slot of time, with the count above the highest."""
    width = (RIGHT - LEFT) / SLOTS
    counts = Counter((int((scale.x(mark.at.latest) - LEFT) // width), mark.standing) for mark in marks)
    totals: Counter[int] = Counter()
    highest = max(sum(counts[slot, one] for one in SHAPES) for slot, _ in counts)
    found = []
    for (slot, standing), count in sorted(counts.items(), key=lambda one: (one[0][0], list(SHAPES).index(one[0][1]))):
        unit = (BASE - TOP - 16) / highest
        bottom = BASE - totals[slot] * unit
        totals[slot] += count
        found.append(
            f'<rect class="{SHAPES[standing]}" x="{LEFT + slot * width + 1:.1f}" y="{bottom - count * unit:.1f}" '
            f'width="{width - 2:.1f}" height="{count * unit:.1f}"/>'
        )
    slot = max(totals, key=lambda one: totals[one])
    middle, top = LEFT + (slot + 0.5) * width, BASE - totals[slot] * unit - 4
    return [*found, draw_text(middle, top, f"{totals[slot]:,}", "quiet")]


def _shape(standing: Standing, x: float, y: float) -> str:
    if standing is Standing.POSSIBLE:
        return f'<rect class="mark-possible" x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9"/>'
    return f'<circle class="{SHAPES[standing]}" cx="{x}" cy="{y}" r="{5 if standing is Standing.CONFIRMED else 4}"/>'


def draw_text(x: float, y: float, words: str, name: str, anchor: str = "") -> str:
    """Words at a place; near an edge they end or begin there."""
    anchor = anchor or ("start" if x < 60 else ("end" if x > WIDTH - 60 else "middle"))
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
