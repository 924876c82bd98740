"""The rows of a result without names, as a file: of what is no list, and is put together whole."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask.typing import ResponseReturnValue

from tracker.actions.register.exports import start_who_had_access
from tracker.exports.streams import Stream
from tracker.exports.writing import write
from tracker.models.case.cases import Case
from tracker.web.guard import me
from tracker.web.lists import sent
from tracker.web.transfer.formats import asked_format, shape_of


def send_result(
    case: Case, what: str, header: Sequence[str], rows: Iterable[Sequence[Any]], *, filter: str
) -> ResponseReturnValue:
    """Send the rows in the format that the address asks for; that they leave, through this filter, is recorded first.

    Raises Denied for who may not read who had access.
    """
    whole = list(rows)
    export = start_who_had_access(me(), case, what=what, filter=filter, format=asked_format())
    shape = shape_of(export)
    return sent(export, Stream(export, lambda _, tally: write(header, [whole], tally, shape)))
