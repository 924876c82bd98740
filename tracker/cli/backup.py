"""`tracker backup` and `tracker restore`: the whole register in one encrypted file, and back into an empty place."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tracker.audit.doors import Refused
from tracker.backup import secrets
from tracker.backup.making import make_backup
from tracker.backup.restoring import About, verify_backup
from tracker.base.keys import read_key
from tracker.cli.base import new_file, register
from tracker.web.guard import settings
from tracker.web.uploads import store

FILE = click.Path(dir_okay=False, path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)
TOO_SHORT = f"Use a passphrase of at least {secrets.SHORTEST} characters. A few words in a row are easy to remember."
SAME_KEY = "Choose another key than that of the file store. Whoever had it would have both the backup and its files."


def with_encryption(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what the backup is encrypted with."""
    for option, text in (
        ("--key-file", "A file with the key: 64 hexadecimal digits, readable by its owner only."),
        ("--passphrase-file", "A file with the passphrase. Without these options the terminal asks for it."),
    ):
        command = click.option(option, type=THERE, help=text)(command)
    return command


def read_secret(key_file: Path | None, passphrase_file: Path | None, *, new: bool = False) -> secrets.Secret:
    """The key in a file, or the passphrase in a file or from the terminal; raises Refused or Damaged."""
    if key_file and passphrase_file:
        raise click.UsageError("Name a key file or a passphrase file, not both.")
    if key_file:
        return secrets.from_key(read_key(key_file))
    if passphrase_file:
        passphrase = _read_passphrase(passphrase_file)
    elif sys.stdin.isatty():
        passphrase = click.prompt("Passphrase of the backup", hide_input=True, confirmation_prompt=new, err=True)
    else:
        raise click.UsageError("Name --passphrase-file or --key-file. There is no terminal to ask for a passphrase.")
    if new and len(passphrase) < secrets.SHORTEST:
        raise Refused(TOO_SHORT)
    return secrets.from_passphrase(passphrase)


@click.command(short_help="Back up the register, encrypted, while it is served.")
@click.argument("file", type=FILE)
@with_encryption
@click.option("--verify", is_flag=True, help="Read an existing backup and compare it with its manifest instead.")
def backup(file: Path, key_file: Path | None, passphrase_file: Path | None, *, verify: bool) -> None:
    """Back up database, stored files and settings into FILE, encrypted. The key of the file store is not in it."""
    if verify:
        _verify(file, read_secret(key_file, passphrase_file))
        return
    secret = read_secret(key_file, passphrase_file, new=True)
    with register():
        if secret.value == store().key:
            raise Refused(SAME_KEY)
        with new_file(file) as out:
            made = make_backup(settings(), store(), out, secret)
    click.echo(f"The backup is in {file}: {made.files:,} files, {made.size:,} bytes.")
    click.echo(f"SHA-256 of the backup: {made.sha256}")
    click.echo(f"The audit log in it ends with {made.head}. Keep this for 'tracker restore --expect'.")
    print_missing(made.missing)
    sys.exit(bool(made.missing))


def _read_passphrase(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise Refused(f"{path} does not hold a passphrase: it is no text. Name a text file, or --key-file.") from None


def print_missing(names: list[str]) -> None:
    """Name the files that the record names and that were not there."""
    for name in names:
        click.echo(f"The file {name} is missing in the store. 'tracker audit verify' says where it belongs.", err=True)


def print_about(about: About) -> None:
    """What a backup is a backup of."""
    click.echo(f"Backup of {about.made}: {about.files:,} files and a {about.database} database.")
    click.echo(f"Its audit log ends with {about.head}. Its file store needs the key {about.key}.")


def _verify(file: Path, secret: secrets.Secret) -> None:
    about, sums = verify_backup(file, secret)
    print_about(about)
    size = sum(size for _, size in sums.values())
    click.echo(f"The backup is whole: {len(sums):,} parts, {size:,} bytes, each as its manifest lists it.")
    print_missing(about.missing)
