"""Downloads: written to a nameless file first, asked again, then read by whoever asked, at whatever pace they have."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Response, request
from werkzeug.wsgi import wrap_file

from tracker.base import db
from tracker.exports.spool import CHUNK, Spool, spool_folder
from tracker.web.guard import settings
from tracker.web.limits.gate import aside

Headers = dict[str, str]


def send_written(write: Callable[[Path], Spool], kind: str, headers: Headers, *, ask: Callable[[], None]) -> Response:
    """The answer that sends what `write` writes into a folder, once `ask`, which may raise, lets it go.

    While it is written, it keeps no thread from the pages, and no connection to the database. It is closed when it was
    sent, or when nobody reads it any more.
    """
    db.session().rollback()
    with aside():
        spool = write(spool_folder(settings().instance))
    try:
        ask()
    except BaseException:
        spool.close()
        raise
    file: Any = spool  # which reads like one
    answer = Response(wrap_file(request.environ, file, CHUNK), mimetype=kind, headers=headers, direct_passthrough=True)
    answer.content_length = spool.size
    return answer
