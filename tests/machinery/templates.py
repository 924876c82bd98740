"""Instances that are built once and copied for each test: the world alone, and with more laid upon it.

`furnished` is one of every thing (tests/builders/build_everything.py), `told` one of every noun of the inquiry with
something in every column (tests/builders/build_columns.py); a test may ask for both.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests import world as the_world
from tests.machinery import recycling
from tests.machinery.database import ON_POSTGRESQL, drop_database, new_database
from tests.machinery.instances import copied, opened
from tracker.base import db
from tracker.base.config import Settings
from tracker.cli.founding import prepare


def furnish() -> dict[str, Any]:
    """Lay one of every thing upon the world; nobody asks for its rows by name."""
    from tests.builders import build_everything

    build_everything.furnish()
    return {}


def tell() -> dict[str, Any]:
    """Lay one of every noun upon the world: its rows by name."""
    from tests.builders import build_columns

    return build_columns.told()


LAYERS: dict[str, Callable[[], dict[str, Any]]] = {"furnished": furnish, "told": tell}


@dataclass
class Templates:
    """What was built so far, by the layers that lie on the world; and where the rows of a layer are found."""

    folder: Callable[[str], Path]
    made: dict[tuple[str, ...], Settings] = field(default_factory=dict)
    keys: dict[tuple[str, ...], dict[str, tuple[type, Any]]] = field(default_factory=dict)

    def of(self, layers: tuple[str, ...]) -> Settings:
        """The template with these layers."""
        if layers not in self.made:
            self.made[layers] = self._with_one_more(layers) if layers else self._founded()
            if ON_POSTGRESQL:
                recycling.keep(self.made[layers].database_url)
        return self.made[layers]

    def rows(self, layers: tuple[str, ...]) -> dict[str, Any]:
        """The rows of the newest layer, by name, as the copy that is open knows them."""
        return {name: db.session().get_one(model, key) for name, (model, key) in self.keys[layers].items()}

    def drop(self) -> None:
        """Nobody will copy them again."""
        recycling.drop_all()
        for settings in self.made.values() if ON_POSTGRESQL else ():
            drop_database(settings.database_url)

    def _founded(self) -> Settings:
        if ON_POSTGRESQL:
            os.environ["TRACKER_DATABASE_URL"] = new_database()
        settings = prepare(self.folder("world") / "instance")
        os.environ.pop("TRACKER_DATABASE_URL", None)
        with opened(settings):
            the_world.build()
        return settings

    def _with_one_more(self, layers: tuple[str, ...]) -> Settings:
        settings = copied(self.of(layers[:-1]), self.folder(layers[-1]))
        with opened(settings):
            rows = LAYERS[layers[-1]]()
            self.keys[layers] = {name: (type(row), sa.inspect(row).identity) for name, row in rows.items()}
        return settings
