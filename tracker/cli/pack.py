"""A case as documents to hand over, from the shell: numbered and recorded like any other export."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import click

from tracker.audit.doors import Refused
from tracker.cli.base import case_of, new_file, progress_bar, with_actor
from tracker.exports.pack.packing import Progress, start_pack
from tracker.exports.pack.printing import fonts_in
from tracker.exports.pack.repeating import DIFFERS, pack_to_repeat, write_again
from tracker.exports.pack.wishes import Wish
from tracker.models.access.people import read_number
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.models.register.words import Profile
from tracker.web.guard import settings


@click.command("pack", short_help="Write a case as documents to hand over.")
@click.argument("case", metavar="CASE")
@click.argument("out", metavar="OUT.zip", type=click.Path(dir_okay=False, path_type=Path))
@with_actor
@click.option(
    "--profile",
    type=click.Choice([one.value for one in Profile]),
    default="full",
    show_default=True,
    help="Whom the pack is for.",
)
@click.option("--person", default="", metavar="P-NNN", help="The person concerned, for the profile of that name.")
@click.option("--separate", is_flag=True, help="Start each record on a new page.")
@click.option("--purpose", default="", help="What the pack is needed for. Kept with the export.")
@click.option("--recipient", default="", help="Who receives the pack. Kept with the export.")
@click.option("--names", is_flag=True, help="Include names of people. Needs --purpose and --recipient.")
@click.option("--repeat", type=int, metavar="NUMBER", help="Make the pack of this export again, and compare the bytes.")
def pack(
    case: str, out: Path, actor: Account, profile: str, person: str, purpose: str, recipient: str, repeat: int | None,
    *, separate: bool, names: bool,
) -> None:  # fmt: skip
    """Write a case as PDF documents in a zip file, with a manifest of hashes. Prints the number of the export."""
    subject = case_of(actor, case)
    if repeat is not None:
        _repeat(actor, subject, repeat, out)
        return
    if person and read_number(person) is None:
        raise Refused(f'"{person}" is no pseudonym. Write P-014.')
    wish = Wish(Profile(profile), read_number(person), separate)
    with new_file(out) as file, _progress() as progress:
        about: dict[str, Any] = {"names": names, "purpose": purpose, "recipient": recipient}
        export, body = start_pack(actor, subject, wish, **about, fonts=fonts_in(settings().instance), progress=progress)
        with closing(body):
            file.writelines(body)
    click.echo(f"Export {export.number} of {case} is in {out}")


def _repeat(actor: Account, case: Case, number: int, out: Path) -> None:
    """Write the same pack once more; what differs is kept for a look, and the command ends with 1."""
    with new_file(out) as file, _progress() as progress:
        export = pack_to_repeat(actor, case, number)
        sha256 = write_again(export, file, fonts_in(settings().instance), progress)
    if sha256 != export.sha256:
        raise Refused(DIFFERS.format(number, sha256, export.sha256))
    click.echo(f"{out} holds the same bytes as export {number} of {case.reference}: SHA-256 {sha256}")


@contextmanager
def _progress() -> Iterator[Progress]:
    """Progress in percent, for a person at a terminal."""
    with progress_bar("Documents", 100) as show:
        yield _in_percent(show)


def _in_percent(show: Callable[[int], None]) -> Progress:
    return lambda done, of: show(100 * done // max(of, 1))
