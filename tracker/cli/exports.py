"""A whole case as a zip from the shell; what leaves this way is numbered and recorded like any other export."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

import click

from tracker.audit.doors import Refused
from tracker.cli.base import acting, case_of
from tracker.exports.bundle import start_case_export
from tracker.models.register.accounts import Account
from tracker.web.lists import zip_tables


@click.command("export", short_help="Export a whole case as a zip file.")
@click.argument("case", metavar="CASE")
@click.argument("out", metavar="OUT.zip", type=click.Path(dir_okay=False, path_type=Path))
@acting
@click.option("--purpose", default="", help="What the export is needed for. Kept with the export.")
@click.option("--recipient", default="", help="Who receives the export. Kept with the export.")
@click.option("--names", is_flag=True, help="Include names and identifiers of people. Needs --purpose and --recipient.")
def export_case(case: str, out: Path, actor: Account, purpose: str, recipient: str, *, names: bool) -> None:
    """Export a case as a zip file, with a CSV file for each list and a manifest. Prints the number of the export."""
    subject = case_of(actor, case)
    with _new_file(out) as file:
        export, body = start_case_export(
            actor, subject, zip_tables(), names=names, purpose=purpose, recipient=recipient
        )
        with closing(body):
            file.writelines(body)
    click.echo(f"Export {export.number} of {case} is in {out}")


@contextmanager
def _new_file(out: Path) -> Iterator[IO[bytes]]:
    """A file for the eyes of its owner alone, which bears its name once it is whole; none is ever overwritten."""
    try:
        os.close(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # nobody else takes the name meanwhile
    except FileExistsError:
        raise Refused(f"{out} already exists. Name another file.") from None
    handle, part = tempfile.mkstemp(dir=out.parent, prefix=".export-")  # with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(out)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        out.unlink(missing_ok=True)
        raise
