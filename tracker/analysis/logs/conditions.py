"""Rules on columns: which lines of a file are used. What a rule leaves out is counted by it, and is no fault."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tracker.analysis.cells import unguard
from tracker.analysis.logs.files.headers import normal, positions

TESTS = {
    "is": "is", "is_not": "is not", "contains": "contains", "not_contains": "does not contain",
    "is_empty": "is empty", "is_not_empty": "is not empty",
}  # fmt: skip
_OPPOSITE = {"is": "is_not", "contains": "not_contains", "is_empty": "is_not_empty"}
_OPPOSITE |= {no: yes for yes, no in _OPPOSITE.items()}
_BY_WORDS = {words: test for test, words in TESTS.items()}
_TEST = re.compile(rf"\s+({'|'.join(sorted(_BY_WORDS, key=len, reverse=True))})(?=\s|$)", re.IGNORECASE)
_VALUE = re.compile(r'\s*(?:"((?:[^"]|"")*)"|(.*?))\s*(?:\s[oO][rR]\s|$)')
_PLAIN = re.compile(r'(?!["\s]|not\b|empty$)(?:(?!\sor\s).)+(?<!\s)', re.IGNORECASE)
_SHORT, _REMEMBERED, _SHOWN = 60, 10_000, 4
SHAPE = 'Write a condition as "COLUMN is VALUE or VALUE", "COLUMN does not contain VALUE" or "COLUMN is empty".'


class ConditionFault(ValueError):
    """A text that is no condition on this file; its text is one sentence for the account."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What the cell of a column must be for its line to be used. Several `values` are joined by or.

    `test` is one of TESTS. Letter case and blanks around a value do not matter.
    """

    column: str
    test: str
    values: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Values come back from JSON as a list."""
        object.__setattr__(self, "values", tuple(self.values))

    @property
    def words(self) -> str:
        """The condition as it is read and typed: `Operation is FileAccessed or FilePreviewed`."""
        return self._said(self.test, self.values)

    @property
    def opposite(self) -> str:
        """Why a line is left out that does not meet it: `Operation is not FileAccessed or FilePreviewed`, in short."""
        shown = self.values if len(self.values) <= _SHOWN else self.values[: _SHOWN - 1]
        more = len(self.values) - len(shown)
        return self._said(_OPPOSITE[self.test], shown) + (f" or {more} more" if more else "")

    def _said(self, test: str, values: Sequence[str]) -> str:
        return f"{self.column} {TESTS[test]} {join_values(values)}".rstrip()

    def objection(self) -> str | None:
        """What is wrong with it, whatever the file."""
        if self.test not in TESTS:
            return f'"{self.test}" is not a test. Choose from {", ".join(TESTS.values())}.'
        if self.test.endswith("empty") == bool(self.values):
            return f'Enter a value after "{self.column} {TESTS[self.test]}".' if not self.values else SHAPE
        return None

    def is_met(self, cell: str) -> bool:
        """Whether a cell meets it."""
        told, wanted = folded(cell), [folded(value) for value in self.values]
        met = {"is": told in wanted, "contains": any(one in told for one in wanted), "is_empty": not told}
        return met[self.test] if self.test in met else not met[_OPPOSITE[self.test]]


class Verdicts(dict[str, str]):
    """The cells of one column -> why their lines are left out, "" for those that are used. `judge` is asked once."""

    def __init__(self, judge: Callable[[str], str]) -> None:
        super().__init__()
        self.judge = judge

    def __missing__(self, cell: str) -> str:
        why = self.judge(unguard(cell.strip()))
        return self.setdefault(cell, why) if len(cell) < _SHORT and len(self) < _REMEMBERED else why


def folded(value: str) -> str:
    """A value as it is compared."""
    return value.strip().casefold()


def join_values(values: Iterable[str]) -> str:
    """Values as they are typed: joined by or, in quotes where they would be read otherwise."""
    return " or ".join(value if _PLAIN.fullmatch(value) else '"' + value.replace('"', '""') + '"' for value in values)


def split_values(text: str) -> tuple[str, ...]:
    """The values of `join_values`."""
    if not text.strip():
        return ()
    found = [hit for hit in _VALUE.finditer(text) if hit[0]]
    return tuple(hit[2] if hit[1] is None else hit[1].replace('""', '"') for hit in found)


def read_condition(text: str, header: Sequence[str]) -> Condition:
    """A condition as it is typed, on a column of this header. ConditionFault for what is none."""
    known, tests = positions(header), list(_TEST.finditer(text))
    if not tests:
        raise ConditionFault(f'"{text[:80]}" is not a condition. {SHAPE}')
    hit = next((one for one in tests if text[: one.start()].strip() in header), None)
    hit = hit or next((one for one in tests if normal(text[: one.start()]) in known), tests[0])
    column, test = text[: hit.start()].strip(), _BY_WORDS[hit[1].lower()]
    if normal(column) in known:
        column = column if column in header else header[known[normal(column)]]
    found = Condition(column, test, split_values(text[hit.end() :]))
    if why := found.objection():
        raise ConditionFault(why)
    return found
