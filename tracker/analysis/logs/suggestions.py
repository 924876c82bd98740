"""What the columns of an unknown file probably mean, by their names; the account sees it and changes it."""

import re
from collections.abc import Mapping as Names
from collections.abc import Sequence

from tracker.analysis.logs.files.headers import normal
from tracker.analysis.logs.mapping import FIELDS, TRIPLES, Mapping
from tracker.analysis.logs.times.zone_words import without_zone

_KNOWN = {
    "person": "person, pseudonym, person id",
    "identifier": "identifier, id, user, user id, username, user name, account, account name, login, email, e-mail, "
    "email address, mail, who, badge, badge id, badge number, badge no, badge #, bdgnbr, card, card id, card number, "
    "card no, card #, prox-id, prox id, uin, upn, participant id (upn), user email, employee id, recipient, "
    "recipients, reader, user ids, attendees, required attendees, required, attendee, participant",
    "more_people": "cc, bcc, optional attendees, optional, copied to",
    "name": "name, full name, display name, employee, employee name, visitor, visitor name, name (original name), "
    "attendee name, participant name",
    "material": "material, document, document id, doc, file, file name, filename, title, object, item, resource",
    "version": "version, ver, revision, rev",
    "copy": "copy, copy number, copy no",
    "channel": "channel, method, via",
    "level": "level, evidence level, evidence",
    "since": "since, from, timestamp, time stamp, datetime, date time, date and time, time, date, start, started, "
    "start time, begin, when, at, toa, time of arrival, arrival, time in, entered, entry time, accessed, access time, "
    "opened, event time, created, creation date, first join, join time, joined, joined at",
    "until": "until, to, end, ended, end time, finish, tod, time of departure, departure, time out, left, exit time, "
    "last leave, leave time, left at",
    "duration": "duration, length, length of stay, time spent",
    "place": "place, location, room, zone, door, site, building, area, door location, meeting location, meeting loc",
    "source": "source, system, source system",
    "note": "note, notes, comment, comments, remark, remarks",
}
_OF_KIND: dict[str, dict[str, str]] = {
    "access": {},
    "whereabouts": {},
    "people": {
        "identifier": "identifiers, e-mail or account, phone, telephone, " + _KNOWN["identifier"],
        "post": "post, post at the time, title, job title, position, role, function",
        "unit": "unit, unit at the time, department, dept, division, office, team, section",
        "involvement": "involvement",
    },
    "press_contacts": {
        "person": "person, caller, calling number, calling party, a number, extension, sender, from",
        "with_whom": "with whom, contact with, called, called number, called party, b number, dialled number, "
        "dialed number, destination, callee, other party, recipient, to",
        "since": "at, start, start time, call start, started, began, time, timestamp, date time, datetime, "
        "date and time, call time, date",
        "minutes": "minutes, length in minutes, duration, call duration, length, seconds, duration in seconds",
        "medium": "channel, medium, call type",
        "basis": "basis",
        "content_known": "content known",
        "content": "content",
        "explanation": "explanation, person's explanation",
    },
}


def _of(names: Names[str, str]) -> dict[str, list[str]]:
    return {field: [normal(name) for name in filter(None, said.split(","))] for field, said in names.items()}


_SYNONYMS = {kind: _of(_KNOWN | more) for kind, more in _OF_KIND.items()}
_MESSAGES = {"identifier": "to", "material": "subject", "since": "date, sent, received, date sent, date received",
             "until": "", "note": "from"}  # From and To are people in these  # fmt: skip
_BESIDE = {"subject", "cc", "bcc", "message-id", "messageid"}  # a file with From and To and one of these is of messages
_UNIT = re.compile(r"[\s_(\[]+(?:in )?(?:ms|s|sec|seconds|min|minutes|h|hours)[)\]]?\s*$", re.IGNORECASE)
_ZONES = "tz, time zone, timezone, utc offset, gmt offset"  # a column beside date and time
_TOGETHER = {
    "more_people": ("cc + bcc", "optional attendees + resources"),
    "name": ("first name + last name", "name first + name last", "given name + surname", "forename + surname"),
    "since": ("date + time", "start date + start time", "event date + event time"),
    "until": ("end date + end time",),
}


def suggest(header: Sequence[str], kind: str = "access") -> Mapping:
    """The mapping that the names suggest; our own exports are recognised whole, with their times in three columns."""
    known = {_bare(name): name for name in reversed(header)} | {normal(name): name for name in reversed(header)}
    heads = {name: name.replace("since", "at") if kind == "press_contacts" else name for name in TRIPLES}
    columns: dict[str, tuple[str, ...]] = {
        name: (known[normal(head)],) for name, head in heads.items() if normal(head) in known
    }
    synonyms = _SYNONYMS[kind]
    if kind in {"access", "whereabouts"} and {"from", "to"} <= known.keys() and not _BESIDE.isdisjoint(known):
        synonyms = synonyms | _of(_MESSAGES)
    for field in FIELDS[kind]:
        if f"{field}_utc" not in columns and f"{field}_local" not in columns:
            columns[field] = _best(synonyms, field, known, {name for names in columns.values() for name in names})
    if columns.get("duration") and (columns.get("until") or "until_utc" in columns or "until_local" in columns):
        columns["duration"] = ()
    zones = [known[name] for name in map(normal, _ZONES.split(",")) if name in known]
    if len(zones) == 1:
        columns |= {field: (*columns[field], *zones) for field in ("since", "until") if columns.get(field)}
    return Mapping(kind, columns)


def _bare(name: str) -> str:
    """The name of a column without its zone or unit: "date" of "Date (UTC)"."""
    return normal(_UNIT.sub("", without_zone(name[:200])))


def _best(synonyms: Names[str, list[str]], field: str, known: dict[str, str], taken: set[str]) -> tuple[str, ...]:
    """Two columns that together are the field, or the likeliest one; each column is suggested once."""
    for several in _TOGETHER.get(field, ()):
        names = [known.get(normal(part), "") for part in several.split("+")]
        if all(names) and not taken.intersection(names):
            return tuple(names)
    return next(((known[name],) for name in synonyms[field] if name in known and known[name] not in taken), ())
