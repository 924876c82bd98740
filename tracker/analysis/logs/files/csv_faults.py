"""What is wrong with a CSV file, and where: found by walking through the one row that could not be read."""

from collections.abc import Iterable

CELL, COLUMNS, ROW = 100_000, 1_000, 2_000_000  # characters, cells, characters


class CsvFault(ValueError):
    """A file that cannot be read: the line and the column (from 1, None where unknown), and a sentence."""

    def __init__(self, line: int | None, column: int | None, sentence: str) -> None:
        self.line, self.column, self.sentence = line, column, sentence
        place = (f"Line {line}" if line else "") + (f", column {column}" if line and column else "")
        super().__init__(f"{place}: {sentence}" if place else sentence)


class _Walk:
    """Where a walk through a row stands: inside quotes or not, in which cell, and how long that is."""

    def __init__(self, separator: str) -> None:
        self.separator = separator
        self.column, self.length, self.opened, self.state = 1, 0, 0, "start"

    def step(self, sign: str, line: int) -> bool:
        """Go past one character; False where the row breaks the rules."""
        self.length += 1
        if self.state == "quoted":
            self.state = "closed" if sign == '"' else "quoted"
        elif sign == self.separator:
            self.column, self.length, self.state = self.column + 1, 0, "start"
        elif sign == '"' and self.state in {"start", "closed"}:
            self.opened, self.state = line if self.state == "start" else self.opened, "quoted"
        elif self.state == "closed" and sign not in "\r\n":
            return False
        elif sign != " ":
            self.state = "plain" if self.state == "start" else self.state
        return self.length <= CELL and self.column <= COLUMNS


def explain(lines: Iterable[str], separator: str, began: int) -> CsvFault:
    """What stops the row that begins after `began` lines, given the text of the file from there on."""
    walk, line = _Walk(separator), began
    for line, text in enumerate(lines, began + 1):
        if not all(walk.step(sign, line) for sign in text):
            break
    if walk.column > COLUMNS:
        return CsvFault(began + 1, walk.column, f"A line can have at most {COLUMNS:,} cells. Check the separator.")
    if walk.state == "closed":
        return CsvFault(line, walk.column, "Text follows a closing quote. Write a quote inside a cell twice.")
    if walk.state == "quoted":
        return CsvFault(walk.opened, walk.column, f"This quote is not closed within {CELL:,} characters. Close it.")
    if walk.length > CELL:
        return CsvFault(line, walk.column, f"A cell can have at most {CELL:,} characters.")
    return CsvFault(began + 1, None, f"A line can have at most {ROW:,} characters. Check for a missing quote.")
