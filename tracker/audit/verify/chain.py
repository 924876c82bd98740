"""Verify everything: the audit log, then what was sealed, every row, every session; stops at the first fault."""

from collections.abc import Generator, Set
from contextlib import closing
from dataclasses import dataclass, replace

import sqlalchemy as sa

from tracker.audit import guards
from tracker.audit.search import faults as search_faults
from tracker.audit.verify import derived, entries, imports, records, sealed, sessions
from tracker.audit.verify.entries import Chain
from tracker.audit.verify.facts import Facts, read_facts
from tracker.audit.verify.reading import Progress, one_moment, silent
from tracker.audit.verify.scope import EVERYTHING, PARTS, Scope
from tracker.models.register.audit_log import GENESIS


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


@dataclass(frozen=True)
class Since:
    """The number and the hash of the last entry when all was sound; `day` says which seventh of the rest is due."""

    seq: int
    entry_hash: str
    day: int = 0

    @property
    def part(self) -> tuple[int, int]:
        """The seventh of the older entries that is verified again: after this one, until that one."""
        return self.seq * self.day // PARTS, self.seq * (self.day + 1) // PARTS

    @property
    def scope(self) -> Scope:
        """The records that are verified again."""
        return Scope(self.seq, self.day)


def verify(connection: sa.Connection, progress: Progress = silent, since: Since | None = None) -> Verdict:
    """Check the whole audit log and the record as of one time; stops at the first fault. Reads in batches.

    With `since` it checks the entries after that one, the records they name, and a seventh of the rest.
    """
    read_one_snapshot(connection)
    facts = read_facts(connection)
    verdict = verify_entries(connection, facts.erased, progress, since)
    if verdict.fault is None:
        fault = first_record_fault(connection, facts, progress, since)
        verdict = replace(verdict, fault=fault, acknowledged=tuple(facts.acknowledged.items()))
    return verdict


def verify_entries(
    connection: sa.Connection, erased: Set[int], progress: Progress, since: Since | None, until: int = entries.LAST
) -> Verdict:
    """Check the audit log itself, and that the database guards it. `erased`: entries whose values were erased."""
    log, found = Chain(), None
    if since is not None:
        try:
            log = entries.chain_until(connection, since.seq)
        except LookupError:
            return Verdict(0, GENESIS, Fault(since.seq, "it is missing: the audit log was cut, or is another."))
        if log.entry_hash != since.entry_hash:
            return Verdict(log.seq, log.entry_hash, Fault(since.seq, "its hash is not the one that was kept."))
        after, last = since.part
        part = entries.chain_until(connection, after)
        found = entries.first_fault(connection, part, until=last, erased=erased, progress=progress)
    found = found or entries.first_fault(connection, log, until=until, erased=erased, progress=progress)
    fault = Fault(*found) if found else None
    if fault is None and (altered := guards.altered(connection)):
        fault = Fault(None, f"The database no longer guards the record: {', '.join(altered)}.")
    return Verdict(log.seq, log.entry_hash, fault)


def first_record_fault(
    connection: sa.Connection, facts: Facts, progress: Progress, since: Since | None
) -> Fault | None:
    """The first fault of sealed texts, records, imported rows, derived columns and sessions, in this order."""
    with closing(_record_faults(connection, facts, progress, since.scope if since else EVERYTHING)) as faults:
        return next((Fault(seq, sentence) for seq, sentence in faults), None)


def _record_faults(
    connection: sa.Connection, facts: Facts, progress: Progress, scope: Scope
) -> Generator[tuple[int | None, str], None, None]:
    yield from sealed.faults(connection, facts, scope)
    yield from records.faults(connection, scope, progress)
    yield from imports.faults(connection, facts, scope, progress)
    yield from derived.faults(connection, set(facts.acknowledged.values()))
    yield from search_faults.faults(connection, scope)
    yield from sessions.faults(connection, facts)


def read_one_snapshot(connection: sa.Connection) -> None:
    """Read audit log and record as of one time, so that new entries are no fault."""
    connection.rollback()
    connection.execution_options(**one_moment(connection.dialect))
