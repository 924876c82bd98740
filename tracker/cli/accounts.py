"""Accounts from the shell: invite, disable, enable, reset, list. Each is the action the pages call."""

import click
import sqlalchemy as sa

from tracker.actions.register import accounts
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.cli.base import print_link, register, with_actor
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind
from tracker.web.guard import settings


@click.group()
def account() -> None:
    """Add, disable, enable, reset and list accounts."""


@account.command()
@click.argument("email")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), required=True)
@click.option("--name", help="Name on screen. The default is the first part of the address.")
@with_actor
def invite(email: str, kind: str, name: str | None, actor: Account) -> None:
    """Add an account for EMAIL. Prints the one-time link that sets its password."""
    name, hours = name or email.partition("@")[0], settings().invitation_hours
    _print_link(*accounts.invite_account(actor, None, email=email, name=name, kind=Kind(kind), hours=hours))


@account.command()
@click.argument("email")
@with_actor
def reset(email: str, actor: Account) -> None:
    """Reset EMAIL: end its sessions and make its roles inactive. Prints a one-time link for a new password."""
    account = _account(email)
    _print_link(account, accounts.reset_account(actor, account, hours=settings().invitation_hours))


@account.command()
@click.argument("email")
@with_actor
def disable(email: str, actor: Account) -> None:
    """Disable EMAIL at once."""
    accounts.disable_account(actor, _account(email))
    click.echo(f"{email} is disabled, and its sessions have ended.")


@account.command()
@click.argument("email")
@with_actor
def enable(email: str, actor: Account) -> None:
    """Let EMAIL sign in again. Its roles stay inactive until the lead of each case reactivates them."""
    accounts.enable_account(actor, _account(email))
    click.echo(f"{email} can sign in again.")


@account.command(name="list")
def list_accounts() -> None:
    """Print every account: address, kind, state, name."""
    with register():
        for account in db.session().scalars(sa.select(Account).order_by(Account.email_folded)):
            click.echo(f"{account.email}\t{account.kind.value}\t{account.state}\t{account.name}")


def _account(email: str) -> Account:
    found = db.session().scalar(Account.by_email(email))
    if found is None:
        raise Refused(f"There is no account {email}. 'tracker account list' prints all accounts.")
    return found


def _print_link(account: Account, token: str) -> None:
    hours = settings().invitation_hours
    click.echo(f"Open this link once, within {hours} hours, to set the password of {account.email}:")
    print_link(token)
