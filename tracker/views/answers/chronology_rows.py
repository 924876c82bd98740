"""The rows of the chronology in words: the day and the clock of each, what happened, to whom, and where it is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from itertools import groupby
from typing import Any

from flask import url_for

from tracker.actions.answers.event_sources import EventKind
from tracker.actions.answers.events import Event
from tracker.analysis.moments import Moment
from tracker.analysis.times import Precision, zone_of
from tracker.analysis.typed.writing import write_day
from tracker.models.access.people import pseudonym
from tracker.models.case.words import Stage
from tracker.models.inquiry.words import InterviewState

_EVER = datetime.max.replace(tzinfo=UTC)
LONGEST = 120  # characters of a sentence
CONFLICTING = {EventKind.VERSION: "version", EventKind.PUBLICATION: "disclosure"}  # kinds that sources may differ on
_STATES = {state.value: state.label.lower() for state in InterviewState}


@dataclass(frozen=True)
class Entry:
    """One row as a reader sees it: `what` with the address `url` of what it is, then `more`; `day` None if unknown.

    `kind` is None for an end of the window, which stands between the others.
    """

    place: datetime | None
    kind: EventKind | None
    day: date | None
    clock: str
    what: str
    url: str
    more: str
    people: tuple[tuple[str, str], ...]
    source: str
    source_url: str
    is_disputed: bool


def entries_of(events: Iterable[Event], case: Any, zone: str, disputed: Mapping[str, set[int]]) -> list[Entry]:
    """The events in words, on the clocks of the zone; `disputed`: ids, by kind, of things that sources differ on."""
    rules = zone_of(zone) or UTC
    return [_entry(one, EventKind(one.kind), case.reference, rules, disputed) for one in events]


def _entry(one: Event, kind: EventKind, case: str, zone: tzinfo, disputed: Mapping[str, set[int]]) -> Entry:
    day, clock = say_clock(one, zone)
    what, url, more = _SAY[kind](one, case)
    numbers = one.persons
    people = tuple((pseudonym(number), url_for("people.show", case=case, number=number)) for number in numbers)
    if not people and one.people:
        people = ((f"{one.people:,} people", ""),)
    from_log = one.below if kind in {EventKind.ACCESS, EventKind.MEETING, EventKind.WHEREABOUTS} else None
    log = url_for("access_logs.show", case=case, number=from_log) if from_log else ""
    source = f"Access log {from_log}" if from_log else (one.source if kind is not EventKind.PUBLICATION else "")
    is_disputed = one.thing_id in disputed.get(CONFLICTING.get(kind, ""), ())
    return Entry(
        one.place if day else None, kind, day, clock, what, url, _cut(more), people, source or "", log, is_disputed
    )


def with_window(entries: list[Entry], window: tuple[Moment, Moment] | None, zone: str) -> list[Entry]:
    """The rows with the start and the end of the window among them, as far as they lie between two of the rows."""
    if window is None or not entries:
        return entries
    times = [one.place for one in entries if one.place]
    rules, ends = zone_of(zone) or UTC, []
    for words, time in zip(("Start of the window", "End of the window"), window, strict=True):
        place = time.earliest or time.latest
        if place and times and times[0] <= place <= times[-1]:
            day, clock = _say(time, None, rules)
            ends.append(Entry(place, None, day, clock, words, "", "", (), "", "", is_disputed=False))
    return sorted([*entries, *ends], key=lambda one: (one.place is None, one.place or _EVER, one.kind is not None))


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def say_clock(one: Event, zone: tzinfo) -> tuple[date | None, str]:
    """The day of an event and its time there: "17:20", "about 08:00", "before 12:00", "15:00 to 18:30"."""
    return _say(one.time, one.until, zone)


def _say(time: Moment, until: datetime | None, zone: tzinfo) -> tuple[date | None, str]:
    if time.latest is None:
        return None, "Unknown"
    last = _local(time.latest, zone)
    if time.earliest is None:
        return last.date(), f"before {last:%H:%M}"
    first = _local(time.earliest, zone)
    day = first.date()
    if time.precision is Precision.DAY:
        end = _local(until, zone).date() if until else day
        return day, "Day" if end == day else f"until {write_day(end)}"
    if time.precision is Precision.BETWEEN:
        return day, f"between {first:%H:%M} and {_beside(last, day)}"
    said = f"about {first:%H:%M}" if time.precision is Precision.HOUR else f"{first:%H:%M}"
    end_words = _beside(_local(until, zone), day) if until else ""
    return day, said if not end_words or end_words == f"{first:%H:%M}" else f"{said} to {end_words}"


def _beside(when: datetime, day: date) -> str:
    """A clock time, with its day if that is not the day it stands under."""
    return f"{when:%H:%M}" if when.date() == day else f"{write_day(when.date())}, {when:%H:%M}"


def _local(when: datetime, zone: tzinfo) -> datetime:
    try:
        return when.astimezone(zone)
    except OverflowError:  # at the ends of the calendar
        return when


def by_day(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """The entries in their order under the day of each, "Monday 19 March 2018"; those of no known time under that."""
    days = groupby(entries, key=lambda one: one.day)
    return [(f"{day:%A} {day.day} {day:%B} {day.year}" if day else "Time unknown", list(some)) for day, some in days]


Said = tuple[str, str, str]


def _version(one: Event, case: str) -> Said:
    url = url_for("versions.show", case=case, number=one.below, part=one.number)
    return one.words, url, f"made: {one.more}" if one.more else "made"


def _access(one: Event, case: str) -> Said:
    if one.records == 1:
        return f"Record {one.number}", url_for("access_records.show", case=case, number=one.number), one.words
    levels = one.words if one.words == one.more else f"{one.words} to {one.more}"
    return f"{one.records:,} records", _hour_of(one, "access_records.list_page", case), levels


def _whereabouts(one: Event, case: str) -> Said:
    more = one.words if one.records == 1 or one.words == one.more else f"{one.words} and other places"
    if one.records == 1:
        return f"Whereabouts {one.number}", url_for("whereabouts.show", case=case, number=one.number), more
    return f"{one.records:,} records", _hour_of(one, "whereabouts.list_page", case), more


def _hour_of(one: Event, endpoint: str, case: str) -> str:
    """The list of the records that share the row."""
    first = one.time.earliest
    if first is None:
        return url_for(endpoint, case=case, log=f"L{one.below}")
    hour = f"{first:%Y-%m-%d %H}"
    return url_for(endpoint, case=case, log=f"L{one.below}", since_from=f"{hour}:00:00Z", since_to=f"{hour}:59:59Z")


def _press_contact(one: Event, case: str) -> Said:
    lasted = f", {one.records} min" if one.records is not None else ""
    how = f"{one.more}: " if one.more else ""
    url = url_for("press_contacts.show", case=case, number=one.number)
    return f"Press contact {one.number}", url, f"{how}{one.words}{lasted}"


def _publication(one: Event, case: str) -> Said:
    what = f"{one.words}, disclosure {one.number}" if one.words else f"Disclosure {one.number}"
    heading = f"{one.more}: {one.source}" if one.source else one.more
    return what, url_for("disclosures.show", case=case, number=one.number), heading


def _release(one: Event, case: str) -> Said:
    url = url_for("official_releases.show", case=case, number=one.number)
    return f"Official release {one.number}", url, f"{one.words}: {one.more}" if one.more else one.words


def _interview(one: Event, case: str) -> Said:
    url = url_for("interviews.show", case=case, number=one.number)
    return f"Interview {one.number}", url, _STATES.get(one.words, one.words)


def _decision(one: Event, case: str) -> Said:
    return f"Decision {one.number}", url_for("decisions.show", case=case, number=one.number), one.words


def _stage(one: Event, case: str) -> Said:
    stages = [Stage(word).label for word in (one.words, one.more)]
    return f"{stages[0]} to {stages[1].lower()}", url_for("step_times.list_page", case=case), ""


_SAY = {
    EventKind.VERSION: _version, EventKind.ACCESS: _access, EventKind.MEETING: _access,
    EventKind.WHEREABOUTS: _whereabouts, EventKind.PRESS_CONTACT: _press_contact, EventKind.PUBLICATION: _publication,
    EventKind.OFFICIAL_RELEASE: _release, EventKind.INTERVIEW: _interview, EventKind.DECISION: _decision,
    EventKind.STAGE: _stage,
}  # fmt: skip
