"""Founding a register and serving it."""

import click

from tracker import open_register
from tracker.actions.register.accounts import ONE_KIND, found_register, invite_first_member
from tracker.analysis.identifiers.written import fold_identifier
from tracker.base import db
from tracker.cli.base import instance_folder, print_link, shell
from tracker.cli.founding import NAME_ONE, is_founded, prepare
from tracker.cli.server import run
from tracker.policy import SYSTEM


@click.command()
@click.option("--admin", "email", metavar="EMAIL", help="Email address of the first administrator, needed once.")
@click.option("--name", default="First administrator", show_default=True)
@click.option("--member", metavar="EMAIL", help="Another address, for an account that works on cases.")
def init(email: str | None, name: str, member: str | None) -> None:
    """Set up the register or update its schema. Prints the one-time sign-up links for a new register."""
    if email and member and fold_identifier(member) == fold_identifier(email):
        raise click.UsageError(ONE_KIND)
    settings = prepare(instance_folder(), founds=bool(email))
    app = open_register(settings)
    with app.app_context():
        db.session().info["origin"] = shell()
        if is_founded():
            click.echo("The register is set up, and its schema is up to date.")
            return
        if not email:
            raise click.UsageError(NAME_ONE)
        _, token = found_register(SYSTEM, None, email=email, name=name, hours=settings.invitation_hours)
        click.echo(f"The register is set up in {settings.instance}. Serve it with 'tracker serve'.")
        click.echo(f"Then open this link once to set the password of the administrator, {email}:")
        print_link(token)  # before anything else can be refused: it is kept nowhere
        if member:
            hours = settings.invitation_hours
            _, token = invite_first_member(SYSTEM, None, email=member, name="First member", hours=hours)
            click.echo(f"Open this link once to set the password of the member, {member}:")
            print_link(token)
        else:
            click.echo("An administrator reads no case. To work on cases, invite a member with another address.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Number of processes. SQLite allows only 1.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the register of this instance. Refuses an outdated schema."""
    run(instance_folder(), host, port, workers)
