"""The audit log from the shell: is it sound, and if not, which entry is the first that is not?"""

import sys

import click

from tracker.audit.doors import witness
from tracker.audit.verify import chain
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
    """Check every entry, every seal and every exhibit file. Names the first fault and exits with 1."""
    with register():
        with sentence_for_damage(), db.engine().connect() as connection:
            verdict = chain.verify(connection)
        if faults := [verdict.fault] if verdict.fault else first_damaged():
            for fault in faults:
                click.echo(str(fault), err=True)
            sys.exit(1)
        witness("audit_log.verified", SYSTEM, outcome="ok", entries=verdict.entries)
        click.echo(f"The audit log is sound: {verdict.entries:,} entries, and the last entry hash is {verdict.head}.")
