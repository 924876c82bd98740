"""What a row of a file is, by itself: values, names of columns, a comment, the header again, a title, totals."""

import re
from collections.abc import Sequence

from tracker.analysis.logs.files.headers import FIELDS, normal

_VALUE = re.compile(r"[\d\W_]*\d[\d\W_TZ]*|.*\d[-/.:]\d\d.*", re.ASCII)
_COMMENT = re.compile(r"\s*#(\W*$|\s*[^\W\d])")
_PHRASE = re.compile(r".*[\s:=*(]")
_TOTALS = re.compile(
    r"(grand |sub-?)?totals?\b|sum(me|ma|s)?\b|gesamt|insgesamt|somme\b|suma\b|totaa?le?\b|razem\b|celkem\b|"
    r"итого|всего|合計|总计",
    re.IGNORECASE,
)


def is_value(cell: str) -> bool:
    """Whether a cell holds a number or a time, so that it is not the name of a column."""
    return _VALUE.fullmatch(cell.strip()[:40]) is not None


def is_header(cells: Sequence[str]) -> bool:
    """Whether these could be the names of columns: several, all different, none of them a value."""
    names = [normal(cell) for cell in filled(cells)]
    return len(names) > 1 and all(names) and len(set(names)) == len(names) and not any(map(is_value, cells))


def opens_comment(cells: Sequence[str]) -> bool:
    """Whether a row begins with the sign of a comment and a word, and does not name the fields of the rows."""
    return _COMMENT.match(cells[0]) is not None and not (cells[0].startswith(FIELDS) and len(cells) > 1)


def is_comment(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row in a table is a comment: it begins with the sign of one, and is not as wide as the table."""
    return len(cells) < len(header) and opens_comment(cells)


def is_repeated(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row is the header once more."""
    return cells[0] == header[0] and [*map(normal, filled(cells))] == [*map(normal, filled(header))]


def texts_in(cells: Sequence[str]) -> list[str]:
    """The cells that are not blank."""
    return [cell for cell in cells if cell.strip()]


def filled(cells: Sequence[str]) -> Sequence[str]:
    """The cells without empty ones at the end."""
    wide = len(cells)
    while wide and not cells[wide - 1].strip():
        wide -= 1
    return cells[:wide]


def is_title(cells: Sequence[str], wide: int) -> bool:
    """Whether a row of a table holds nothing but one text at its start."""
    return wide > 1 and cells[0].strip() != "" and not any(map(str.strip, cells[1:])) and not is_value(cells[0])


def is_footer(cells: Sequence[str], wide: int) -> bool:
    """Whether the last row of a table is none: it is empty, one sentence, or totals with no time in them."""
    texts = texts_in(cells)
    if wide < 2 or not texts:
        return not texts
    text = texts[0].strip()
    if is_title(cells, wide):
        return (_PHRASE.match(text) or _TOTALS.match(text)) is not None
    if len(texts) >= wide or any(re.search(r"\d[-/.:]\d", text) for text in texts):
        return False
    return _TOTALS.match(text) is not None
