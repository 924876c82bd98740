"""The events of a calendar (.ics) as a table: who was invited, when, where."""

import re
from collections.abc import Iterator
from pathlib import Path

from tracker.analysis.logs.files.csv_faults import CELL, ROW
from tracker.analysis.logs.files.encodings import reading_text

HEADER = ("Start", "End", "Summary", "Location", "Organizer", "Attendee", "UID")
_NAMES = {"DTSTART": "Start", "DTEND": "End"} | {name.upper(): name for name in HEADER[2:]}
_PROPERTY = re.compile(r'([A-Z-]+)((?:;[A-Za-z-]+=(?:"[^"]*"|[^;:"]*))*):(.*)', re.DOTALL | re.IGNORECASE)
_ZONE = re.compile(r';TZID="?/?([^;:"]+)', re.IGNORECASE)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
_ESCAPED = re.compile(r"\\([\\;,nN])")


def read_events(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """A row for each event, with the line in which it begins; several attendees are joined by "; "."""
    event: dict[str, list[str]] | None = None
    begin = 0
    for line, text in _unfolded(path, encoding):
        bare = text.strip().upper()
        if bare == "BEGIN:VEVENT":
            event, begin = {}, line
        elif bare == "END:VEVENT" and event is not None:
            yield begin, ["; ".join(event.get(name, ()))[:CELL] for name in HEADER]
            event = None
        elif event is not None and (found := _PROPERTY.fullmatch(text)) and found[1].upper() in _NAMES:
            event.setdefault(_NAMES[found[1].upper()], []).append(_value(found[2], found[3]))


def _value(parameters: str, text: str) -> str:
    """A time with its zone, as other logs write it; an address without its scheme; any other text unescaped."""
    if stamp := _STAMP.fullmatch(text.strip()):
        day, clock = "-".join(stamp.groups()[:3]), ":".join(filter(None, stamp.groups()[3:6]))
        zone = _ZONE.search(parameters)
        return " ".join(filter(None, (day, clock + (stamp[7] or ""), zone[1] if zone else "")))
    return _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], text.strip())


def _unfolded(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    """The lines, with those that continue one (they begin with a blank) put together; at most two million signs."""
    held, begin = "", 1
    with reading_text(path, encoding) as file:
        for line, text in enumerate(iter(lambda: file.readline(ROW), ""), 1):
            bare = text.rstrip("\r\n")
            if bare[:1] in {" ", "\t"} and len(held) < ROW:
                held += bare[1:]
            else:
                if held:
                    yield begin, held
                held, begin = bare.removeprefix("\ufeff"), line
    if held:
        yield begin, held
