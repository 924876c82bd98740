"""Cells of several recipients, each with what became of the message: "a@x##Receive, Deliver;b@y##Receive, Fail".

Each recipient is a row of its own there, with the line of the file: what counts of one need not count of another.
"""

from collections.abc import Iterable, Iterator, Sequence

from tracker.analysis.logs.files.csv_faults import Unreadable, fit, ragged

_BETWEEN = "##"


def recipients_column(names: Sequence[str], sample: Iterable[Sequence[str]]) -> str:
    """The column with recipients and outcomes in every cell that holds anything; empty where no column is such."""
    rows = list(sample)
    for at, name in enumerate(names):
        texts = [cells[at].strip() for cells in rows if len(cells) > at and cells[at].strip()]
        if texts and all(map(_split, texts)):
            return name
    return ""


def with_recipients(
    lines: Iterable[tuple[int, list[str]]], names: Sequence[str], column: str
) -> Iterator[tuple[int, list[str]]]:
    """The rows, once for each recipient, who stands behind their cells with the last of the events: the outcome."""
    at, wide = names.index(column), len(names)
    for line, row in lines:
        cells = fit(row, wide)
        if cells is None:
            yield line, Unreadable(",".join(row), ragged(row, wide))
            continue
        for recipient, events in _split(cells[at]) or [(cells[at].strip(), "")]:
            yield line, [*cells, recipient, events.rpartition(",")[2].strip()]


def _split(cell: str) -> list[tuple[str, str]]:
    """Each recipient with the events, as text; none where a piece of the cell is not both."""
    cut = [piece.partition(_BETWEEN) for piece in cell.split(";") if piece.strip()]
    whole = all(recipient.strip() and sign and _BETWEEN not in events for recipient, sign, events in cut)
    return [(recipient.strip(), events) for recipient, _, events in cut] if whole else []
