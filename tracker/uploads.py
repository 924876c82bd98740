"""Files from a browser and back to it: kept under their hash, and never sent as anything that could be opened in place.

The name that came with a file is text to show and nothing more; nothing on the disk is called by it.
"""

from pathlib import PurePosixPath
from urllib.parse import quote

from flask import Response, abort, current_app, make_response, render_template, request
from werkzeug.datastructures import FileStorage

from tracker.files import Damaged, FileStore, Stored, TooLarge
from tracker.guard import me, settings
from tracker.ledger import Refused, witness
from tracker.models.cases import Case

LONGEST_NAME, LONGEST_HEADER_NAME = 255, 120
SANDBOX = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
DAMAGED = "This file is not what was put in: it was changed or lost where it is stored. Tell the operator."


def store() -> FileStore:
    """The file store of the running program."""
    return current_app.extensions["files"]


def take_in(file: FileStorage | None, limit: int | None = None) -> Stored:
    """Put an uploaded file into the store; `limit` in bytes, the setting's when None.

    The row that names the returned hash is written afterwards, by an action. Refused, with a sentence, for no file, an
    empty one and one that is too large.
    """
    limit = settings().max_upload_mb << 20 if limit is None else limit
    if file is None or not file.filename:
        raise Refused("Choose a file.")
    if not file.stream.read(1):
        raise Refused("This file is empty. Choose another.")
    file.stream.seek(0)
    try:
        return store().put(file.stream, limit)  # type: ignore[arg-type]  # IO[bytes] reads like BinaryIO
    except TooLarge:
        raise Refused(f"This file is larger than {in_words(limit)}. Send a smaller one, or its parts.") from None


def shown_name(file: FileStorage) -> str:
    """The name as it came, for a reader: what cannot be seen becomes U+FFFD, at most 255 characters."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in file.filename or "")[:LONGEST_NAME]


def send(name: str, sha256: str, case: Case | None = None) -> Response:
    """The file as a download called `name`, hashed before the first byte leaves and again on the way.

    A file that is damaged is not sent: the answer is a page of status 500, and the ledger gets `file.damaged`. The view
    records the reading first. Other sites cannot fetch it: 403.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)
    try:
        size = sum(map(len, store().chunks(sha256)))
    except Damaged:
        witness("file.damaged", me(), out="failed", case=case, sha256=sha256)
        return make_response(render_template("error.html", status=500, sentence=DAMAGED), 500)
    answer = Response(store().chunks(sha256), mimetype="application/octet-stream")
    answer.content_length = size
    answer.headers["Content-Disposition"] = disposition(name)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


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


def in_words(size: int) -> str:
    """A size for a reader: `812 bytes`, `1.4 MB` (of 1,048,576 bytes)."""
    if size < 1 << 10:
        return f"{size} byte{'' if size == 1 else 's'}"
    return f"{size / (1 << 10):,.0f} kB" if size < 1 << 20 else f"{size / (1 << 20):,.1f}".removesuffix(".0") + " MB"
