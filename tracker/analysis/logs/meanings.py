"""What the words of systems probably mean: an operation as an evidence level, an event as going in or out.

Each is only proposed; nothing is imported by it before somebody has chosen it.
"""

from collections.abc import Collection, Iterable, Sequence

from tracker.analysis.logs.conditions import folded
from tracker.analysis.logs.files.headers import normal

LEAVE_OUT = ""
_OPERATIONS = set(map(normal, "action, operation, operations, activity, event, event type, event name, job".split(",")))
_DIRECTIONS = set(map(normal, "event, type, direction, in/out, in out, access type, action, event type".split(",")))
_WORDS: dict[str, Sequence[tuple[str, tuple[str, ...]]]] = {
    "level": (
        (LEAVE_OUT, ("denied", "refused", "fail", "error", "delete", "renam", "move", "upload", "creat", "logout")),
        ("E4", ("print", "download", "cop", "forward", "export", "sync", "scan", "photograph", "save")),
        ("E5", ("attend", "join")),
        ("E2", ("deliver", "receive", "sent", "send")),
        ("E3", ("view", "open", "read", "preview", "access", "show", "get")),
    ),
    "event": (
        (LEAVE_OUT, ("denied", "alarm", "fail", "invalid", "pass")),
        ("leave", ("out", "exit", "leav", "left", "depart")),
        ("enter", ("in", "entry", "enter", "arriv", "entrance")),
    ),
    "channel": (
        ("printed", ("print",)), ("forwarded", ("forward",)), ("delivered", ("deliver", "receive")),
        ("portal", ("download", "portal")), ("opened", ("view", "open", "read", "preview", "access")),
    ),
}  # fmt: skip


def guess_meaning(field: str, value: str) -> str | None:
    """What a value of `level`, `event` or `channel` probably means, "" for leaving the line out; None for no idea."""
    text = folded(value)
    for meaning, pieces in _WORDS.get(field, ()):
        if any(piece in text if len(piece) > 3 else text.startswith(piece) for piece in pieces):
            return meaning
    return None


def guess_column(kind: str, columns: Iterable[tuple[str, Collection[str]]]) -> tuple[str, str] | None:
    """The field and header of a column whose few values are operations, or going in and out; None for no such column.

    `columns`: the header and the distinct values of each column that has few of them and no field yet.
    """
    field, names = ("event", _DIRECTIONS) if kind == "whereabouts" else ("level", _OPERATIONS)
    for header, values in columns:
        meanings = [guess_meaning(field, value) for value in values if value]
        known = [one for one in meanings if one is not None]
        if (
            normal(header) in names
            and len(known) * 2 > len(meanings)
            and len({*known} - {LEAVE_OUT}) > (field == "event")
        ):
            return field, header
    return None
