"""Addresses: the shapes of references and numbers. Another spelling of the same number is no address."""

from flask import Flask
from werkzeug.routing import BaseConverter


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
