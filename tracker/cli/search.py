"""The search index from the shell: made again from the record."""

import click

from tracker.audit.doors import housekeeping, witness
from tracker.audit.search.writing import rebuild as rebuild_index
from tracker.cli.base import register
from tracker.policy import SYSTEM


@click.group()
def search() -> None:
    """Rebuild the search index."""


@search.command()
def rebuild() -> None:
    """Make the search index again from the record. Nobody can save meanwhile."""
    with register():
        with housekeeping() as record:
            texts = rebuild_index(record.connection())
        witness("search.rebuilt", SYSTEM, outcome="ok", texts=texts)
        click.echo(f"The search index holds {texts:,} texts.")
