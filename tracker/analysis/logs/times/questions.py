"""What the times of a file leave open: found in its distinct shapes, so that each is asked once for all its lines."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Names
from functools import partial
from typing import Any

from tracker.analysis.logs.questions import Question, Seen
from tracker.analysis.logs.times.column import Cell, Column
from tracker.analysis.logs.times.dates import DateFormat
from tracker.analysis.logs.times.durations import duration_reader
from tracker.analysis.logs.times.fields import field_reader, zone_of_table
from tracker.analysis.logs.times.unsettled import Unsettled
from tracker.analysis.zones import MomentFault

_MOST = 5  # questions that one cell raises
Field = tuple[Sequence[str], Column]  # the names of its columns, and what they hold
_Reader = Callable[[str], Any]


def time_questions(
    dates: DateFormat, zone: str, fields: Iterable[Field], durations: Field | None = None, day: str = "", said: str = ""
) -> list[Question]:
    """The questions that the times of a file raise, in the order in which its lines do, whether answered or not.

    `dates` has the answers there are: what follows a question is asked in the light of its answer. `zone` and `day`
    are what was chosen for times without them, `said` is the zone that the lines above the table say.
    """
    asked = _Asked(dates.answers)
    for headers, column in fields:
        asked.look(column, partial(_reader, dates, (said, zone), day, headers))
    if durations:
        asked.look(durations[1], partial(duration_reader, durations[0]))
    return list(asked.found.values())


def _reader(
    dates: DateFormat, zones: tuple[str, str], day: str, headers: Sequence[str], answers: Names[str, str]
) -> _Reader:
    zone = zone_of_table(zones[0], headers, zones[1], answers)
    return field_reader(dates.told(answers), headers, zone, day)


class _Asked:
    """The questions found so far, by their key."""

    def __init__(self, answers: Names[str, str]) -> None:
        self.answers = answers
        self.found: dict[str, Question] = {}

    def look(self, column: Column, make: Callable[[Names[str, str]], _Reader]) -> None:
        """Read one cell of each shape with readers that know ever more answers, and note what they ask."""
        readers: dict[frozenset[str], _Reader] = {}
        for cell in column.cells():
            told: dict[str, str] = {}
            for _ in range(_MOST):
                try:
                    if not (read := readers.get(frozenset(told))):
                        read = readers[frozenset(told)] = make({**told})
                    read(cell.text)
                except Unsettled as asked:
                    told[asked.key] = self._note(asked, cell)
                    continue
                except MomentFault:
                    pass  # its line is a fault, whatever is answered
                break

    def _note(self, asked: Unsettled, cell: Cell) -> str:
        """Count the question, and give the answer that is known or else the first one offered."""
        before = self.found.get(asked.key)
        seen = before.seen._replace(lines=before.seen.lines + cell.lines) if before else Seen(
            cell.lines, cell.text, cell.line)  # fmt: skip
        self.found[asked.key] = Question(asked.key, asked.question, asked.choices, seen)
        answer = self.answers.get(asked.key, "")
        return answer if answer in {value for value, _ in asked.choices} else asked.choices[0][0]
