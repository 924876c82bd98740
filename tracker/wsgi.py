"""The application object for a WSGI server; the instance is named in TRACKER_INSTANCE."""

import gc
from contextlib import ExitStack

from tracker import create_app
from tracker.audit.keys import must_be_right
from tracker.base import db
from tracker.base.in_use import using
from tracker.imports import worker

app = create_app()
used = ExitStack()
used.enter_context(using(app.config["SETTINGS"].instance))  # for as long as this process lives
with db.engine().connect() as connection:
    must_be_right(connection, app.config["SETTINGS"])
worker.start(app)
gc.freeze()  # what is there now stays for good: looking for garbage in it again and again would be in vain
