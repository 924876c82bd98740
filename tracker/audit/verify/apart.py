"""Verify a large register in two processes: one reads the audit log, the other meanwhile the record."""

import multiprocessing
from concurrent.futures import Future, ProcessPoolExecutor, wait
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from tracker.audit.verify import chain
from tracker.audit.verify.chain import Since, Verdict
from tracker.audit.verify.facts import read_facts
from tracker.audit.verify.reading import Progress, silent
from tracker.base import connections

LARGE = 100_000  # entries; a second process takes half a second to start
EVERY = 0.5  # seconds between two looks at how far the other process is
_read: Any = None  # in the other process: the number of entries it has read, which this one can see


def verify(engine: sa.Engine, progress: Progress = silent, since: Since | None = None) -> Verdict:
    """What `chain.verify` finds. No entry ever changes: the other process needs no snapshot but the last number."""
    with engine.connect() as connection:
        chain.read_one_snapshot(connection)
        head = connection.scalar(sa.text("SELECT max(seq) FROM audit")) or 0
        if head < LARGE:
            return chain.verify(connection, progress, since)
        facts, spawn = read_facts(connection), multiprocessing.get_context("spawn")
        read = spawn.Value("Q", 0)
        with ProcessPoolExecutor(1, mp_context=spawn, initializer=_share, initargs=(read,)) as pool:
            url = engine.url.render_as_string(hide_password=False)
            log = pool.submit(_verify_entries, url, facts.erased, since, head)
            fault = chain.first_record_fault(connection, facts, progress, since)
            verdict = _wait(log, read, progress)
    return replace(verdict, fault=verdict.fault or fault, acknowledged=tuple(facts.acknowledged.items()))


def _wait(log: "Future[Verdict]", read: Any, progress: Progress) -> Verdict:
    """What the other process found, once it has; meanwhile its progress is told."""
    told = 0
    while True:
        is_done = bool(wait([log], EVERY).done)
        far = read.value
        progress("entries", far - told)
        if is_done:
            return log.result()
        told = far


def _share(read: Any) -> None:
    global _read  # noqa: PLW0603  # the one thing that both processes see
    _read = read


def _verify_entries(url: str, erased: set[int], since: Since | None, head: int) -> Verdict:
    engine = connections.open_engine(url)
    try:
        with engine.connect() as connection:
            chain.read_one_snapshot(connection)
            return chain.verify_entries(connection, erased, _count, since, head)
    finally:
        engine.dispose()


def _count(_what: str, rows: int) -> None:
    _read.value += rows
