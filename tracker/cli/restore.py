"""`tracker restore`: a backup into an empty place, verified, with a report."""

import os
import re
import secrets as random
import sys
from pathlib import Path

import click

from tracker import open_register
from tracker.actions.register.restoring import resume_register
from tracker.audit.verify import chain
from tracker.audit.verify.files import is_sound, named_files
from tracker.backup.making import Head
from tracker.backup.restoring import About, compare_heads, must_be_restorable, unpack_backup
from tracker.base import db
from tracker.base.config import Settings
from tracker.base.files import open_privately
from tracker.base.in_use import restore_mark
from tracker.base.keys import read_key
from tracker.cli.audit import print_acknowledged
from tracker.cli.backup import FILE, THERE, print_about, print_missing, read_secret, with_encryption
from tracker.cli.base import instance_folder, progress_bar, shell
from tracker.cli.founding import prepare
from tracker.policy import SYSTEM
from tracker.web.guard import settings
from tracker.web.uploads import store

OF_THE_PLACE = {"TRACKER_INSTANCE", "TRACKER_SECRET_KEY", "TRACKER_KEY_FILE"}


@click.command(short_help="Restore a backup into an empty place.")
@click.argument("file", type=THERE)
@with_encryption
@click.option("--store-key", type=FILE, help="The key of the file store, if it is not yet where it belongs.")
@click.option("--expect", metavar="SEQ:HASH", help="An entry that the audit log must hold; warns of an older backup.")
def restore(
    file: Path, key_file: Path | None, passphrase_file: Path | None, store_key: Path | None, expect: str | None
) -> None:
    """Restore FILE into the empty folder TRACKER_INSTANCE and the empty database TRACKER_DATABASE_URL."""
    expected, secret = _parse_head(expect), read_secret(key_file, passphrase_file)
    place = Settings.load({"TRACKER_SECRET_KEY": random.token_urlsafe(48), **os.environ}, instance_folder())
    must_be_restorable(place)
    keys: list[Path] = []

    def find_key(about: About) -> Path:
        print_about(about)
        keys.append(_place_of_key(place, store_key))
        return keys[0]

    with progress_bar("Restoring", file.stat().st_size) as progress:
        about = unpack_backup(file, secret, place, find_key, progress)
    if not place.storage_key_file.exists():
        with open(place.storage_key_file, "x", encoding="ascii", opener=open_privately) as out:
            out.write(read_key(keys[0]).hex() + "\n")
    with open_register(prepare(place.instance, unfinished=True)).app_context():
        sys.exit(not _resume(about, expected))


def _resume(about: About, expected: Head | None) -> bool:
    """Verify what was restored, end what was open, and report; whether all is well."""
    db.session().info["origin"] = shell()
    with db.engine().connect() as connection:
        verdict = chain.verify(connection)
        warning = compare_heads(connection, expected, about.head) if expected else None
        lost = compare_heads(connection, about.head, about.head)
    damaged = sorted(name for name in named_files() if not is_sound(store(), name))
    facts = {"expected": str(expected)} if expected else {}
    sessions, invitations = resume_register(SYSTEM, None, head=str(about.head), made=about.made, **facts)
    print_acknowledged(verdict)
    click.echo(f"Restored: {verdict.entries:,} entries of the audit log and {about.files:,} files.")
    restore_mark(settings().instance).unlink()
    click.echo(f"{sessions:,} sessions and {invitations:,} open invitations were ended. Passwords are as they were.")
    _print_settings(about)
    print_missing(about.missing)
    for name in sorted(set(damaged) - set(about.missing)):
        click.echo(f"The file {name} is not what was stored.", err=True)
    faults = [str(fault) for fault in (verdict.fault, lost, warning) if fault]
    for fault in faults:
        click.echo(fault, err=True)
    if not faults and not damaged:
        click.echo("The restored register is sound. Start it with 'tracker serve'.")
    return not faults and not damaged


def _print_settings(about: About) -> None:
    """The settings of the register that was backed up, where they differ from those it has now."""
    now = dict(settings().printable())
    for name, value in about.settings.items():
        if name not in OF_THE_PLACE and not name.startswith("TRACKER_DATABASE") and now.get(name) != value:
            click.echo(f"{name} was {value}, and is {now.get(name, 'not known')}.")


def _place_of_key(settings: Settings, store_key: Path | None) -> Path:
    """Where the key of the store is: where it belongs, for no other will be used; else where the operator says."""
    if settings.storage_key_file.exists():
        return settings.storage_key_file
    if store_key or not sys.stdin.isatty():
        return store_key or settings.storage_key_file
    return Path(click.prompt("File with the key of the file store", type=THERE, err=True))


def _parse_head(text: str | None) -> Head | None:
    if text is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,17}:[0-9a-f]{64}", text):
        raise click.UsageError("--expect takes SEQ:HASH, as 'tracker backup' prints it.")
    seq, entry_hash = text.split(":")
    return Head(int(seq), entry_hash)
