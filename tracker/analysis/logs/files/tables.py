"""Where in a file its tables are: under which header, from which line to which, and what stands around them.

Nothing that could be a record is left out: rows are taken away only around a table (titles, totals), where they repeat
the header, and where they are comments. The account sees how many, and can change it.
"""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import dropwhile

from tracker.analysis.logs.files.csv_faults import CsvFault
from tracker.analysis.logs.files.headers import FIELDS
from tracker.analysis.logs.files.row_kinds import (
    filled,
    is_comment,
    is_footer,
    is_header,
    is_repeated,
    is_title,
    is_value,
    opens_comment,
    texts_in,
)

Row = tuple[int, list[str]]
_KEPT = 50  # rows that are looked at
_PREAMBLE = 10  # rows that may stand above a header and be as wide


@dataclass
class Table:
    """A table in a file: its first row, which may be its header, and the first rows under that.

    `last` is the line of its last row where something else follows, else 0; `before` and `after` count the rows around
    it that are in no table; `short` those of its rows that lack cells.
    """

    line: int
    cells: list[str]
    title: str = ""
    before: int = 0
    after: int = 0
    last: int = 0
    rows: int = 0
    short: int = 0
    comments: int = 0
    repeats: int = 0
    is_named: bool = True
    sample: list[Row] = field(default_factory=list)

    @property
    def names(self) -> int:
        """How many columns the first row names."""
        return len(filled(self.cells))

    @property
    def wide(self) -> int:
        """How many columns it has: as many as most of its rows, and not fewer than its first row names."""
        widths = Counter(len(filled(cells)) for _, cells in self.sample)
        most, times = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        return max(self.names, most) if times * 2 > len(self.sample) or not self.is_named else self.names


def find_tables(rows: Iterable[Row], *, is_named: bool | None = None) -> list[Table]:
    """The tables of a file. `is_named`: the first row is the header of one, or it is a row of one without a header.

    CsvFault where the rows raise it, and for a file that has none.
    """
    survey = _Survey(is_named)
    survey.read(rows)
    if not survey.tables:
        raise CsvFault(None, None, "The file is empty.")
    return survey.tables


class _Survey:
    """All rows of a file looked at once; only what is unusual is looked at closely."""

    def __init__(self, is_named: bool | None) -> None:
        self.is_named = is_named
        self.tables: list[Table] = []
        self.width = -1
        self.title = ""  # of what may follow: the row before has one text alone
        self.before = 0
        self.candidate: Row | None = None  # the row before, if it may be the header of another table
        self.candidate_title = ""
        self.fields: Row | None = None  # the names of the columns, in a comment above them
        self.recent: deque[Row] = deque(maxlen=12)

    def read(self, rows: Iterable[Row]) -> None:
        """Look at every row."""
        loose: list[Row] = []
        keep = self.recent.append
        for row in rows:
            line, cells = row
            if self.tables:
                table = self.tables[-1]
                if len(cells) == self.width and cells[0] != table.cells[0] and not (self.title or self.candidate):
                    table.rows += 1
                    keep(row)
                else:
                    self._look(table, line, cells)
            elif self.is_named is not None or len(texts_in(cells)) > 1:
                if opens_comment(cells) and self.is_named is None:
                    self.before += 1
                    self.fields = row if cells[0].startswith(FIELDS) else self.fields
                else:
                    self._begin(line, cells)
            else:
                self.before += 1
                self.title = cells[0].strip()
                loose.append(row) if len(loose) < _KEPT else None
        if not self.tables:
            self._read_one_column(loose)
        if self.tables:
            self._end(self.tables[-1])

    def _read_one_column(self, loose: list[Row]) -> None:
        rest = list(dropwhile(lambda row: opens_comment(row[1]), loose)) or loose
        unseen, self.title, self.before = self.before - len(loose), "", len(loose) - len(rest)
        for number, (line, cells) in enumerate(rest):
            if number:
                self._take(self.tables[-1], line, cells)
            else:
                self._begin(line, cells)
        if rest:
            self.tables[-1].rows += unseen

    def _begin(self, line: int, cells: list[str]) -> None:
        is_named = not any(map(is_value, cells)) if self.is_named is None or self.tables else self.is_named
        above = self.fields if not is_named and self.fields and len(self.fields[1]) == len(cells) else (line, cells)
        is_above, self.fields = above is self.fields, None
        self.tables.append(Table(*above, self.title, self.before - is_above, is_named=is_named or is_above))
        self.width, self.title, self.before, self.candidate = -1, "", 0, None
        self.recent.clear()
        if not is_named:  # its first row is a row already
            self._take(self.tables[-1], line, cells)

    def _look(self, table: Table, line: int, cells: list[str]) -> None:
        first, self.candidate = self.candidate, None
        if is_comment(cells, table.cells):
            table.comments += 1
        elif table.is_named and is_repeated(cells, table.cells):
            table.repeats += 1
            self.title = ""
        elif first and len(cells) == len(first[1]) and any(map(is_value, cells)):
            self.recent.pop()
            table.rows -= 1
            table.short -= len(first[1]) < table.names
            self._end(table, first)
            self.title = self.candidate_title
            self._begin(*first)
            self._look(self.tables[-1], line, cells)
        elif is_header(cells) and self._is_preamble(table, cells):
            self._end(table, (line, cells))
            self._begin(line, cells)
        else:
            self._take(table, line, cells)

    def _is_preamble(self, table: Table, cells: list[str]) -> bool:
        """Whether what began is no table: one row, or a few with fewer texts, above the header of another."""
        if table.is_named and not table.rows and len(cells) != len(table.cells):
            return True
        above = [table.cells, *(row for _, row in table.sample)]
        return table.rows < _PREAMBLE and all(len(texts_in(row)) < len(texts_in(cells)) for row in above)

    def _may_begin(self, table: Table, cells: list[str]) -> bool:
        """Whether this could be the header of another table, if a row of values that is as wide follows."""
        if not is_header(cells):
            return False
        widths = {len(table.cells), *(len(row) for _, row in table.sample)}
        is_titled = self.title != "" and any(any(map(is_value, row)) for _, row in table.sample)
        return is_titled or len(cells) not in widths

    def _take(self, table: Table, line: int, cells: list[str]) -> None:
        if table.rows and self._may_begin(table, cells):
            self.candidate, self.candidate_title = (line, cells), self.title
        table.rows += 1
        table.short += len(cells) < table.names
        if len(table.sample) < _KEPT:
            table.sample.append((line, cells))
        elif self.width < 0:
            most = Counter(len(row) for _, row in table.sample).most_common(1)[0][0]
            self.width = most if most >= len(table.cells) else -1  # a short row may be a comment
        self.recent.append((line, cells))
        self.title = cells[0].strip() if is_title(cells, table.wide) else ""

    def _end(self, table: Table, following: Row | None = None) -> None:
        """Take from the end of a table what is no row of it: totals, and the title of what follows."""
        kept = list(self.recent)
        while kept and (is_footer(kept[-1][1], table.wide) or (following and is_title(kept[-1][1], table.wide))):
            table.short -= len(kept.pop()[1]) < table.names
        table.after = len(self.recent) - len(kept)
        table.rows -= table.after
        if following or table.after:
            table.last = kept[-1][0] if kept else table.line
            table.sample = [row for row in table.sample if row[0] <= table.last]
