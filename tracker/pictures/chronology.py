"""The chronology as a picture: a lane for each kind, ticks and diamonds for what is exact, bars for what lasted.

What is known only within bounds is hatched. Beside the picture stands a table with the same rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from tracker.analysis.times import MONTHS
from tracker.pictures.axis import HATCH, Bounds, Scale, draw_cuts, draw_text

WIDTH, LEFT, RIGHT, TOP, LANE = 984, 148, 972, 40, 34
LETTER, WIDEST, GAP = 7, 6.5, 6  # pixels: of a letter, of the mark of a short time after its place, before its label
SURE = timedelta(minutes=1)  # what is known so well is a tick


@dataclass(frozen=True)
class Mark:
    """One event: when it happened or began, when it ended if it lasted, and its label, which may be empty."""

    at: Bounds
    until: datetime | None = None
    label: str = ""


@dataclass(frozen=True)
class Lane:
    """All events of a kind: its word for the style, its label, and whether each is a point in time."""

    kind: str
    label: str
    marks: Sequence[Mark]
    is_point: bool


def draw_chronology(lanes: Sequence[Lane], window: tuple[Bounds | None, Bounds | None]) -> str:
    """The picture as SVG, on the clocks of the times that are given; empty when no time is known."""
    edges = [edge for lane in lanes for mark in lane.marks for edge in _edges(mark)]
    if not edges:
        return ""
    known = [edge for bounds in window if bounds for edge in (bounds.earliest, bounds.latest)]
    spans = [(min(_edges(mark)), max(_edges(mark))) for lane in lanes for mark in lane.marks]
    scale = Scale([*edges, *known], spans, LEFT, RIGHT)
    bottom = TOP + LANE * len(lanes)
    parts = [*_bands(lanes), *_window(window, scale, bottom), *_axis(scale, bottom)]
    for number, lane in enumerate(lanes):
        parts += _lane(lane, scale, TOP + number * LANE + LANE / 2)
    title = "Chronology. The table on this page holds the same facts."
    return (
        f'<svg class="figure chronology" viewBox="0 0 {WIDTH} {bottom + 4}" role="img" aria-label="{title}">'
        f"{HATCH}{''.join(parts)}</svg>"
    )


def _edges(mark: Mark) -> list[datetime]:
    return [mark.at.earliest, mark.at.latest, *([mark.until] if mark.until else [])]


def _bands(lanes: Sequence[Lane]) -> list[str]:
    found = []
    for number, lane in enumerate(lanes):
        y = TOP + number * LANE
        if number % 2 == 0:
            found.append(f'<rect class="lane" x="0" y="{y}" width="{WIDTH}" height="{LANE}"/>')
        found.append(f'<text class="lane-label" x="10" y="{y + 21}">{escape(lane.label)}</text>')
    return found


def _window(window: tuple[Bounds | None, Bounds | None], scale: Scale, bottom: float) -> list[str]:
    """The window of the chosen claim behind the lanes, with a line at each end that is known."""
    start, end = window
    if start is None or end is None:
        return []
    left, right = scale.x(start.latest), scale.x(end.earliest)
    box = f'<rect class="window-sure" x="{left}" y="{TOP}" width="{max(right - left, 1):.1f}" height="{bottom - TOP}"/>'
    lines = [f'<line class="edge" x1="{x}" y1="{TOP}" x2="{x}" y2="{bottom}"/>' for x in (left, right)]
    return [box, *lines]


def _axis(scale: Scale, bottom: float) -> list[str]:
    """Ticks over the lanes with a faint line through them; the day stands over the first tick of each."""
    found, told = draw_cuts(scale, TOP - 4), ""
    for piece in scale.pieces:
        left = piece.left if piece is not scale.pieces[0] else 0.0  # beside the cut, not upon it
        for tick, x, has_clock in piece.ticks():
            found.append(f'<line class="grid" x1="{x}" y1="{TOP}" x2="{x}" y2="{bottom}"/>')
            day = f"{tick.day} {MONTHS[tick.month - 1]} {tick.year}"
            if has_clock:
                found.append(draw_text(x, TOP - 8, f"{tick:%H:%M}", "quiet", WIDTH, left))
            if day != told:
                found.append(draw_text(x, 14 if has_clock else TOP - 8, day, "strong", WIDTH, left))
                told = day
    return found


def _lane(lane: Lane, scale: Scale, middle: float) -> list[str]:
    """The marks of a lane, and their labels where there is room up to the next mark."""
    marks = sorted(lane.marks, key=lambda one: (one.at.earliest, one.at.latest))
    places = [(scale.x(one.at.earliest), scale.x(max(_edges(one)))) for one in marks]
    found = [_mark(lane, one, place, middle) for one, place in zip(marks, places, strict=True)]
    for number, (one, (left, right)) in enumerate(zip(marks, places, strict=True)):
        follows = places[number + 1][0] if number + 1 < len(places) else float(RIGHT)
        x = round(max(right, left + WIDEST) + GAP, 1)
        if one.label and x + len(one.label) * LETTER < follows:
            found.append(f'<text class="quiet" x="{x}" y="{middle + 4}">{escape(one.label)}</text>')
    return found


def _mark(lane: Lane, one: Mark, place: tuple[float, float], y: float) -> str:
    left, right = place
    is_sure = one.at.latest - one.at.earliest <= SURE
    if is_sure and one.until is None and lane.is_point:
        return f'<path class="at-{lane.kind}" d="M{left} {y - 6}l6 6l-6 6l-6 -6z"/>'
    name = f"at-{lane.kind}" if is_sure else "window-imprecise"
    width = max(right - left, 3 if is_sure else 8)
    return f'<rect class="{name}" x="{left - 1.5:.1f}" y="{y - 7}" width="{width:.1f}" height="14" rx="2"/>'
