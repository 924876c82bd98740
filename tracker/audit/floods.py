"""Floods: the first failure of a kind is an entry at once, and what repeats it within the minute becomes one entry.

Counted is what says the same of the same account or address: wrong passwords, addresses that do not exist, forged
forms, requests beyond the budget. A refusal on a record that exists (403, 409) is an entry each time. Counts live in
the memory of each process: a kill loses at most those of one minute.
"""

import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.analysis.moments import sql_text
from tracker.audit.doors import now, witness

MINUTE = 60.0
MOST_KINDS = 10_000
Kind = tuple[str, str, str, tuple[tuple[str, Any], ...]]


@dataclass
class _Repeats:
    began: float
    count: int = 0
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether its minute has ended."""
        return time.monotonic() - self.began >= MINUTE


_repeats: dict[Kind, _Repeats] = {}
_lock = threading.Lock()


def witness_repeated(action: str, actor: Any, *, outcome: str, same: dict[str, Any], **facts: Any) -> None:
    """Record what was tried and not done, or count it if it repeats what was recorded within the minute.

    Of one kind is what has the same action, actor and facts `same`; other facts are those of the first alone.
    """
    kind = (action, getattr(actor, "uid", "anonymous"), outcome, tuple(sorted(same.items())))
    known = _repeats.get(kind)
    if len(_repeats) >= MOST_KINDS or (known is not None and known.is_over):
        write_counts(also_running=len(_repeats) >= MOST_KINDS)
    if _is_counted(kind):
        return
    try:
        witness(action, actor, outcome=outcome, **same, **facts)
    except BaseException:
        with _lock:
            _repeats.pop(kind, None)  # it is not in the audit log: the next one is the first
        raise


def _is_counted(kind: Kind) -> bool:
    with _lock:
        known = _repeats.get(kind)
        if known is None:
            _repeats[kind] = _Repeats(time.monotonic())
            return False
        known.count, known.until = known.count + 1, now()
        known.since = known.since or known.until
        return True


def write_counts(*, also_running: bool = False) -> None:
    """Write what was counted in minutes that have ended; when the program ends also in those that have not.

    What cannot be written is kept, and the fault is raised.
    """
    with _lock:
        over = [(kind, one) for kind, one in _repeats.items() if also_running or one.is_over]
        for kind, _ in over:
            del _repeats[kind]
    while over:
        try:
            _write(*over[-1])
        except BaseException:
            with _lock:
                for kind, counted in over:
                    _repeats.setdefault(kind, counted)
            raise
        over.pop()


def _write(kind: Kind, counted: _Repeats) -> None:
    if counted.since is None or counted.until is None:
        return  # nothing came after the first
    action, uid, outcome, same = kind
    facts: dict[str, Any] = {"count": counted.count, **dict(same)}
    facts |= {"since": sql_text(counted.since), "until": sql_text(counted.until)}
    witness(action, uid, outcome=outcome, **facts)


def forget() -> None:
    """Begin anew, without writing anything: another register is opened."""
    with _lock:
        _repeats.clear()
