"""Sessions against the entries by which somebody signed in: each is bound to one, which no other account can claim."""

from collections.abc import Iterator

import sqlalchemy as sa

from tracker.audit.verify.facts import Facts
from tracker.audit.verify.reading import stream
from tracker.models.register.sessions import binding

SESSIONS = (
    "SELECT s.id, s.token_hash, a.uid, s.started_at, s.ended_at FROM login_session s "
    "LEFT JOIN account a ON a.id = s.account_id ORDER BY s.id"
)


def faults(connection: sa.Connection, facts: Facts) -> Iterator[tuple[int | None, str]]:
    """Entry and sentence for every session that nobody began by signing in to its account, or that was ended before."""
    for key, token_hash, uid, started, ended in stream(connection, SESSIONS):
        session = binding(token_hash, uid, started)
        if session not in facts.sessions:
            yield None, f"login_session:{key} is not as its account signed in: no entry of a sign-in names it."
        elif ended is None and session in facts.ended:
            yield facts.ended[session], f"login_session:{key} was ended by this entry, and is open again."
