"""Records as JSON: one object a line, or an array of objects; and the fields of JSON that stands in a cell."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any, TextIO

from tracker.analysis.logs.files.csv_faults import COLUMNS, ROW, CsvFault, Unreadable, fit, ragged
from tracker.analysis.logs.files.encodings import reading_text

MOST_FIELDS = 500  # of the JSON cells of a file
_SHAPES = 100_000  # which keys stand together in a cell
_KEY = re.compile(r'"([^"\\]*+)\\*+"\s*+:')  # also of an object in a text; what ends a text it never takes back
_DEPTH = 6
_CHUNK = 1 << 16
_BETWEEN = re.compile(r"[\s,]*")
_NO_OBJECT = "This line is not a JSON object."
_DECODER = JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)  # numbers as they are written
Record = dict[str, Any]


def records(path: Path, encoding: str) -> Iterator[tuple[int, Record | str]]:
    """Each object with the line in which it begins; the text of a line that is none. CsvFault for a broken array."""
    with reading_text(path, encoding) as file:
        start = file.read(_CHUNK).lstrip("\ufeff")
    is_array = start.lstrip().startswith("[")
    with reading_text(path, encoding) as file:
        yield from _array(file) if is_array else _objects(file)


def _objects(file: TextIO) -> Iterator[tuple[int, Record | str]]:
    for line, text in enumerate(iter(lambda: file.readline(ROW), ""), 1):
        bare = text.strip("\ufeff\0\x1a \t\r\n")
        if bare:
            found = parse_object(bare)
            yield line, bare if found is None else found


def _array(file: TextIO) -> Iterator[tuple[int, Record | str]]:
    text, at, line = file.read(_CHUNK).lstrip("\ufeff"), 0, 1
    line += text.count("\n", 0, text.index("[") + 1)
    at = text.index("[") + 1
    while True:
        begin = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing too
        line, at = line + text.count("\n", at, begin), begin
        if text[at : at + 1] == "]":
            return
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (JSONDecodeError, RecursionError):
            more = file.read(_CHUNK)
            if not more or len(text) - at > ROW:
                raise CsvFault(line, None, "This JSON array is broken or cut off here.") from None
            text, at = text[at:] + more, 0
            continue
        yield line, value if isinstance(value, dict) else text[at:end]
        line, at = line + text.count("\n", at, end), end


def parse_object(text: str) -> Record | None:
    """The object a text is, numbers as they are written; None for anything else."""
    try:
        value = _DECODER.decode(text)
    except (JSONDecodeError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def flatten(record: Record, before: str = "", depth: int = 0) -> dict[str, str]:
    """The fields of an object as text: those of an object in it as `outer.inner`, lists joined by "; "."""
    found: dict[str, str] = {}
    for key, value in record.items():
        name = f"{before}{key}"
        if isinstance(value, str) and value.startswith("{") and depth < _DEPTH:
            found[name] = value
        for inner, text in _fields(name, value, depth):
            found[inner] = f"{found[inner]}; {text}" if inner in found and text else found.get(inner) or text
    return found


def _fields(name: str, value: Any, depth: int) -> Iterable[tuple[str, str]]:
    record = parse_object(value) if isinstance(value, str) and value.startswith("{") else value
    if isinstance(record, dict) and depth < _DEPTH:
        return flatten(record, f"{name}.", depth + 1).items()
    if isinstance(value, list) and depth < _DEPTH:
        return [one for item in value for one in _fields(name, item, depth + 1)]
    if isinstance(value, (dict, list)):
        return [(name, json.dumps(value, ensure_ascii=False))]
    return [(name, {None: "", True: "true", False: "false"}.get(value, value))]


def survey(path: Path, encoding: str) -> tuple[tuple[str, ...], int, int]:
    """The fields of all records in the order in which they come, how many lines there are, and how many hold no object.

    CsvFault for a file without records, and for too many fields.
    """
    names: dict[str, str] = {}
    lines = unread = 0
    for _, record in records(path, encoding):
        lines += 1
        if not isinstance(record, dict):
            unread += 1
        elif not (found := flatten(record)).keys() <= names.keys():
            names = {**names, **found}
            if len(names) > COLUMNS:
                raise CsvFault(None, None, f"The records have more than {COLUMNS:,} fields.")
    if not names:
        raise CsvFault(None, None, "This JSON file holds no records. It needs one object a line, or a list of objects.")
    return tuple(names), lines, unread


def read_records(path: Path, encoding: str, header: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Each record as the cells of these fields."""
    for line, record in records(path, encoding):
        if isinstance(record, dict):
            get = flatten(record).get
            yield line, [get(name, "") for name in header]
        else:
            yield line, Unreadable(record, _NO_OBJECT)


def json_columns(names: Sequence[str], sample: Iterable[Sequence[str]]) -> list[int]:
    """The places of the columns with JSON in every cell that holds anything; a column with any other text is none."""
    rows = list(sample)
    filled = [
        [cells[at].strip() for cells in rows if len(cells) > at and cells[at].strip()] for at in range(len(names))
    ]
    return [at for at, texts in enumerate(filled)
            if texts and all(text.startswith("{") and parse_object(text) is not None for text in texts)]  # fmt: skip


def json_fields(names: Sequence[str], places: Sequence[int], rows: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The fields of the JSON in these columns as `column.field`, of all rows, in the order in which they come.

    A cell whose keys stood together before is not read again. After `MOST_FIELDS` the others are not looked for.
    """
    found: dict[str, None] = {}
    seen: set[int] = set()
    for cells in rows:
        for at in (place for place in places if place < len(cells)):
            keys = hash((at, *dict.fromkeys(_KEY.findall(cells[at]))))
            if keys not in seen:
                found |= dict.fromkeys(flatten(parse_object(cells[at].strip()) or {}, f"{names[at]}."))
                if len(seen) < _SHAPES:
                    seen.add(keys)
        if len(found) > MOST_FIELDS:
            break
    return tuple(found)


def with_json_fields(
    lines: Iterable[tuple[int, list[str]]], names: Sequence[str], fields: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    """The rows with the fields of their JSON cells behind their own cells."""
    columns = [(at, f"{name}.") for at, name in enumerate(names) if any(one.startswith(f"{name}.") for one in fields)]
    wide = len(names)
    for line, row in lines:
        cells = fit(row, wide)
        if cells is None:
            yield line, Unreadable(",".join(row), ragged(row, wide))
            continue
        found: dict[str, str] = {}
        for at, before in columns:
            if (record := parse_object(cells[at].strip() or "{}")) is not None:
                found |= flatten(record, before)
        yield line, cells + [found.get(name, "") for name in fields]
