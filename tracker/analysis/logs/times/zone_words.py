"""Zones as files write them: an offset, a name, a Windows name; a short name is asked for, never guessed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Names
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from babel.core import get_global

from tracker.analysis.logs.times.languages import english_zone_names
from tracker.analysis.logs.times.unsettled import Unsettled, answer_of
from tracker.analysis.zones import MomentFault, find_zone, zone_names

# Written behind a clock time. What is in brackets behind an offset is its zone, or a comment.
ZONE = (
    r"[Zz]|(?:UTC|GMT|UT)? ?[+-]\d\d?(?::?[0-5]\d)?(?: ?[(\[][^)\]]*[)\]]| [A-Z]{2,5})?|[(\[][^)\]]+[)\]]"
    r"|[A-Z][A-Za-z_]+(?:/[A-Za-z0-9_+-]+)+|[A-Z]{2,5}|[A-Z][A-Za-z. ]* Time"
)
_OFFSET = re.compile(r"(?:UTC|GMT|UT)? ?([+-]\d\d?(?::?[0-5]\d)?)", re.ASCII)
_BEFORE_BRACKETS = re.compile(r"([^(\[]*?) ?[(\[]([^)\]]+)[)\]]|([^ ]*[+-]\d[\d:]+) [A-Z]{2,5}")
_HEADER = re.compile(r".*?(?:[(\[]([^)\]]+)[)\]]\W*|[\s_-](UTC|GMT))", re.ASCII)
_NAMED = re.compile(r"\btime ?zone ?[:=]? ?\(?([^ :=()][^()]*)", re.IGNORECASE)
_BEHIND = re.compile(
    r"\d:\d\d(?::\d\d)?(?: ?[AP]M)?(?: (?=\S)|(?=\+))((?:UTC|GMT)? ?[+-]\d\d?(?::?[0-5]\d)?|UTC|GMT)(?![\w:/.-])",
    re.ASCII,
)
_LONGEST = 200  # characters of a header that are looked at
_SHORT = re.compile(r"[A-Z]{2,5}", re.ASCII)
_UTC = {"UTC", "GMT", "UT", "Z", "z"}
_SAMPLES = [datetime(year, month, 15, tzinfo=UTC) for year in range(1995, 2027) for month in (1, 7)]
# What people write besides, which the zone database does not have as a short name.
_ALSO = {
    "EST": ("+10:00", "Australia/Sydney"), "EDT": ("+11:00", "Australia/Sydney"), "AST": ("+03:00", "Asia/Riyadh"),
    "CST": ("+09:30", "Australia/Adelaide"), "BST": ("+06:00", "Asia/Dhaka"), "GST": ("+04:00", "Asia/Dubai"),
    "MEZ": ("+01:00", "Europe/Berlin"), "MESZ": ("+02:00", "Europe/Berlin"),
}  # fmt: skip
Zone = tuple[str, tzinfo]


def read_zone(text: str, answers: Names[str, str]) -> Zone:
    """The zone that was written: the name to keep, and the rules that place the time.

    Of "+01:00[Europe/Berlin]" the name is kept and the offset places; other words behind an offset are a comment.
    Unsettled for a short name that nobody has explained; MomentFault for what is no zone.
    """
    if match := _BEFORE_BRACKETS.fullmatch(text):
        outside, inside = (match[3] or match[1]).strip(), (match[2] or "").strip()
        if not outside:
            return read_zone(inside, answers)
        named = _iana().get(inside.casefold())
        return (named or find_zone(outside.replace(" ", ""))[0], _read_plain(outside, answers)[1])
    return _read_plain(text, answers)


def _read_plain(text: str, answers: Names[str, str]) -> Zone:
    if text in _UTC:
        return find_zone("Z" if text in {"UT", "Z", "z"} else text)
    if match := _OFFSET.fullmatch(text):
        return find_zone(match[1])
    if choices := candidates(text):
        return find_zone(answer_of(answers, _question(text, choices)))
    name = _iana().get(text.casefold()) or windows_zone(text)
    return find_zone(name or text)


def _question(text: str, choices: list[tuple[str, str]]) -> Unsettled:
    fault = f'"{text}" can mean several time zones. Say which zone it means in this file.'
    return Unsettled(f"zone:{text}", f"Which time zone does {text} mean in this file?", choices, fault)


@cache
def _iana() -> dict[str, str]:
    """Names such as Europe/Berlin in any letter case. Short ones such as EST or CET are not names but asked for."""
    return {name.casefold(): name for name in zone_names() if not _SHORT.fullmatch(name) or name in _UTC}


def windows_zone(text: str) -> str:
    """The zone that Windows calls by this name, by the table of the Unicode CLDR; empty if there is none."""
    return str(get_global("windows_zone_mapping").get(text, ""))


@cache
def candidates(text: str) -> list[tuple[str, str]]:
    """What a short name, or an English name that Windows uses for something else, can mean; the likeliest first."""
    if text in _UTC:
        return []
    if _SHORT.fullmatch(text):
        found = _short_names().get(text, {})
        return [(offset, f"UTC{offset}, as in {_places(zones)}") for offset, zones in found.items()]
    if text in english_zone_names() and (zone := windows_zone(text)):
        offset = offset_text(min(ZoneInfo(zone).utcoffset(at) or timedelta() for at in _SAMPLES[-2:]))
        city = _places([zone])
        return [(zone, f"the clocks of {city}, with summer time"), (offset, f"always UTC{offset}, without summer time")]
    return []


@cache
def _short_names() -> dict[str, dict[str, list[str]]]:
    """Short name -> offset -> zones whose clocks were called so since 1995, most zones first."""
    found: dict[str, Counter[tuple[str, str]]] = {}
    for name in sorted(zone_names(), key=lambda name: (name.partition("/")[0] in {"US", "Etc", "SystemV"}, name)):
        zone = ZoneInfo(name)
        for label, offset in {(at.astimezone(zone).tzname() or "", zone.utcoffset(at)) for at in _SAMPLES}:
            if _SHORT.fullmatch(label) and "/" in name:
                found.setdefault(label, Counter())[offset_text(offset or timedelta()), name] += 1
    for label, pair in _ALSO.items():
        found.setdefault(label, Counter())[pair] += 1
    grouped: dict[str, dict[str, list[str]]] = {}
    for label, pairs in found.items():
        known = grouped[label] = {}
        for offset_and_zone in pairs:
            known.setdefault(offset_and_zone[0], []).append(offset_and_zone[1])
        grouped[label] = dict(sorted(known.items(), key=lambda item: -len(item[1])))
    return grouped


def offset_text(offset: timedelta) -> str:
    """An offset as it is stored: "-04:00"."""
    minutes = offset // timedelta(minutes=1)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _places(zones: list[str]) -> str:
    """A known city or two of these zones."""
    known = [name for name in _CITIES if name in zones] or zones
    return " and ".join(name.rpartition("/")[2].replace("_", " ") for name in known[:2])


_CITIES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Europe/London",
           "Europe/Dublin", "Europe/Berlin", "Europe/Paris", "Europe/Helsinki", "Europe/Athens", "Europe/Moscow",
           "Asia/Kolkata", "Asia/Jerusalem", "Asia/Shanghai", "Asia/Dubai", "Australia/Sydney")  # fmt: skip


def zone_of_header(header: str) -> str:
    """The zone that the name of a column says: "UTC" of "Date (UTC)" and "Europe/Berlin" of "Time [Europe/Berlin]".

    Empty where it says none; a short name such as EST is returned as it is written.
    """
    match = _HEADER.fullmatch(header[-_LONGEST:])
    text = ((match[1] or match[2]) if match else "").strip()
    return text if _is_zone(text) else ""


def _is_zone(text: str) -> bool:
    known = text in _UTC or _OFFSET.fullmatch(text) or text.casefold() in _iana()
    return bool(text) and bool(known or candidates(text) or windows_zone(text))


def zone_above(rows: Iterable[Sequence[str]]) -> str:
    """The zone that lines above a table say: "-4" of "Time zone: -4" and of "Date range: 08/19/2021 00:00 -4 to ...".

    Empty where they say none, or several.
    """
    texts = [" ".join(filter(None, map(str.strip, cells)))[:_LONGEST] for cells in rows]
    said = {hit[1].strip(" .") for text in texts for hit in (*_NAMED.finditer(text), *_BEHIND.finditer(text))}
    zones = [*filter(_is_zone, said)]
    return zones[0] if len(zones) == 1 else ""


def without_zone(header: str) -> str:
    """The name of a column without the zone it says."""
    if len(header) > _LONGEST or not zone_of_header(header):
        return header
    return re.sub(r"\s*[(\[][^)\]]*[)\]]\W*$|[\s_-]+(?:UTC|GMT)$", "", header)


def is_same_zone(first: str, second: str) -> bool:
    """Whether two zones have had the same offsets since 1995, however they are called."""
    try:
        one, other = find_zone(first)[1], find_zone(second)[1]
    except MomentFault:
        return False
    return all(at.astimezone(one).utcoffset() == at.astimezone(other).utcoffset() for at in _SAMPLES)
