"""Addresses: the shapes of references and numbers. Another spelling of the same number is no address."""

import base64
import binascii
import hashlib
import json
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from flask import Flask
from werkzeug.routing import BaseConverter

from tracker.web.guard import settings


class Reference(BaseConverter):
    """`LK-7QX4`."""

    regex = "LK-[0-9A-Z]{4,12}"


class Number(BaseConverter):
    """1, 2, 3 ...: no sign, no leading zero, no digits of other scripts."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)


def init_app(app: Flask) -> None:
    """Make both known to the routes."""
    app.url_map.converters.update(ref=Reference, number=Number)
    app.url_map.strict_slashes = True


def seal_place(place: list[Any]) -> str:
    """A place in a list as an address holds it: encrypted, for the ids in it would tell how much there is elsewhere."""
    sealed = _cipher(settings().secret_key).encrypt(json.dumps(place).encode(), None)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def open_place(cursor: str) -> Any:
    """The place again; None for what this program did not write."""
    try:
        sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return json.loads(_cipher(settings().secret_key).decrypt(sealed, None))
    except (binascii.Error, UnicodeError, ValueError, InvalidTag):
        return None


@lru_cache(4)
def _cipher(key: str) -> AESSIV:
    """The same place gives the same address, so that a page keeps its own."""
    return AESSIV(hashlib.sha512(f"place\0{key}".encode()).digest())
