"""What commands share: the instance folder, the register behind it, and the account a command acts for."""

import getpass
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import IO, Any

import click
from flask import Flask

from tracker import open_register
from tracker.audit import schema
from tracker.audit.doors import Refused
from tracker.audit.entries import Origin
from tracker.audit.keys import must_be_right
from tracker.base import db
from tracker.base.config import Settings
from tracker.base.damage import sentence_for_damage
from tracker.base.in_use import served_at, using
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.web.guard import settings


def instance_folder() -> Path:
    """The data folder: TRACKER_INSTANCE, or Flask's own rule (beside the package, or below the prefix for a wheel)."""
    return Path(os.environ.get("TRACKER_INSTANCE") or Flask("tracker").instance_path).absolute()


@contextmanager
def register(*, alone: bool = False) -> Iterator[Flask]:
    """Open the register of the instance folder; what is done inside says in the audit log that it came by the shell.

    `alone` keeps every other program out, and is for what changes the key itself. Raises BadSetting, Unusable or
    Damaged with a sentence for the operator.
    """
    settings = Settings.load(os.environ, instance_folder())
    with using(settings.instance, alone=alone):
        app = open_register(settings)
        with sentence_for_damage(), db.engine().connect() as connection:
            schema.must_be_head(db.engine())
            if not alone:
                must_be_right(connection, settings)
        with app.app_context():
            db.session().info["origin"] = shell()
            yield app


def shell() -> Origin:
    """`via` of every entry a command leaves: whoever has the shell can act as anyone, so the shell's account shows."""
    return Origin(via=f"cli:{getpass.getuser()}")


@contextmanager
def new_file(out: Path) -> Iterator[IO[bytes]]:
    """A file for the eyes of its owner alone, which bears its name once it is whole; none is ever overwritten."""
    try:
        os.close(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # nobody else takes the name meanwhile
    except FileExistsError:
        raise Refused(f"{out} already exists. Name another file.") from None
    handle, part = tempfile.mkstemp(dir=out.parent, prefix=".part-")  # with mode 0600
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


@contextmanager
def progress_bar(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Progress for a person at a terminal, told how much is done; nothing for a program."""
    if not _is_terminal():
        yield lambda _: None
        return
    with click.progressbar(length=max(length, 1), label=label, file=sys.stderr) as bar:
        yield lambda done: bar.update(done - bar.pos)


def _is_terminal() -> bool:
    return sys.stderr.isatty()


def with_actor(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command its `--as EMAIL`: it runs with the register open, and that account reaches it as `actor`.

    Raises Refused when the account cannot act.
    """

    @wraps(command)
    def run(actor: str, **options: Any) -> Any:
        with register():
            account = db.session().scalar(Account.by_email(actor))
            if account is None or not account.is_active:
                raise Refused(f"No account {actor} can sign in. Name another account with --as.")
            return command(actor=account, **options)

    return click.option("--as", "actor", metavar="EMAIL", required=True, help="The account that acts.")(run)


def case_of(actor: Account, reference: str) -> Case:
    """The case with this reference, among those the account can see; raises Refused."""
    case = db.session().scalar(Case.locate(actor, case=reference))
    if case is None:
        raise Refused(f"{actor.email} has no role in a case {reference}.")
    return case


def print_link(token: str) -> None:
    """Print where a one-time link leads: at the address that was served last, or at none while nothing was."""
    served = served_at(settings().instance)
    here = served.read_text() if served.exists() else ""
    click.echo(f"  {here}/invitations/{token}{'' if here else '   (at the address that is served)'}")
