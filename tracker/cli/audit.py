"""The audit log from the shell: is it sound, and if not, which entry is the first that is not?"""

import sys

import click

from tracker.cli.base import register


@click.group()
def audit() -> None:
    """Check the audit log."""


@audit.command()
def verify() -> None:
    """Check every entry, every seal and every exhibit file. Names the first fault and exits with 1."""
    from tracker.audit.doors import witness
    from tracker.audit.verify.chain import verify as check
    from tracker.base import db
    from tracker.cli.check import first_damaged
    from tracker.policy import SYSTEM

    with register():
        with db.session().get_bind().connect() as connection:  # type: ignore[union-attr]  # bound to an engine
            verdict = check(connection)
        if faults := [verdict.fault] if verdict.fault else first_damaged():
            for fault in faults:
                click.echo(str(fault), err=True)
            sys.exit(1)
        witness("audit_log.verified", SYSTEM, outcome="ok", entries=verdict.entries)
        click.echo(f"The audit log is sound: {verdict.entries:,} entries, and the last entry hash is {verdict.head}.")
