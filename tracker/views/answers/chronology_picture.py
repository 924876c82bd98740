"""The picture of a chronology: the same rows as the table, in lanes, on the clocks of one zone."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from tracker.actions.answers.event_sources import EventKind
from tracker.actions.answers.events import Event
from tracker.analysis.exposure import NOT_KNOWN
from tracker.analysis.moments import Moment
from tracker.analysis.times import zone_of
from tracker.models.access.people import pseudonym
from tracker.pictures.axis import Bounds
from tracker.pictures.chronology import Lane, Mark, draw_chronology

POINTS = {EventKind.VERSION, EventKind.PUBLICATION, EventKind.DECISION, EventKind.STAGE}
UNLABELLED = {EventKind.ACCESS, EventKind.WHEREABOUTS}
LONGEST = 24  # letters of a label


def draw(events: Sequence[Event], window: tuple[Moment, Moment] | None, zone: str) -> str:
    """The picture as SVG; empty when no event has a known time. Events of unknown time are not in it."""
    times = [one.time.latest for one in events if one.time.latest]
    if not times:
        return ""
    local = _clocks(times, zone)
    marks = {kind: [mark for one in events if one.kind == kind.value and (mark := _mark(one, kind, local))]
             for kind in EventKind}  # fmt: skip
    lanes = [Lane(kind.value, kind.label, some, kind in POINTS) for kind, some in marks.items() if some]
    ends = [bounds and bounds.on_clocks(local) for bounds in map(Bounds.of, window or (NOT_KNOWN, NOT_KNOWN))]
    return draw_chronology(lanes, (ends[0], ends[1]))


def _clocks(times: Sequence[datetime], zone: str) -> tzinfo:
    """The offset that the zone had in the middle of these times: a picture has one for all of them."""
    rules = zone_of(zone) or UTC
    return timezone(sorted(times)[len(times) // 2].astimezone(rules).utcoffset() or timedelta())


def _mark(one: Event, kind: EventKind, local: tzinfo) -> Mark | None:
    bounds = Bounds.of(one.time)
    if bounds is None:
        return None
    until = Bounds(one.until, one.until).on_clocks(local).latest if one.until and one.until > bounds.latest else None
    return Mark(bounds.on_clocks(local), until, _label(one, kind))


def _label(one: Event, kind: EventKind) -> str:
    if kind in UNLABELLED:
        return ""
    words = {
        EventKind.VERSION: one.words,
        EventKind.PUBLICATION: one.words or f"D{one.number}",
        EventKind.OFFICIAL_RELEASE: one.more or one.words,
        EventKind.DECISION: f"Decision {one.number}",
        EventKind.STAGE: (one.more or "").replace("_", " "),
    }.get(kind, ", ".join(map(pseudonym, one.persons)))
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
