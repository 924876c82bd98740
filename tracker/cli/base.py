"""What commands share: the instance folder, the register behind it, and the account a command acts for."""

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask

from tracker.audit.entries import Origin
from tracker.models.register.accounts import Account

HERE = "http://127.0.0.1:8000"  # where `tracker serve` answers unless told otherwise; a link's host is the operator's


def instance_folder() -> Path:
    """The data folder: TRACKER_INSTANCE, or Flask's own rule (beside the package, or below the prefix for a wheel)."""
    return Path(os.environ.get("TRACKER_INSTANCE") or Flask("tracker").instance_path).absolute()


@contextmanager
def register() -> Iterator[Flask]:
    """Open the register of the instance folder; what is done inside says in the audit log that it came by the shell.

    Raises BadSetting, Unusable or Damaged with a sentence for the operator.
    """
    from tracker import create_app
    from tracker.audit import schema
    from tracker.base import db
    from tracker.base.config import Settings

    app = create_app(Settings.load(os.environ, instance_folder()))
    schema.must_be_head(db.session().get_bind())  # type: ignore[arg-type]  # the session is bound to an engine
    with app.app_context():
        db.session().info["origin"] = shell()
        yield app


def shell() -> Origin:
    """`via` of every entry a command leaves: whoever has the shell can act as anyone, so the shell's account shows."""
    return Origin(via=f"cli:{getpass.getuser()}")


def as_account(email: str) -> Account:
    """The account a command acts for; raises Refused when it cannot act. Asked inside `register()`."""
    from tracker.audit.doors import Refused
    from tracker.base import db

    account = db.session().scalar(Account.by_email(email))
    if account is None or not account.is_active:
        raise Refused(f"No account {email} can sign in. Name another account with --as.")
    return account


def acting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command its `--as EMAIL`, which reaches it as `actor`."""
    return click.option("--as", "actor", metavar="EMAIL", required=True, help="The account that acts.")(command)
