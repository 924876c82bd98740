"""The time in an address. It stands before all else, so every link and every form of a page leads to the same time."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import request

from tracker.models.case.cases import Case

_ASKED = re.compile(r"(/as-of/(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?Z))(/.*)", re.ASCII)
_AT, _ROOT = "tracker.as_of", "tracker.as_of.root"


class Below:
    """A WSGI program that is served at `/as-of/<time>` too; to the program itself this is where it is served at."""

    def __init__(self, program: Callable[..., Iterable[bytes]]) -> None:
        self._program = program

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if (found := _ASKED.fullmatch(environ.get("PATH_INFO", ""))) and (at := _read(found[2])):
            root = environ.get("SCRIPT_NAME", "")
            below = {"SCRIPT_NAME": f"{root}{found[1]}", "PATH_INFO": found[3], _AT: at, _ROOT: root}
            environ = environ | below
        return self._program(environ, start_response)


def _read(word: str) -> datetime | None:
    try:
        return datetime.fromisoformat(word)
    except ValueError:
        return None


def asked() -> datetime | None:
    """The time that the address asks for, in UTC; None for the record as it is."""
    found: datetime | None = request.environ.get(_AT)
    return found


def page_at(at: datetime, path: str) -> str:
    """The address of a page as of a time; `path` is that of the page as it is, without where the program is served."""
    whole = not (at.second or at.microsecond)
    word = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="minutes" if whole else "auto")
    return f"{_root()}/as-of/{word}Z{path}"


def page_now() -> str:
    """The address of this page as it is now."""
    return f"{_root()}{path_here()}"


def path_here() -> str:
    """Path and query of this page, without where the program is served."""
    return request.full_path.rstrip("?")


def choice_url(case: Case, **typed: str) -> str:
    """The address of the page on which a time is chosen; `on` is what was typed, `page` where it is to lead to."""
    return f"{_root()}/cases/{case.reference}/as-of{f'?{urlencode(typed)}' if typed else ''}"


def _root() -> str:
    return str(request.environ.get(_ROOT, request.script_root))
