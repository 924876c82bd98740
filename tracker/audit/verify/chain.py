"""Verify everything: the audit log, then what was sealed, every row, every session; stops at the first fault."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa

from tracker.audit import guards
from tracker.audit.verify import derived, entries, imports, records, sealed, sessions
from tracker.audit.verify.entries import Chain
from tracker.audit.verify.facts import Facts, read_facts
from tracker.audit.verify.reading import Progress, silent


@dataclass(frozen=True)
class Fault:
    """What is wrong, and at which entry (None: with the table as a whole)."""

    seq: int | None
    sentence: str

    @property
    def record(self) -> str:
        """The record that the sentence begins with, if it is about one."""
        name, _, _ = self.sentence.partition(" ")
        return name if name.partition(":")[0] in records.MODELS else ""

    def __str__(self) -> str:
        return f"Entry {self.seq}: {self.sentence}" if self.seq is not None else self.sentence


@dataclass(frozen=True)
class Verdict:
    """How many entries there are, the hash of the last entry, and the first fault if there is any.

    `acknowledged` are the records that were changed outside the program, each with the entry by which an auditor
    acknowledged that.
    """

    entries: int
    head: str
    fault: Fault | None
    acknowledged: tuple[tuple[int, str], ...] = ()


def verify(connection: sa.Connection, progress: Progress = silent) -> Verdict:
    """Check the whole audit log and the record as of one time; stops at the first fault. Reads in batches."""
    _read_one_snapshot(connection)
    log = Chain()
    if found := entries.first_fault(connection, log, progress=progress):
        return Verdict(log.seq, log.entry_hash, Fault(*found))
    if gone := guards.missing(connection):
        sentence = f"The database no longer guards the audit log: {', '.join(gone)} is missing or altered."
        return Verdict(log.seq, log.entry_hash, Fault(None, sentence))
    facts = read_facts(connection)
    with closing(_record_faults(connection, facts, progress)) as faults:
        fault = next((Fault(seq, sentence) for seq, sentence in faults), None)
    return Verdict(log.seq, log.entry_hash, fault, tuple(facts.acknowledged.items()))


def _record_faults(
    connection: sa.Connection, facts: Facts, progress: Progress
) -> Generator[tuple[int | None, str], None, None]:
    """Faults of sealed texts, records, imported rows, derived columns and sessions, in this order."""
    yield from sealed.faults(connection, facts)
    yield from records.faults(connection, progress=progress)
    yield from imports.faults(connection, facts, progress=progress)
    yield from derived.faults(connection)
    yield from sessions.faults(connection, facts)


def _read_one_snapshot(connection: sa.Connection) -> None:
    """Read audit log and record as of one time, so that new entries are no fault. SQLite does so by itself."""
    connection.rollback()
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="REPEATABLE READ")
