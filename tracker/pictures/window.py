"""The window before a disclosure: start, end, publications, and a mark for the first access of each person.

Marks carry no name and no pseudonym. The clocks are those of the times that are given. Beside the picture stands the
same in words.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.analysis.exposure import SHOWN, Standing
from tracker.analysis.times import offset_words
from tracker.pictures.axis import HATCH, Bounds, Piece, Scale, draw_cuts, draw_text

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 984, 176, 12, 972, 34, 132
MARK, MANY = 13, 40  # pixels between two marks; with more marks than this there is one column for each slot
SLOTS = 64
SHAPES = {one: f"mark-{one}" for one in SHOWN}


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
    scale = _scale([bounds for bounds in (start, end) if bounds], published, some)
    parts = [
        *_window(start, end, scale),
        *_axis(scale),
        *_edges(start, end, scale),
        *_draw_publications(published, scale),
    ]
    parts += _columns(some, scale) if len(some) > MANY else _piles(some, scale)
    title = "Window with the first access of each person. The tables on this page hold the same facts."
    head = f'<svg class="figure" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">'
    return f"{head}{HATCH}{''.join(parts)}</svg>"


def _scale(window: Sequence[Bounds], published: Sequence[Bounds], marks: Sequence[Mark]) -> Scale:
    """An axis over the window and what was published; over the marks too where an end of the window is unknown."""
    known = {edge for bounds in (*window, *published) for edge in (bounds.earliest, bounds.latest)}
    seen = {edge for mark in marks for edge in (mark.at.earliest, mark.at.latest)}
    first, last = min(known), max(known)
    if len(window) < 2:
        first, last = min(known | seen), max(known | seen)
    points = [first, last, *(edge for edge in known | seen if first <= edge <= last)]
    return Scale(points, [(one.earliest, one.latest) for one in (*window, *published)], LEFT, RIGHT)


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


def _axis(scale: Scale) -> list[str]:
    """The line of each part with its ticks; two strokes stand where the axis is cut."""
    return [part for piece in scale.pieces for part in _ticks(piece)] + draw_cuts(scale, BASE)


def _ticks(piece: Piece) -> list[str]:
    """Ticks at round times; the date stands under the first tick of each day."""
    found, told = [f'<line class="axis" x1="{piece.left}" y1="{BASE}" x2="{piece.right}" y2="{BASE}"/>'], ""
    for tick, x, has_clock in piece.ticks():
        found.append(f'<line class="axis" x1="{x}" y1="{BASE}" x2="{x}" y2="{BASE + 5}"/>')
        if has_clock:
            found.append(_text(x, BASE + 18, f"{tick:%H:%M}", "quiet"))
        if (day := f"{tick.day} {tick:%b %Y}") != told:
            found.append(_text(x, BASE + 36, day, "strong"))
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
                _text((left + right) / 2, 12, label, "strong"),
                _text((left + right) / 2, 26, _words(bounds), "quiet"),
            ]
    return found


def _words(bounds: Bounds) -> str:
    first, last = f"{bounds.earliest:%H:%M}", f"{bounds.latest:%H:%M}"
    said = first if first == last else f"{first} to {last}"
    zone = bounds.latest.tzinfo
    return f"{said} ({offset_words(zone, bounds.latest)})" if zone else said


def _draw_publications(published: Sequence[Bounds], scale: Scale) -> list[str]:
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
    return [*found, _text(LEFT + (slot + 0.5) * width, BASE - totals[slot] * unit - 4, f"{totals[slot]:,}", "quiet")]


def _shape(standing: Standing, x: float, y: float) -> str:
    if standing is Standing.POSSIBLE:
        return f'<rect class="mark-possible" x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9"/>'
    return f'<circle class="{SHAPES[standing]}" cx="{x}" cy="{y}" r="{5 if standing is Standing.CONFIRMED else 4}"/>'


def _text(x: float, y: float, words: str, name: str) -> str:
    return draw_text(x, y, words, name, WIDTH)
