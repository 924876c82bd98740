"""`tracker demo`: found and serve a throw-away register with both example cases."""

import os
import tempfile
from pathlib import Path

import click

from tracker import create_app
from tracker.audit.doors import Refused
from tracker.cli.founding import is_founded, prepare
from tracker.cli.server import run
from tracker.demo import found, new_password


@click.command()
@click.option("--port", default=8000, show_default=True)
def demo(port: int) -> None:
    """Serve two example cases at 127.0.0.1 and print the accounts. All changes are lost afterwards."""
    with tempfile.TemporaryDirectory(prefix="tracker-demo-") as folder:
        instance = Path(folder) / "instance"
        settings, password = prepare(instance), new_password()
        app = create_app(settings)
        with app.app_context():
            if is_founded():
                raise Refused("The database in TRACKER_DATABASE_URL already holds a register. Name an empty database.")
            people = found(settings, app.extensions["files"], password)
        click.echo("Two example cases are ready. These accounts can sign in:\n")
        for email, role in people:
            click.echo(f"  {email:<32} {role}")
        click.echo(f"\n  All accounts have the password {password}\n")
        click.echo(f"Open http://127.0.0.1:{port}/ and stop with Ctrl-C. All changes are lost then.", nl=True)
        os.environ["TRACKER_INSTANCE"] = str(instance)
        run(instance, "127.0.0.1", port, 1)
