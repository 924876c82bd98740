"""Serving: the checks before anything listens; plain http on loopback only."""

import atexit
import gc
import os
import socket
import tempfile
from pathlib import Path

import click

from tracker import __version__, create_app
from tracker.audit import guards, keys, schema
from tracker.audit.program import note_start, note_stop
from tracker.audit.upkeep import Upkeep, attempt
from tracker.base import db
from tracker.base.config import BadSetting, Settings, is_loopback
from tracker.base.damage import must_be_undamaged, sentence_for_damage
from tracker.base.files import open_privately
from tracker.base.in_use import served_at, using
from tracker.exports.spool import empty_spool
from tracker.imports import worker
from tracker.serving.processes import end_on_signals, listen, serve
from tracker.serving.servers import Server
from tracker.web.limits.visitors import ask_visitor
from tracker.web.transfer.bodies import ask_allowance

LONGEST_CHECK = 1.0  # seconds: a start may not wait for the check of a large database


def run(instance: Path, host: str, port: int, workers: int) -> None:
    """Serve until told to stop. Raises BadSetting, PortInUse, Unusable or Damaged before anybody is served."""
    end_on_signals()
    settings = Settings.load(os.environ, instance)
    _must_be_safe(settings, host, workers)
    os.umask(0o077)
    with listen(host, port) as listener, using(settings.instance):
        _serve(settings, listener, workers)


def _serve(settings: Settings, listener: socket.socket, workers: int) -> None:
    app = create_app(settings)
    with sentence_for_damage(), db.engine().connect() as connection:
        must_be_undamaged(connection, LONGEST_CHECK)
        schema.must_be_head(db.engine())
        keys.must_be_right(connection, settings)
        guards.must_match_models(connection)
    attempt(lambda: note_start(__version__))
    tempfile.tempdir = str(empty_spool(settings.instance))  # bodies that are too long for memory lie there, unnamed
    db.release()  # no connection may be open in a process that is split into workers
    gc.freeze()  # what was loaded so far stays, and stays shared with them

    def make() -> Server:
        worker.start(app)
        upkeep = Upkeep(settings.instance)
        upkeep.start()
        atexit.register(upkeep.stop)
        return Server(app, listener, ask_allowance(app), ask_visitor(app))

    host, port = listener.getsockname()[:2]
    for name in sorted(name for name in os.environ if name.startswith("TRACKER_TEST_")):
        click.echo(f"{name} is ignored: the program has no switches for tests.", err=True)
    with open(served_at(settings.instance), "w", opener=open_privately) as out:
        out.write(f"http://{host}:{port}")
    click.echo(f"Serving {settings.instance} at http://{host}:{port}")
    serve(make, workers)
    attempt(lambda: note_stop(__version__))


def _must_be_safe(settings: Settings, host: str, workers: int) -> None:
    if not is_loopback(host) and settings.trusted_proxy is None:
        raise BadSetting(
            f"Serving {host} in plain http is refused. Put a TLS proxy in front and name it in "
            "TRACKER_TRUSTED_PROXY, or serve 127.0.0.1."
        )
    if settings.is_sqlite and workers > 1:
        raise BadSetting(
            "SQLite allows only one worker. Leave out --workers, or set TRACKER_DATABASE_URL to PostgreSQL."
        )
