"""The command line: each command is a call of an action. Exit 0 done, 1 refused or problem found, 2 usage."""

import sys
from copy import copy

import click
from sqlalchemy.exc import DBAPIError

from tracker.audit.doors import Denied, Refused
from tracker.base.config import BadSetting
from tracker.base.connections import Unusable
from tracker.base.files import Damaged
from tracker.cli.accounts import account
from tracker.cli.audit import audit
from tracker.cli.backup import backup
from tracker.cli.check import check
from tracker.cli.demo import demo
from tracker.cli.exports import export_case
from tracker.cli.imports.command import import_file
from tracker.cli.keys import key
from tracker.cli.pack import pack
from tracker.cli.restore import restore
from tracker.cli.setup import init, serve
from tracker.serving.processes import PortInUse


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tracker")
def tracker() -> None:
    """Run the leak-investigation case tracker."""


for command in (init, serve, account, import_file, export_case, pack, check, audit, key, backup, restore, demo):
    tracker.add_command(command)
for former, command in (("user", account), ("ledger", audit)):  # what they were called before
    synonym = copy(command)
    synonym.hidden = True
    tracker.add_command(synonym, former)


def main() -> None:
    """Run a command; what is refused is one sentence on stderr and exit 1."""
    try:
        tracker(standalone_mode=True)
    except (BadSetting, Unusable, Damaged, Denied, PortInUse, Refused) as refusal:
        click.echo(str(refusal), err=True)
    except DBAPIError as fault:
        click.echo(f"The database cannot be used: {fault.orig}. Run 'tracker check'.", err=True)
    except OSError as fault:
        click.echo(f"{fault.filename or 'A file'} cannot be used: {fault.strerror}.", err=True)
    sys.exit(1)  # click itself exits when a command has ended well
