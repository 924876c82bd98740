"""The course of a case in one line: the window, what was published, the interviews, and the last decision or review.

Times are drawn on the clocks they are given with. The page says the same in its tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tracker.pictures.axis import HATCH, Bounds, Scale, anchor_at, draw_cuts, draw_text

WIDTH, HEIGHT, TOP, BASE = 640, 104, 38, 70
SIDE = 12  # pixels left free at both ends
LETTER = 7  # pixels that a letter of a label takes at most
TITLE = "Window, publication, interviews and the last decision or review of this case."


@dataclass(frozen=True)
class Course:
    """What is drawn. Each part may be missing; `last` is what happened last, and when."""

    start: Bounds | None
    end: Bounds | None
    published: Bounds | None
    said: str
    interviews: Sequence[Bounds]
    last: tuple[str, Bounds] | None


def draw_timeline(course: Course) -> str:
    """The picture as SVG; empty when no two times are known, for one is no course."""
    ends = [one for one in (course.start, course.end, course.published, course.last and course.last[1]) if one]
    known = [*ends, *course.interviews]
    if len({one.latest for one in known}) < 2:
        return ""
    covered = [(course.start.earliest, course.end.latest)] if course.start and course.end else []
    scale = Scale([edge for one in known for edge in (one.earliest, one.latest)], covered, SIDE, WIDTH - SIDE)
    parts = [*_window(course, scale), *_axis(scale), *_marks(course, scale), *_labels(course, scale)]
    head = f'<svg class="figure" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{TITLE}">'
    return f"{head}{HATCH}{''.join(parts)}</svg>"


def _window(course: Course, scale: Scale) -> list[str]:
    """From the start to the end, both known; an imprecise end is hatched."""
    if course.start is None or course.end is None:
        return []
    left, sure, right = (scale.x(at) for at in (course.start.latest, course.end.earliest, course.end.latest))
    found = [_box("window-sure", left, sure)] if sure > left else []
    return [*found, _box("window-imprecise", sure, right)] if right > sure else found


def _box(name: str, left: float, right: float) -> str:
    return f'<rect class="{name}" x="{left}" y="{TOP + 8}" width="{right - left:.1f}" height="{BASE - TOP - 8}"/>'


def _axis(scale: Scale) -> list[str]:
    """The line with its ticks. Words where there is room: the year once, the clock below a day."""
    found, year, taken = draw_cuts(scale, BASE), None, -1.0
    for piece in scale.pieces:
        found.append(f'<line class="axis" x1="{piece.left}" y1="{BASE}" x2="{piece.right}" y2="{BASE}"/>')
        for tick, x, has_clock in piece.ticks():
            day = f"{tick.day} {tick:%b}{f' {tick:%Y}' if tick.year != year else ''}"
            words = f"{day}, {tick:%H:%M}" if has_clock else day
            found.append(f'<line class="axis" x1="{x}" y1="{BASE}" x2="{x}" y2="{BASE + 5}"/>')
            length = len(words) * LETTER
            left = x - {"start": 0, "middle": length / 2, "end": length}[anchor_at(x, WIDTH)]
            if left > taken:
                year, taken = tick.year, left + length
                found.append(draw_text(x, BASE + 18, words, "quiet", WIDTH))
    return found


def _marks(course: Course, scale: Scale) -> list[str]:
    found = []
    if course.published:
        x = scale.x(course.published.latest)
        found.append(f'<line class="published" x1="{x}" y1="{TOP + 4}" x2="{x}" y2="{BASE}"/>')
        found.append(f'<path class="published-head" d="M{x - 5} {TOP + 4}h10l-5 8z"/>')
    for one in course.interviews:
        x = scale.x(one.earliest)
        found.append(f'<rect class="mark-confirmed" x="{x - 1.5:.1f}" y="{BASE - 14}" width="3" height="14"/>')
    if course.last:
        x = scale.x(course.last[1].latest)
        found.append(f'<path class="mark-last" d="M{x} {BASE - 16}l6 7l-6 7l-6 -7z"/>')
    return found


def _labels(course: Course, scale: Scale) -> list[str]:
    """A label for each kind of mark where there is room, from the left; the last is worth more than the interviews."""
    wanted: list[tuple[int, float, str]] = []
    if course.start and course.end:
        wanted.append((0, scale.x(course.start.latest), "Window"))
    if course.published:
        wanted.append((1, scale.x(course.published.latest), course.said))
    if course.last:
        wanted.append((2, scale.x(course.last[1].latest), course.last[0]))
    if count := len(course.interviews):
        middle = sum(scale.x(one.earliest) for one in course.interviews) / count
        wanted.append((3, middle, f"{count:,} interview{'' if count == 1 else 's'}"))
    taken: list[list[tuple[float, float]]] = [[], []]  # in the lower row, and in the upper
    found = []
    for _, x, words in sorted(wanted):
        length = len(words) * LETTER
        left = round(min(max(x - length / 2, 0), WIDTH - length), 1)
        row = next((at for at in (0, 1) if all(left + length < a or b < left for a, b in taken[at])), None)
        if row is not None:
            taken[row].append((left, left + length))
            middle, y, name = left + length / 2, TOP - 6 - 16 * row, "strong" if words == "Window" else "quiet"
            found.append(f'<text class="{name}" x="{middle}" y="{y}" text-anchor="middle">{escape(words)}</text>')
    return found
