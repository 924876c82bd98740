"""`tracker demo`: found and serve a throw-away register with the example cases."""

import os
import tempfile
from pathlib import Path

import click

from tracker import open_register
from tracker.audit.doors import Refused
from tracker.cli.founding import is_founded, prepare
from tracker.cli.server import run
from tracker.demo import found, new_password
from tracker.serving.processes import listen

HOST = "127.0.0.1"
START = """\
Start here: sign in as the lead and open “Leaked congratulatory briefing”. The Overview shows what is still open.
Then Who had access: choose the claim “DO NOT CONGRATULATE” and see who had the words before the newspaper did.
A log to import: sign in as the investigator, download exhibit 4 (mail.csv), and import it under Who had access.
"""


@click.command()
@click.option("--port", default=8000, show_default=True)
def demo(port: int) -> None:
    """Serve three example cases at 127.0.0.1 and print the accounts. All changes are lost afterwards."""
    listen(HOST, port).close()  # first: nobody is shown accounts for the page of another program
    with tempfile.TemporaryDirectory(prefix="tracker-demo-") as folder:
        instance = Path(folder) / "instance"
        os.environ["TRACKER_INSTANCE"] = str(instance)  # first: a folder that is set is no place for an example
        settings, password = prepare(instance), new_password()
        app = open_register(settings)
        with app.app_context():
            if is_founded():
                raise Refused("The database in TRACKER_DATABASE_URL already holds a register. Name an empty database.")
            people = found(settings, app.extensions["files"], password)
        click.echo("Three example cases are ready, one open and two closed. Who can sign in, and what waits:\n")
        for email, waits in people:
            click.echo(f"  {email:<36} {waits}")
        click.echo(f"\n  All accounts have the password {password}\n")
        click.echo(START)
        click.echo(f"Open http://{HOST}:{port}/ and stop with Ctrl-C. All changes are lost then.", nl=True)
        run(instance, HOST, port, 1)
