"""A whole case as a zip from the shell; what leaves this way is numbered and recorded like any other export."""

from contextlib import closing
from pathlib import Path

import click

from tracker.cli.base import case_of, new_file, with_actor
from tracker.exports.bundle import start_case_export
from tracker.models.register.accounts import Account
from tracker.web.lists import zip_tables


@click.command("export", short_help="Export a whole case as a zip file.")
@click.argument("case", metavar="CASE")
@click.argument("out", metavar="OUT.zip", type=click.Path(dir_okay=False, path_type=Path))
@with_actor
@click.option("--purpose", default="", help="What the export is needed for. Kept with the export.")
@click.option("--recipient", default="", help="Who receives the export. Kept with the export.")
@click.option("--names", is_flag=True, help="Include names and identifiers of people. Needs --purpose and --recipient.")
def export_case(case: str, out: Path, actor: Account, purpose: str, recipient: str, *, names: bool) -> None:
    """Export a case as a zip file, with a CSV file for each list and a manifest. Prints the number of the export."""
    subject = case_of(actor, case)
    with new_file(out) as file:
        export, body = start_case_export(
            actor, subject, zip_tables(), names=names, purpose=purpose, recipient=recipient
        )
        with closing(body):
            file.writelines(body)
    click.echo(f"Export {export.number} of {case} is in {out}")
