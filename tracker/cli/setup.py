"""Founding a register and serving it."""

import click

from tracker import create_app
from tracker.actions.register.accounts import found_register
from tracker.base import db
from tracker.cli.base import instance_folder, print_link, shell
from tracker.cli.founding import is_founded, prepare
from tracker.cli.server import run
from tracker.policy import SYSTEM


@click.command()
@click.option("--admin", "email", metavar="EMAIL", help="Email address of the first administrator, needed once.")
@click.option("--name", default="First administrator", show_default=True)
def init(email: str | None, name: str) -> None:
    """Set up the register or update its schema. Prints a one-time sign-up link for a new register."""
    settings = prepare(instance_folder())
    app = create_app(settings)
    with app.app_context():
        db.session().info["origin"] = shell()
        if is_founded():
            click.echo("The register is set up, and its schema is up to date.")
            return
        if not email:
            raise click.UsageError("Name the first administrator: tracker init --admin EMAIL")
        _, token = found_register(SYSTEM, None, email=email, name=name, hours=settings.invitation_hours)
    click.echo(f"The register is set up in {settings.instance}. Open this link once to set the first password:")
    print_link(token)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Number of processes. SQLite allows only 1.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the register of this instance. Refuses an outdated schema."""
    run(instance_folder(), host, port, workers)
