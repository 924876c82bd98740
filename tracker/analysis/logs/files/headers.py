"""Names of columns: the same name may come back in other letter case, with blanks or with underscores."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

FIELDS = "#Fields:"  # before the first name, in logs of Microsoft Exchange
_DROPPED = str.maketrans("", "", " \t\r\n_\u00a0\ufeff")


def normal(header: str) -> str:
    """The name folded: "Last Name", "LAST_NAME " and "lastname" are one."""
    return unicodedata.normalize("NFKC", header).casefold().translate(_DROPPED)


def positions(header: Sequence[str]) -> dict[str, int]:
    """Where each folded name stands; the first of equal names."""
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        found.setdefault(normal(name), index)
    return found


def header_names(cells: Sequence[str], wide: int = 0) -> tuple[str, ...]:
    """A header row as names, each of them once: a column without a name, and twins, are told by their position.

    Empty ones at the end are dropped, unless the rows under them are `wide` enough to fill them.
    """
    names = [" ".join(cell.split()) for cell in cells]
    if len(names) > 1:
        names[0] = names[0].removeprefix(FIELDS).strip()
    while len(names) > wide and not names[-1]:
        names.pop()
    names += [""] * (wide - len(names))
    times = Counter(map(normal, names))
    named: list[str] = []
    for column, name in enumerate(names, 1):
        told = f"{name} (column {column})" if name and times[normal(name)] > 1 else name or f"column {column}"
        while normal(told) in set(map(normal, named)) or (told != name and normal(told) in times):
            told += "'"
        named.append(told)
    return tuple(named)


def twins(name: str, header: Sequence[str]) -> list[str]:
    """The columns that a file calls alike, by this name, as `header_names` tells them apart."""
    return [one for one in header if normal(one).startswith(f"{normal(name)}(column")]


def recipient_fields(column: str) -> tuple[str, ...]:
    """The columns of a recipient and of the outcome, which stand behind those of a file with such a column."""
    return (f"{column}.recipient", f"{column}.outcome") if column else ()
