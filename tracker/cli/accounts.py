"""Accounts from the shell: invite, disable, enable, reset, list. Each is the action the pages call."""

import click

from tracker.cli.base import HERE, acting, as_account, register
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind


@click.group()
def account() -> None:
    """Add, disable, enable, reset and list accounts."""


@account.command()
@click.argument("email")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), required=True)
@click.option("--name", help="Name on screen. The default is the first part of the address.")
@acting
def invite(email: str, kind: str, name: str | None, actor: str) -> None:
    """Add an account for EMAIL. Prints the one-time link that sets its password."""
    from tracker.actions.register.accounts import invite_account
    from tracker.web.guard import settings

    with register():
        called = name or email.partition("@")[0]
        hours = settings().invitation_hours
        made, token = invite_account(as_account(actor), None, email=email, name=called, kind=Kind(kind), hours=hours)
        _print_link(made, token, hours)


@account.command()
@click.argument("email")
@acting
def reset(email: str, actor: str) -> None:
    """Reset EMAIL: end its sessions and make its roles inactive. Prints a one-time link for a new password."""
    from tracker.actions.register.accounts import reset_account
    from tracker.web.guard import settings

    with register():
        hours = settings().invitation_hours
        account = _account(email)
        _print_link(account, reset_account(as_account(actor), account, hours=hours), hours)


@account.command()
@click.argument("email")
@acting
def disable(email: str, actor: str) -> None:
    """Disable EMAIL at once."""
    from tracker.actions.register.accounts import disable_account

    with register():
        disable_account(as_account(actor), _account(email))
    click.echo(f"{email} is disabled, and its sessions have ended.")


@account.command()
@click.argument("email")
@acting
def enable(email: str, actor: str) -> None:
    """Let EMAIL sign in again. Its roles stay inactive until the lead of each case reactivates them."""
    from tracker.actions.register.accounts import enable_account

    with register():
        enable_account(as_account(actor), _account(email))
    click.echo(f"{email} can sign in again.")


@account.command(name="list")
def list_accounts() -> None:
    """Print every account: address, kind, state, name."""
    import sqlalchemy as sa

    from tracker.base import db

    with register():
        for account in db.session().scalars(sa.select(Account).order_by(Account.email_folded)):
            click.echo(f"{account.email}\t{account.kind.value}\t{account.state}\t{account.name}")


def _account(email: str) -> Account:
    from tracker.audit.doors import Refused
    from tracker.base import db

    found = db.session().scalar(Account.by_email(email))
    if found is None:
        raise Refused(f"There is no account {email}. 'tracker account list' prints all accounts.")
    return found


def _print_link(account: Account, token: str, hours: int) -> None:
    click.echo(f"Open this link once, within {hours} hours, to set the password of {account.email}:")
    click.echo(f"  {HERE}/invitations/{token}")
