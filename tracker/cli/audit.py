"""The audit log from the shell: is it sound, and if not, which entry is the first that is not?"""

import sys

import click

from tracker.audit.doors import witness, witness_mismatch
from tracker.audit.integrity import find_thing, mismatch_of
from tracker.audit.verify import chain
from tracker.audit.verify.chain import Fault, Verdict
from tracker.base import db
from tracker.base.damage import sentence_for_damage
from tracker.cli.base import register
from tracker.cli.check import first_damaged
from tracker.policy import SYSTEM


@click.group()
def audit() -> None:
    """Check the audit log."""


@audit.command()
def verify() -> None:
    """Check every entry, record, seal, session and stored file. Names the first fault and exits with 1.

    A record that was changed outside the program, and that an auditor acknowledged, is named and is no fault.
    """
    with register():
        with sentence_for_damage(), db.engine().connect() as connection:
            verdict = chain.verify(connection)
        print_acknowledged(verdict)
        if faults := [verdict.fault] if verdict.fault else first_damaged():
            for fault in faults:
                click.echo(str(fault), err=True)
            witness_fault(verdict.fault)
            sys.exit(1)
        witness("audit_log.verified", SYSTEM, outcome="ok", entries=verdict.entries)
        click.echo(f"The audit log is sound: {verdict.entries:,} entries, and the last entry hash is {verdict.head}.")


def print_acknowledged(verdict: Verdict) -> None:
    """Name the records that were changed outside the program, and the entries that acknowledged it."""
    for seq, record in verdict.acknowledged:
        click.echo(f"Acknowledged: {record} was changed outside the program. Entry {seq} acknowledges it.")


def witness_fault(fault: Fault | None) -> None:
    """Leave an entry for a record that is not as the audit log says: an auditor can acknowledge it from there."""
    thing = find_thing(db.session(), fault.record) if fault and fault.record else None
    if thing is not None and (mismatch := mismatch_of(db.session(), thing)) is not None:
        witness_mismatch(SYSTEM, mismatch)
