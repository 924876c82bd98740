"""The known systems, listed for the shell."""

from typing import Any

import click

from tracker.imports.systems.catalogue import all_systems


def list_systems(context: click.Context, _parameter: Any, is_asked: bool) -> None:
    """Print the name and the title of every known system, with what its files are imported as, and end."""
    if not is_asked or context.resilient_parsing:
        return
    for system in all_systems():
        click.echo(f"{system.name:<26}{system.title} ({', '.join(system.readings)})")
    context.exit()
