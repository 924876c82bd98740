"""What a file leaves open and nobody may guess: asked in one way, on the page and in the command, and remembered."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Names
from typing import NamedTuple


class Seen(NamedTuple):
    """Where a question comes from: how many lines raise it, and the cell of the first of them with its line."""

    lines: int
    example: str
    line: int

    @property
    def words(self) -> str:
        """The same for people."""
        lines = "1 line" if self.lines == 1 else f"{self.lines:,} lines"
        return f"{lines}, for example line {self.line:,}: {self.example[:60]}"


class Question(NamedTuple):
    """One question on a file. `key` names it in `Mapping.answers`, `choices` are answers with their words."""

    key: str
    text: str
    choices: Sequence[tuple[str, str]]
    seen: Seen


def still_open(questions: Iterable[Question], answers: Names[str, str]) -> list[Question]:
    """The questions that have no answer, or one that is not offered."""
    return [one for one in questions if answers.get(one.key) not in {value for value, _ in one.choices}]
