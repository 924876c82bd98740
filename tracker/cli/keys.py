"""The key of the file store from the shell: rotate it."""

import sys

import click

from tracker.audit.keys import rotate_key
from tracker.base import db
from tracker.base.keys import fingerprint, read_key
from tracker.cli.base import register
from tracker.web.guard import settings


@click.group()
def key() -> None:
    """Rotate the key of the stored files."""


@key.command()
def rotate() -> None:
    """Encrypt every stored file under a new key. Stop 'tracker serve' first. Run it again if it was interrupted."""
    with register(alone=True):
        place, files, damaged = settings().storage_key_file, 0, 0
        with db.engine().connect() as connection:
            for sha256 in rotate_key(connection, settings()):
                files += 1
                if sha256 is not None:
                    damaged += 1
                    click.echo(f"{sha256} was damaged before, and stays as it is.", err=True)
        click.echo(f"{files - damaged:,} files are under the new key in {place}.")
        click.echo(f"Its fingerprint is {fingerprint(read_key(place))}. The former key is kept beside it.")
        click.echo("Copy the new key to where keys are kept. Delete the former key with the last backup that needs it.")
        sys.exit(bool(damaged))
