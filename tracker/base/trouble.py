"""When the machine misbehaves: what is wrong, in a sentence for whoever waits, and whether it is over.

The last fault of a write is remembered until something was written again. After somebody has waited long for the turn
to write, nobody else does.
"""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

TELL = "Nothing was saved. Tell the operator, and try again later."
PATIENCE, SHORT_PATIENCE = 8.0, 0.2  # seconds to wait for the turn to write; the second while others waited in vain
ALMOST_FULL = 1 << 20  # bytes; the files beside the database need some


@dataclass(frozen=True)
class Trouble:
    """A cause, and the status that a request is answered with because of it."""

    status: int
    sentence: str


FULL = Trouble(507, f"The disk of the server is full. {TELL}")
HELD = Trouble(503, f"Another program holds the database. {TELL}")
AWAY = Trouble(503, f"The database cannot be reached. {TELL}")
READ_ONLY = Trouble(503, f"The database of the server cannot be written. {TELL}")
BROKEN = Trouble(503, f"The disk of the server has a fault. {TELL}")
DAMAGED = Trouble(503, "The database is damaged. Nothing was saved. Tell the operator to restore a backup.")
FAULTS = (sa.exc.DBAPIError, sa.exc.TimeoutError, OSError)  # what may be a trouble
SQLITE = {5: HELD, 6: HELD, 8: READ_ONLY, 10: BROKEN, 11: DAMAGED, 13: FULL, 14: AWAY, 26: DAMAGED}  # its own codes
SQLSTATES = {"53100": FULL, "55P03": HELD, "25006": READ_ONLY, "58030": BROKEN, "XX001": DAMAGED, "XX002": DAMAGED}
CLASSES = {"08": AWAY, "53": AWAY, "57": AWAY}  # connection, resources, shutting down
ERRNOS = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EIO: BROKEN}


class Held(OSError):
    """The turn to write did not come in time."""


class _State:
    folder: Path | None = None  # where a SQLite database lies
    last: Trouble | None = None
    in_vain: bool = False  # somebody has waited long for the turn to write


def watch(folder: Path | None) -> None:
    """Another database is opened: its folder, or None for one that a server keeps."""
    _State.folder = folder
    clear()


def current() -> Trouble | None:
    """Why nothing could be written the last time; None if it could."""
    return _State.last


def patience() -> float:
    """How long a writer waits for its turn: not long for what others have waited for in vain."""
    return SHORT_PATIENCE if _State.in_vain else PATIENCE


def note(fault: BaseException, waited: float) -> None:
    """Nothing could be written, if this fault is one of the machine.

    A turn that did not come within a few of the seconds that a writer has may only mean that many write.
    """
    found = trouble_of(fault)
    _State.last = found or _State.last
    _State.in_vain = _State.in_vain or (found is HELD and waited >= PATIENCE)


def clear() -> None:
    """Something was written: whatever it was is over."""
    _State.last, _State.in_vain = None, False


def trouble_of(fault: BaseException) -> Trouble | None:
    """What a fault says of the machine; None for one that is ours."""
    if isinstance(fault, Held | sa.exc.TimeoutError):
        return HELD
    if isinstance(fault, OSError):
        return ERRNOS.get(fault.errno or 0)
    if not isinstance(fault, sa.exc.DBAPIError):
        return None
    code = getattr(fault.orig, "sqlite_errorcode", None)
    if code is not None:
        found = SQLITE.get(code & 0xFF)  # the rest of the code says where it happened
        return FULL if found is BROKEN and _is_full() else found
    state = getattr(fault.orig, "sqlstate", None)
    if state is None:  # no server has said it
        return AWAY if isinstance(fault, sa.exc.OperationalError) else None
    return SQLSTATES.get(state) or CLASSES.get(state[:2])


def _is_full() -> bool:
    return _State.folder is not None and free_bytes(_State.folder) < ALMOST_FULL


def free_bytes(folder: Path) -> int:
    """What the program may still write where this folder lies."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize
