"""Lines of a log that are no table: cut by a pattern that is shown, such as `{host} [{time}] "{request}"`.

A field ends where the sign that follows it in the pattern stands, so that a line is read once, from left to right.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

from tracker.analysis.logs.files.csv_faults import ROW, CsvFault, Unreadable
from tracker.analysis.logs.files.encodings import open_text, undecodable
from tracker.analysis.logs.files.headers import FIELDS

W3C = FIELDS  # the pattern of a file that names its fields in such a line, and cuts the others at blanks
_REQUEST = '"{method} {path} {protocol}"'
_COMMON = f"{{host}} {{ident}} {{user}} [{{time}}] {_REQUEST} {{status}} {{bytes}}"
PATTERNS = {
    "Apache or nginx, combined": f'{_COMMON} "{{referer}}" "{{agent}}"',
    "Apache or nginx, common": _COMMON,
    "Apache with the server first": f'{{server}} {_COMMON} "{{referer}}" "{{agent}}"',
    "syslog, RFC 5424": "<{priority}>1 {time} {host} {program} {process} {event} {message}",
    "syslog with an ISO time": "{time} {host} {program}: {message}",
    "syslog": "{month} {day} {clock} {host} {program}: {message}",
}
_CLOCK = r"\d\d:\d\d(:\d\d([.,]\d+)?)?"
_DAY, _ZONE = r"(\d{4}-\d\d-\d\dT|\d\d?/[A-Z][a-z]{2}/\d{4}:)", r"( ?([+-]\d\d:?(\d\d)?|[A-Z]{1,4}))?"
_SURE = {"time": re.compile(_DAY + _CLOCK + _ZONE), "clock": re.compile(_CLOCK)}  # and no more: a table goes on
_FIELD = re.compile(r"\{([^{}]{1,60})\}")
_LOOKED_AT = 50
_LONGEST = 20_000  # characters of a line


def field_names(pattern: str) -> tuple[str, ...]:
    """The fields of a pattern. CsvFault for a pattern that is none."""
    names = tuple(_FIELD.findall(pattern))
    if len(names) < 2 or len(set(names)) < len(names) or "}{" in pattern or len(names) > 60:
        raise CsvFault(None, None, f'"{pattern[:60]}" is not a pattern. Write fields as in {PATTERNS["syslog"]}.')
    return names


@cache
def _compiled(pattern: str) -> tuple[re.Pattern[str], ...]:
    """What cuts a line; for a request that is not three words, a second one that takes it whole."""
    whole = re.compile(_regex(pattern, 0))
    if _REQUEST not in pattern:
        return (whole,)
    begin, _, end = pattern.partition(_REQUEST)
    path = field_names(pattern).index("path")
    return whole, re.compile(_regex(begin, 0) + _regex('"{path}"', path) + _regex(end, path + 2))


def _regex(pattern: str, number: int) -> str:
    """Fields as groups f0, f1 ...; each ends before the sign that follows it, the last takes the rest."""
    text = ""
    for at, part in enumerate(_FIELD.split(pattern)):
        if at % 2:
            continue
        if at:
            stop = re.escape(part[0]) if part else ""
            inside = r'(?:[^"\\]|\\.)*' if stop == '"' else f"[^{stop}]*" if stop else ".*"
            text += f"(?P<f{number}>{inside})"
            number += 1
        text += re.escape(part).replace(r"\ ", " ++")  # possessive: blanks are tried in one way
    return text


def _matcher(pattern: str):  # type: ignore[no-untyped-def]
    """What cuts one line into the cells of a pattern, None where it does not fit."""
    patterns, wide = _compiled(pattern), len(field_names(pattern))

    def cut(text: str) -> list[str] | None:
        for one in patterns:
            if found := one.fullmatch(text):
                groups = found.groupdict("")
                return [groups.get(f"f{at}", "") for at in range(wide)]
        return None

    return cut


def find_pattern(path: Path, encoding: str) -> str:
    """The known pattern that fits nearly all of the first lines, W3C for a file that names its fields; else empty."""
    try:
        lines = [text for _, text in islice(_lines(path, encoding), _LOOKED_AT)]
    except CsvFault:  # as a table it is met again
        return ""
    named = next((text for text in lines if text.startswith(W3C)), None)
    plain = [text for text in lines if not text.startswith("#")]
    if named and plain and len(_cut_w3c(plain[0])) == len(_cut_w3c(named.removeprefix(W3C).strip())) > 1:
        return W3C
    for pattern in PATTERNS.values():
        cut, names = _matcher(pattern), field_names(pattern)
        sure = next((name for name in names if name in _SURE), "")
        fits = [cells for text in plain if (cells := cut(text)) and _SURE[sure].fullmatch(cells[names.index(sure)])]
        if len(fits) * 10 > len(plain) * 9:
            return pattern
    return ""


def names_of(path: Path, encoding: str, pattern: str) -> tuple[str, ...]:
    """The fields of a file that is cut by this pattern."""
    if pattern != W3C:
        return field_names(pattern)
    for _, text in _lines(path, encoding):
        if text.startswith(W3C):
            return tuple(_cut_w3c(text.removeprefix(W3C).strip()))
    raise CsvFault(None, None, f'No line begins with "{W3C}" and names the fields. Choose another pattern.')


def read_lines(path: Path, encoding: str, pattern: str, header: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Each line as the cells of its fields; one that does not fit is `Unreadable`."""
    lines = _lines(path, encoding)
    return _read_w3c(lines, header) if pattern == W3C else _read_pattern(lines, pattern)


def _read_pattern(lines: Iterable[tuple[int, str]], pattern: str) -> Iterator[tuple[int, list[str]]]:
    cut = _matcher(pattern)
    for line, text in lines:
        yield line, cut(text) or Unreadable(text[:200], "This line does not fit the pattern.")


def _read_w3c(lines: Iterable[tuple[int, str]], header: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    wide = len(header)
    for line, text in lines:
        if text.startswith(W3C) and tuple(_cut_w3c(text.removeprefix(W3C).strip())) != tuple(header):
            raise CsvFault(line, None, "The fields change here. Enter the line before as the last line of the table.")
        if not text.startswith("#"):
            cells = _cut_w3c(text)
            yield line, cells if len(cells) == wide else Unreadable(text[:200], f"This line has {len(cells)} fields "
                                                                    f"and the header has {wide}.")  # fmt: skip


def _cut_w3c(text: str) -> list[str]:
    return text.split("\t") if "\t" in text else text.split()


def _lines(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers. CsvFault for one that is too long."""
    try:
        with open_text(path, encoding) as file:
            for line, text in enumerate(iter(lambda: file.readline(ROW), ""), 1):
                if len(text) > _LONGEST:
                    raise CsvFault(line, None, f"A line of a log can have at most {_LONGEST:,} characters.")
                bare = text.strip("\ufeff\0\x1a\r\n")
                if bare.strip():
                    yield line, bare
    except UnicodeDecodeError:
        place = undecodable(path, encoding)
        raise CsvFault(place, None, f"This line is not {encoding} text. Choose another encoding.") from None
