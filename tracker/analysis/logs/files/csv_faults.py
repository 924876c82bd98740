"""What is wrong with a CSV file, and where: found by walking through the one row that could not be read."""

from collections.abc import Iterable, Sequence

CELL, COLUMNS, ROW = 100_000, 1_000, 2_000_000  # characters, cells, characters


class CsvFault(ValueError):
    """A file that cannot be read: the line and the column (from 1, None where unknown), and a sentence.

    `is_quoting`: quotes or escapes of another kind may be what is wrong.
    """

    def __init__(self, line: int | None, column: int | None, sentence: str, *, is_quoting: bool = False) -> None:
        self.line, self.column, self.sentence, self.is_quoting = line, column, sentence, is_quoting
        place = (f"Line {line}" if line else "") + (f", column {column}" if line and column else "")
        super().__init__(f"{place}: {sentence}" if place else sentence)


class Unreadable(list[str]):
    """A line of which no cells could be read: its text alone, and why."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__([text])
        self.reason = reason


def fit(cells: list[str], width: int) -> list[str] | None:
    """The row as wide as the header: cells it lacks at its end are empty. None if it holds something beyond."""
    if isinstance(cells, Unreadable) or any(map(str.strip, cells[width:])):
        return None
    return cells[:width] + [""] * (width - len(cells))


def ragged(cells: Sequence[str], width: int) -> str:
    """The sentence for a row that does not fit the header."""
    if isinstance(cells, Unreadable):
        return cells.reason
    return f"This line has {len(cells)} cells and the header has {width}. Check for a missing separator or quote."


class _Walk:
    """Where a walk through a row stands: inside quotes or not, in which cell, and how long that is."""

    def __init__(self, separator: str, quote: str) -> None:
        self.separator, self.quote = separator, quote
        self.column, self.length, self.opened, self.state = 1, 0, 0, "start"

    def step(self, sign: str, line: int) -> bool:
        """Go past one character; False where the row breaks the rules."""
        self.length += 1
        if self.state == "quoted":
            self.state = "closed" if sign == self.quote else "quoted"
        elif sign == self.separator:
            self.column, self.length, self.state = self.column + 1, 0, "start"
        elif sign == self.quote and self.state in {"start", "closed"}:
            self.opened, self.state = line if self.state == "start" else self.opened, "quoted"
        elif self.state == "closed" and sign not in "\r\n":
            return False
        elif sign != " ":
            self.state = "plain" if self.state == "start" else self.state
        return self.length <= CELL and self.column <= COLUMNS


def explain(lines: Iterable[str], separator: str, began: int, quote: str) -> CsvFault:
    """What stops the row that begins after `began` lines, given the text of the file from there on."""
    walk, line = _Walk(separator, quote), began
    for line, text in enumerate(lines, began + 1):
        if not all(walk.step(sign, line) for sign in text):
            break
    if walk.column > COLUMNS:
        return CsvFault(began + 1, walk.column, f"A line can have at most {COLUMNS:,} cells. Check the separator.")
    if walk.state == "closed":
        sentence = "Text follows a closing quote. Write a quote inside a cell twice."
        return CsvFault(line, walk.column, sentence, is_quoting=True)
    if walk.state == "quoted":
        sentence = f"This quote is not closed within {CELL:,} characters. Close it."
        return CsvFault(walk.opened, walk.column, sentence, is_quoting=True)
    if walk.length > CELL:
        return CsvFault(line, walk.column, f"A cell can have at most {CELL:,} characters.")
    return CsvFault(began + 1, None, f"A line can have at most {ROW:,} characters. Check for a missing quote.")
