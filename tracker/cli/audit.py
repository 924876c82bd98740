"""The audit log from the shell: is it sound, and if not, which entry is the first that is not?"""

import re
import sys
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import click

from tracker.audit.doors import housekeeping, witness, witness_mismatch
from tracker.audit.integrity import find_thing, mismatch_of
from tracker.audit.search.writing import rebuild as rebuild_index
from tracker.audit.verify import apart
from tracker.audit.verify.chain import Fault, Since, Verdict
from tracker.audit.verify.reading import Progress, silent
from tracker.audit.verify.scope import PARTS
from tracker.base import db
from tracker.base.damage import sentence_for_damage
from tracker.cli.base import register
from tracker.cli.check import first_damaged
from tracker.policy import SYSTEM


class _SinceType(click.ParamType[Since]):
    """`SEQ:HASH`, as `verify` prints it."""

    name = "SEQ:HASH"

    def convert(self, value: Any, param: Any, ctx: Any) -> Since:
        """The entry and its hash; the seventh of the rest is that of today."""
        found = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", str(value))
        if found is None:
            self.fail("Enter number and hash as 'tracker audit verify' prints them.", param, ctx)
        return Since(int(found[1]), found[2], datetime.now(UTC).toordinal() % PARTS)


@click.group()
def audit() -> None:
    """Check the audit log, and the search index that is made of the record."""


@audit.command()
@click.option("--since", type=_SinceType(), help="Check what came after this entry, and a seventh of the rest.")
def verify(since: Since | None) -> None:
    """Check every entry, record, seal, session and stored file. Names the first fault and exits with 1.

    A record that was changed outside the program, and that an auditor acknowledged, is named and is no fault.
    """
    with register():
        progress = _progress() if sys.stderr.isatty() else silent
        with sentence_for_damage():
            verdict = apart.verify(db.engine(), progress, since)
        print_acknowledged(verdict)
        if faults := [verdict.fault] if verdict.fault else first_damaged(since, progress):
            for fault in faults:
                click.echo(str(fault), err=True)
            witness_fault(verdict.fault)
            sys.exit(1)
        witness("audit_log.verified", SYSTEM, outcome="ok", entries=verdict.entries)
        click.echo(f"The audit log is sound: {verdict.entries:,} entries, and the last entry hash is {verdict.head}.")
        click.echo(f"Next time, this is enough for what is new: --since {verdict.entries}:{verdict.head}")


@audit.command()
def reindex() -> None:
    """Make the search index again from the record. Nobody can save meanwhile."""
    with register():
        with housekeeping() as record:
            texts = rebuild_index(record.connection())
        witness("search.rebuilt", SYSTEM, outcome="ok", texts=texts)
        click.echo(f"The search index holds {texts:,} texts.")


def _progress() -> Progress:
    """Say in the terminal how many rows of what were read so far."""
    read: Counter[str] = Counter()

    def tell(what: str, rows: int) -> None:
        read[what] += rows
        click.echo(f"\r\033[K{read[what]:,} {what.replace('_', ' ')} verified", nl=False, err=True)

    return tell


def print_acknowledged(verdict: Verdict) -> None:
    """Name the records that were changed outside the program, and the entries that acknowledged it."""
    for seq, record in verdict.acknowledged:
        click.echo(f"Acknowledged: {record} was changed outside the program. Entry {seq} acknowledges it.")


def witness_fault(fault: Fault | None) -> None:
    """Leave an entry for a record that is not as the audit log says: an auditor can acknowledge it from there."""
    thing = find_thing(db.session(), fault.record) if fault and fault.record else None
    if thing is not None and (mismatch := mismatch_of(db.session(), thing)) is not None:
        witness_mismatch(SYSTEM, mismatch)
