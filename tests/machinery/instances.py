"""An instance of the tracker on disk: made, copied with its database, opened, and let go of."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from tests.machinery import recycling
from tests.machinery.database import ON_POSTGRESQL
from tests.readers.browse import Browser
from tracker import create_app
from tracker.audit import floods
from tracker.base import connections, db
from tracker.base.config import Settings
from tracker.base.files import FileStore
from tracker.base.keys import read_key
from tracker.web.limits.budgets import Budget, Budgets


def in_haste(connection: Any, *, writing: bool) -> None:
    """A connection of the program that does not wait for the disk: what a test records need not outlive the machine.

    Only conftest.py puts it into the program: a benchmark uses these helpers too, and waits as the program does.
    """
    _carefully(connection, writing=writing)
    connection.execute("PRAGMA synchronous = OFF")


_carefully = connections._connect_sqlite


ORIGINS: dict[Path, Path] = {}  # of each copy, the instance that it was copied from


def copied(built: Settings, folder: Path) -> Settings:
    """A copy of the instance, its key and its database below `folder`."""
    instance = folder / "instance"
    ORIGINS[instance] = built.instance
    shutil.copytree(built.instance, instance, ignore=shutil.ignore_patterns("*-wal", "*-shm", "*.turn"))
    shutil.copy2(built.storage_key_file, folder / "instance.key")
    url = recycling.lend(built.database_url) if ON_POSTGRESQL else f"sqlite:///{instance / 'tracker.db'}"
    return replace(built, instance=instance, database_url=url)


_compiled = TemporaryDirectory(prefix="tracker-templates-", ignore_cleanup_errors=True)
COMPILED = FileSystemBytecodeCache(_compiled.name)  # a program of one's own need not compile the templates again


@contextmanager
def opened(settings: Settings, *, own: bool = False) -> Iterator[Flask]:
    """The program over an instance, with its context pushed; with `own` one that a test may alter."""
    db.release()
    made = create_app(settings) if own else lent(settings)
    made.test_client_class = Browser
    made.jinja_env.bytecode_cache = COMPILED
    with made.app_context():
        yield made
    db.release()
    if not own and shape(made) != KEPT[everywhere(settings)][1]:
        KEPT.clear()
        raise AssertionError("A test that alters the program needs one of its own: @pytest.mark.alters")


SPOKEN: dict[str, tuple[Any, Any]] = {}  # by the name of the database's language
KEPT: dict[Settings, tuple[Flask, list[Any]]] = {}  # one program is enough for all copies: making it takes its time


def lent(settings: Settings) -> Flask:
    """The program that all tests with such settings share, turned to this copy."""
    if everywhere(settings) not in KEPT:
        made = create_app(settings)
        made.extensions["budgets"] = UNLIMITED
        KEPT[everywhere(settings)] = made, shape(made)
        return made
    made, _ = KEPT[everywhere(settings)]
    made.config["SETTINGS"] = settings
    db.bind(settings.database_url)
    made.extensions["budgets"] = UNLIMITED
    floods.forget()
    made.extensions["files"] = FileStore(settings.instance / "files", read_key(settings.storage_key_file))
    return made


_plenty = Budget(10**9, 10**9)
UNLIMITED = Budgets(_plenty, _plenty, _plenty)  # a test does in a second what a person does in a day


def remembering(url: str, **how: Any) -> Any:
    """An engine of the program whose statements are compiled once for all copies, and for the commands on them.

    What is remembered of a statement goes with the dialect it is in. Only conftest.py puts it into the program.
    """
    engine = _afresh(url, **how)
    engine.dialect, engine._compiled_cache = SPOKEN.setdefault(
        engine.dialect.name, (engine.dialect, engine._compiled_cache)
    )
    return engine


_afresh = connections.open_engine


def everywhere(settings: Settings) -> Settings:
    """What two copies have in common."""
    return replace(settings, instance=Path("/"), database_url="sqlite://")


def shape(app: Flask) -> list[Any]:
    """What a test must leave as it was."""
    config = {name: value for name, value in app.config.items() if name != "SETTINGS"}
    return [dict(app.view_functions), len(list(app.url_map.iter_rules())), config, set(app.extensions)]


def gone(settings: Settings) -> None:
    """Remove a copy."""
    shutil.rmtree(settings.instance.parent)
    if ON_POSTGRESQL:
        recycling.take_back(settings.database_url)
