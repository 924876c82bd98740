"""The chapter on what happened when."""

from collections.abc import Iterator
from datetime import datetime

from tracker.actions.answers.event_sources import OF_PERSON, EventKind
from tracker.actions.answers.events import Event
from tracker.analysis.moments import Moment, Precision
from tracker.base import db
from tracker.exports.pack.blocks import Block, facts, small, table
from tracker.exports.pack.chapters.register import MOST
from tracker.exports.pack.voice import Voice
from tracker.models.access.people import pseudonym
from tracker.models.case.words import Stage
from tracker.models.inquiry.words import InterviewState
from tracker.models.register.words import Profile

PUBLIC = (EventKind.PUBLICATION, EventKind.OFFICIAL_RELEASE, EventKind.STAGE)
OF_PEOPLE = (EventKind.ACCESS, EventKind.MEETING, EventKind.WHEREABOUTS, EventKind.PRESS_CONTACT, EventKind.INTERVIEW)


def chronology_chapter(voice: Voice) -> Iterator[Block]:
    """Everything that has a time, in its order; what is about others stays out of what is for one person."""
    found = _events(voice)
    columns = 3 if voice.profile is Profile.PUBLICATION else 4  # nothing there is about anybody
    rows = ([_when(voice, one), EventKind(one.kind).one, *_event(voice, one)][:columns] for one in found[:MOST])
    head, widths = ["When", "Kind", "What", "Who"], [1.5, 0.9, 2.3, 1]
    yield table(head[:columns], rows, widths[:columns], "Nothing that has a time is recorded.")
    if len(found) > MOST:
        yield small(f"The first {MOST:,} rows are printed. The chronology as CSV holds all of them.")
    yield from facts(("Times", f"On the clocks of {voice.zone}"))
    if voice.profile is not Profile.PUBLICATION:
        yield small("Records of one log within an hour share a row, which names the lowest and the highest level.")


def _events(voice: Voice) -> list[Event]:
    """The events that the reader sees, a few more than are printed; of logs only the rows about them."""
    every = Event.of(voice.case).order_by(Event.place, Event.id).limit(MOST + 1)
    if voice.is_whole:
        return list(db.session().scalars(every))
    found = list(db.session().scalars(every.where(Event.kind.in_([kind.value for kind in PUBLIC]))))
    if voice.own is not None:
        about = every.where(Event.kind.in_([kind.value for kind in OF_PEOPLE]))
        found += db.session().scalars(about.params({OF_PERSON.key: voice.own.number}))
    return sorted(found, key=lambda one: (one.place, one.id))


def _when(voice: Voice, one: Event) -> str:
    """When it was, or began; with its end if it lasted."""
    since, until = voice.say(one.time) or "unknown", _end(voice, one.until)
    if one.time.precision is Precision.DAY:
        until = until.partition(",")[0]
    lasted = until not in {"", since} and one.until not in {one.time.earliest, one.time.latest}
    return f"{since} to {until}" if lasted else since


def _end(voice: Voice, until: datetime | None) -> str:
    """The end of what lasted, to the second if it is known so: else it could stand before its own beginning."""
    if until is None or (until.second, until.microsecond) == (59, 999_999):  # the end of a minute, or of more
        return voice.clock(until)
    return voice.say(Moment(until, until, "UTC", Precision.EXACT))


def _event(voice: Voice, one: Event) -> list[str]:
    kind = EventKind(one.kind)
    who = ", ".join(pseudonym(number) for number in one.persons) or (f"{one.people:,} people" if one.people else "")
    return [": ".join(filter(None, _SAY.get(kind, _say_plain)(voice, one)))[:300], who]


Said = tuple[str, ...]


def _say_access(_voice: Voice, one: Event) -> Said:
    """The levels from the lowest to the highest, of all records that share the row."""
    return _label(one, "Record"), one.words if one.more in {None, one.words} else f"{one.words} to {one.more}"


def _say_whereabouts(voice: Voice, one: Event) -> Said:
    several = "" if one.more in {None, one.words} else " and other places"
    return _label(one, "Whereabouts"), f"{voice.text(one.words)}{several}"


def _label(one: Event, noun: str) -> str:
    return f"{one.records:,} records" if one.records > 1 else f"{noun} {one.number}"


def _say_version(voice: Voice, one: Event) -> Said:
    return "Made", voice.text(one.words), voice.text(one.more)


def _say_publication(voice: Voice, one: Event) -> Said:
    return f"Disclosure {one.number}", one.words, voice.text(one.more), voice.text(one.source)


def _say_stage(_voice: Voice, one: Event) -> Said:
    return (f"{Stage(one.words).label} to {Stage(one.more).label.lower()}",)


def _say_interview(_voice: Voice, one: Event) -> Said:
    return f"Interview {one.number}", InterviewState(one.words).label.lower()


def _say_contact(voice: Voice, one: Event) -> Said:
    return f"Press contact {one.number}", voice.text(one.words)


def _say_plain(voice: Voice, one: Event) -> Said:
    return f"{EventKind(one.kind).one} {one.number}", voice.text(one.words), voice.text(one.more)


_SAY = {
    EventKind.ACCESS: _say_access, EventKind.MEETING: _say_access, EventKind.WHEREABOUTS: _say_whereabouts,
    EventKind.VERSION: _say_version, EventKind.PUBLICATION: _say_publication, EventKind.STAGE: _say_stage,
    EventKind.INTERVIEW: _say_interview, EventKind.PRESS_CONTACT: _say_contact,
}  # fmt: skip
