"""Files from a browser and back to it: kept under their hash, and never sent as anything that could be opened in place.

The name that came with a file is text to show and nothing more; nothing on the disk is called by it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from flask import Response, abort, current_app, make_response, render_template, request
from werkzeug.datastructures import FileStorage

from tracker.audit.doors import Refused, witness
from tracker.audit.entries import name_of
from tracker.audit.verify.files import is_named
from tracker.base.files import Damaged, Differs, FileStore, Stored, TooLarge, in_words
from tracker.exports.spool import Spool
from tracker.models.case.cases import Case
from tracker.policy.quotas import must_have_room
from tracker.web.guard import me, settings
from tracker.web.transfer.downloads import send_written

LONGEST_NAME, LONGEST_HEADER_NAME = 255, 120
SANDBOX = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
DAMAGED = "The stored file has changed or is lost since it was added. Ask the operator to restore it from a backup."


def store() -> FileStore:
    """The file store of the running program."""
    return current_app.extensions["files"]


def store_upload(
    file: FileStorage | None, limit: int | None = None, declared: str = "", case: Case | None = None
) -> Stored:
    """Put an uploaded file into the store; `limit` in bytes, the setting's when None; `case` is what it is for.

    The row that names the returned hash is written afterwards, by an action. Refused, with a sentence, for no file, an
    empty one, one that is too large or for which there is no room, and one that has not the SHA-256 that was declared.
    """
    limit = settings().max_upload_mb << 20 if limit is None else limit
    if file is None or not file.filename:
        raise Refused("Choose a file.")
    if not file.stream.read(1):
        raise Refused("This file is empty. Choose another file.")
    if case is not None:  # asked before it takes any room, and again when its row is written
        must_have_room(me().uid, case, file.stream.seek(0, os.SEEK_END))
    file.stream.seek(0)
    try:
        stream: Any = file.stream  # IO[bytes] reads like BinaryIO
        return store().put(stream, limit, declared.lower())
    except TooLarge:
        raise Refused(f"This file is larger than {in_words(limit)}. Choose a smaller file, or split it.") from None
    except Differs as found:
        raise Refused(f"The declared SHA-256 does not match. The file has {found}. Nothing was stored.") from None


@contextmanager
def stored_while_written(file: FileStorage | None, declared: str = "", case: Case | None = None) -> Iterator[Stored]:
    """The same for the time in which the row is written: if it is not, the file does not stay either."""
    kept = None
    try:
        with store().hold():
            kept = store_upload(file, None, declared, case)
            yield kept
    except BaseException:
        if kept is not None:
            forget(kept.sha256)
        raise


def forget(sha256: str) -> None:
    """Remove a file from the store, unless a row of the record still names it. After a crash the sweep does it."""
    store().remove(sha256, is_named)


def shown_name(file: FileStorage) -> str:
    """The name as it came, for a reader: what cannot be seen becomes U+FFFD, at most 255 characters."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in file.filename or "")[:LONGEST_NAME]


def send(name: str, sha256: str, thing: Any, *, read: Callable[[], None], at: str) -> Response:
    """The file of a thing as a download called `name`, decrypted and hashed before the first byte leaves.

    `read` records the reading, once nothing stands in its way. A file that is damaged is not sent: the answer is a page
    of status 500 with the way back to the page `at` which it stands, and the audit log gets `file.damaged`.
    Other sites cannot fetch it, nor make anybody seem to have read it: 403.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)
    headers = {"Content-Disposition": disposition(name)}
    try:
        answer = send_written(partial(_copy, sha256, store()), "application/octet-stream", headers, ask=read)
    except Damaged:
        witness("file.damaged", me(), outcome="failed", case=thing.case, record=name_of(thing), sha256=sha256)
        said = {"damaged": "Damaged file: download refused", "sentence": DAMAGED, "thing": at}
        return make_response(render_template("error.html", status=500, **said), 500)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _copy(sha256: str, files: FileStore, folder: Path) -> Spool:
    spool = Spool(folder)
    try:
        for chunk in files.chunks(sha256):
            spool.append(chunk)
    except BaseException:
        spool.close()
        raise
    spool.rewind()
    return spool


def disposition(name: str) -> str:
    """`attachment` with the name of RFC 6266: plain ASCII for old programs, and UTF-8 in percent signs."""
    last = PurePosixPath(name.replace("\\", "/")).name
    sound = "".join(c if c.isprintable() and c not in '"\\/:*?<>|;%' else "_" for c in last).strip(" .") or "file"
    stem, dot, ending = sound.rpartition(".")
    if len(sound) > LONGEST_HEADER_NAME:
        kept = f".{ending[:12]}" if stem and dot else ""
        sound = sound[: LONGEST_HEADER_NAME - len(kept)] + kept
    plain = "".join(c if c.isascii() else "_" for c in sound)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(sound, safe='')}"
