"""An axis of time: where a time stands between two pixels, with the round times between them.

Where nothing happened for most of the time, the axis is cut once, so that what lies years before does not press the
rest together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from html import escape
from itertools import pairwise

from tracker.analysis.moments import Moment

CUT, LEAST = 28, 96  # pixels of a cut, and of the shorter side of it
STEPS = [timedelta(minutes=m) for m in (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200, 129600)]
HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line class="hatch-line" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>'
)


@dataclass(frozen=True)
class Bounds:
    """A time as far as it is known: between two datetimes with a zone, which are equal when it is exact."""

    earliest: datetime
    latest: datetime

    @classmethod
    def of(cls, moment: Moment) -> "Bounds | None":
        """Those of a moment, the known end standing for the other; None for an unknown one."""
        earliest, latest = moment.earliest or moment.latest, moment.latest or moment.earliest
        return cls(earliest, latest) if earliest and latest else None

    def on_clocks(self, local: tzinfo) -> "Bounds":
        """The same as the clocks there show it."""
        try:
            return Bounds(self.earliest.astimezone(local), self.latest.astimezone(local))
        except OverflowError:  # at the ends of the calendar
            return Bounds(self.earliest.replace(tzinfo=local), self.latest.replace(tzinfo=local))


@dataclass(frozen=True)
class Piece:
    """A part of the axis: from when to when, and between which pixels."""

    first: datetime
    last: datetime
    left: float
    right: float

    def x(self, moment: datetime) -> float:
        """The place of a time, kept inside the part."""
        part = (min(max(moment, self.first), self.last) - self.first) / (self.last - self.first)
        return round(self.left + part * (self.right - self.left), 1)

    def ticks(self) -> Iterator[tuple[datetime, float, bool]]:
        """At most nine round times, each with its place, and whether it has a clock time beside its day."""
        most = max(min(9, (self.right - self.left) // 96), 1)
        step = next((one for one in STEPS if (self.last - self.first) / one <= most), STEPS[-1])
        midnight = datetime.min.replace(tzinfo=self.first.tzinfo)
        before = int((self.first - midnight) / step)
        for count in range(before + 1, before + 11):
            tick = midnight + count * step
            if tick > self.last:
                return
            yield tick, self.x(tick), step < timedelta(days=1)


class Scale:
    """Where a time stands: linear, with a little room on both sides of the points.

    `points` are the times that must be seen, at least one; a gap between two of them that takes most of the time is cut
    out, unless one of the spans `covered` lies over it.
    """

    def __init__(
        self, points: Sequence[datetime], covered: Sequence[tuple[datetime, datetime]], left: float, right: float
    ) -> None:
        self.pieces = _pieces(sorted(set(points)), covered, left, right)

    def x(self, moment: datetime) -> float:
        """Its place in pixels, kept inside the picture; what lies in the gap stands at its edge."""
        return next((one for one in self.pieces if moment <= one.last), self.pieces[-1]).x(moment)


def _pieces(
    points: Sequence[datetime], covered: Sequence[tuple[datetime, datetime]], left: float, right: float
) -> list[Piece]:
    whole = points[-1] - points[0]
    gaps = [(low, high) for low, high in pairwise(points) if not any(a < high and low < b for a, b in covered)]
    low, high = max(gaps, key=lambda gap: gap[1] - gap[0], default=(points[0], points[0]))
    is_cut = (high - low) > whole * 0.6 and len(points) > 2
    room = max((whole - (high - low) if is_cut else whole) / 25, timedelta(minutes=30))
    first, last = _within(points[0], -room), _within(points[-1], room)
    if not is_cut or high - low <= 2 * room:
        return [Piece(first, last, left, right)]
    before, after = low + room, high - room
    share = (before - first) / ((before - first) + (last - after))
    middle = left + min(max(share * (right - left - CUT), LEAST), right - left - CUT - LEAST)
    return [Piece(first, before, left, middle), Piece(after, last, middle + CUT, right)]


def _within(moment: datetime, room: timedelta) -> datetime:
    try:
        return moment + room
    except OverflowError:
        return moment


def draw_cuts(scale: Scale, y: float) -> list[str]:
    """Two strokes at this height where the axis is cut."""
    return [
        f'<path class="axis cut" d="M{piece.left - CUT / 2 + at} {y + 6}l6 -12"/>'
        for piece in scale.pieces[1:]
        for at in (-6, 0)
    ]


def anchor_at(x: float, width: float, left: float = 0) -> str:
    """Which part of words at a place stands there: their middle, unless an edge is near."""
    return "start" if x < left + 60 else ("end" if x > width - 60 else "middle")


def draw_text(x: float, y: float, words: str, name: str, width: float, left: float = 0) -> str:
    """Words in the middle over a place, moved where they would leave the picture of that width, or pass its `left`."""
    anchor = anchor_at(x, width, left)
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
