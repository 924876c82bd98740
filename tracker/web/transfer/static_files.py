"""Static files: addressed by the hash of their content, kept by browsers for ever, sent packed where that is taken."""

import hashlib
import mimetypes
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, send_from_directory, url_for

YEAR = 31_536_000


def static_url(name: str) -> str:
    """The address of a static file, with the hash of its content."""
    return current_app.extensions["static_address"](request.script_root, name)


def init_app(app: Flask) -> None:
    """Put our own view behind the address of static files."""
    app.view_functions["static"] = static
    app.extensions["static_address"] = lru_cache(256)(_address)
    app.jinja_env.globals.update(static_url=static_url)


def static(filename: str) -> Response:
    """A file of static/, packed if there is a `.gz` beside it and the browser takes that."""
    packed = f"{filename}.gz"
    if request.accept_encodings.quality("gzip") > 0 and (_folder() / packed).is_file():
        answer = send_from_directory(_folder(), packed, mimetype=mimetypes.guess_type(filename)[0])
        answer.headers["Content-Encoding"] = "gzip"
    else:
        answer = send_from_directory(_folder(), filename)
    answer.vary.add("Accept-Encoding")
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if "v" in request.args else "no-cache"
    return answer


def _address(_root: str, name: str) -> str:
    return url_for("static", filename=name, v=_content_hash(_folder() / name))


def _folder() -> Path:
    return Path(current_app.static_folder or "")


@cache
def _content_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
