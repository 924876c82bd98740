"""A table of people as it is pasted: lines from a spreadsheet, a mail or a list, with a head or without one."""

import csv
from collections.abc import Mapping, Sequence

PERSON = ("name", "post", "unit", "identifiers")
_HEADS = {
    "name": "name", "post": "post", "post at the time": "post", "unit": "unit", "unit at the time": "unit",
    "identifier": "identifiers", "identifiers": "identifiers", "email": "identifiers", "e-mail": "identifiers",
    "account": "identifiers", "e-mail or account": "identifiers", "badge": "identifiers", "phone": "identifiers",
}  # fmt: skip
_KINDS = {"badge", "phone"}


def read_people(text: str) -> list[dict[str, str]]:
    """Name, post, unit and identifiers of each line.

    Cells are apart by tabs, or else by commas or semicolons, whichever there are more of. A first line that
    names its columns says what stands where; without one the columns are name, post, unit, and identifiers.
    """
    lines = [line for line in text.splitlines(keepends=True) if line.strip()]
    rows = [[" ".join(cell.split()) for cell in row] for row in csv.reader(lines, delimiter=_separator(text))]
    heads = [cell.casefold() for cell in rows[0]] if rows else []
    if len([head for head in heads if head in _HEADS]) > 1:
        return [_by_heads(heads, row) for row in rows[1:] if any(row)]
    return [_in_order(row) for row in rows if any(row)]


def _separator(text: str) -> str:
    return "\t" if "\t" in text else max(",;", key=text.count)


def _in_order(row: Sequence[str]) -> dict[str, str]:
    """Whatever stands behind the unit is an identifier."""
    known = dict(zip(PERSON, [*row[:3], "; ".join(filter(None, row[3:]))], strict=False))
    return _whole(known)


def _by_heads(heads: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for head, cell in zip(heads, row, strict=False):
        if (field := _HEADS.get(head)) and cell:
            said = f"{head}:{cell}" if head in _KINDS and ":" not in cell else cell
            known[field] = f"{known[field]}; {said}" if field in known else said
    return _whole(known)


def _whole(known: Mapping[str, str]) -> dict[str, str]:
    return {name: known.get(name, "") for name in PERSON}
