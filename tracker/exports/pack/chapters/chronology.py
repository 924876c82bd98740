"""The chapter on what happened when."""

from collections.abc import Iterator

from tracker.actions.answers.event_sources import OF_PERSON, EventKind
from tracker.actions.answers.events import Event
from tracker.base import db
from tracker.exports.pack.blocks import Block, facts, small, table
from tracker.exports.pack.chapters.register import MOST
from tracker.exports.pack.voice import Voice
from tracker.models.access.people import pseudonym
from tracker.models.case.words import Stage

PUBLIC = (EventKind.PUBLICATION, EventKind.OFFICIAL_RELEASE, EventKind.STAGE)
OF_PEOPLE = (EventKind.ACCESS, EventKind.MEETING, EventKind.WHEREABOUTS, EventKind.PRESS_CONTACT, EventKind.INTERVIEW)


def chronology_chapter(voice: Voice) -> Iterator[Block]:
    """Everything that has a time, in its order; what is about others stays out of what is for one person."""
    found = _events(voice)
    rows = ([voice.say(one.time) or "unknown", EventKind(one.kind).one, *_event(voice, one)] for one in found[:MOST])
    yield table(["When", "Kind", "What", "Who"], rows, [1.5, 0.9, 2.3, 1], "Nothing that has a time is recorded.")
    if len(found) > MOST:
        yield small(f"The first {MOST:,} rows are printed. The chronology as CSV holds all of them.")
    yield from facts(("Times", f"On the clocks of {voice.zone}"))


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


def _event(voice: Voice, one: Event) -> list[str]:
    kind = EventKind(one.kind)
    who = ", ".join(pseudonym(number) for number in one.persons) or (f"{one.people:,} people" if one.people else "")
    label = (
        f"{one.records:,} records" if (one.records or 0) > 1 and kind in OF_PEOPLE[:3] else f"{kind.one} {one.number}"
    )
    if kind is EventKind.STAGE:
        return [f"{Stage(one.words).label} to {Stage(one.more).label.lower()}", ""]
    if kind is EventKind.VERSION:
        label = "Made"
    more = one.source if kind is EventKind.PUBLICATION else "" if kind in OF_PEOPLE else one.more
    words = (label, one.words, one.more if kind is EventKind.PUBLICATION else "", more)
    said = ": ".join(part.replace("_", " ") if kind is EventKind.INTERVIEW else part for part in words if part)
    return [voice.text(said)[:300], who]
