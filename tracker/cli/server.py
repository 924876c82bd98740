"""Serving: Granian in front of the WSGI app, in this process's own group; plain http on loopback only."""

import gc
import os
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from tracker import create_app
from tracker.audit import guards, keys, schema
from tracker.base import db
from tracker.base.config import BadSetting, Settings, is_loopback
from tracker.imports import worker


def run(instance: Path, host: str, port: int, workers: int) -> None:
    """Serve until told to stop. Raises BadSetting, Unusable or Damaged before anything listens."""
    settings = Settings.load(os.environ, instance)
    if not is_loopback(host) and settings.trusted_proxy is None:
        raise BadSetting(
            f"Serving {host} in plain http is refused. Put a TLS proxy in front and name it in "
            "TRACKER_TRUSTED_PROXY, or serve 127.0.0.1."
        )
    if settings.is_sqlite and workers > 1:
        raise BadSetting(
            "SQLite allows only one worker. Leave out --workers, or set TRACKER_DATABASE_URL to PostgreSQL."
        )
    os.environ["TRACKER_INSTANCE"] = str(settings.instance)
    os.umask(0o077)
    app = create_app(settings)
    schema.must_be_head(db.engine())
    with db.engine().connect() as connection:
        keys.must_be_right(connection, settings)
        guards.must_match_models(connection)
    with app.app_context():
        worker.sweep(app)
    db.release()  # no connection may be open in a process that is split into workers
    gc.freeze()  # what was loaded so far stays, and stays shared with them
    Granian(
        "tracker.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        workers_kill_timeout=30,
        respawn_failed_workers=True,
        log_access=False,
    ).serve()
