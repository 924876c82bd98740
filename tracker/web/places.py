"""The way to a thing's page: its room's own `show`, at the values its address is made of."""

from functools import cache
from typing import Any

from flask import current_app, redirect, url_for
from werkzeug import Response


def address(thing: Any, page: str = "show", **more: Any) -> str:
    """The address of a thing's page, or of another page of its room that is at the thing's own address.

    `more` goes to `url_for`: further arguments, `_anchor`. Raises LookupError for what has no page of its own.
    """
    if (room := room_of(type(thing).__name__)) is None:
        raise LookupError(f"{type(thing).__name__} has no page of its own")
    return url_for(f"{room}.{page}", **thing.address_values, **more)


def to(thing: Any, page: str = "show", **more: Any) -> Response:
    """See other: the page of a thing."""
    return redirect(address(thing, page, **more), 303)


def go(endpoint: str, thing: Any = None, **more: Any) -> Response:
    """See other: a page by its endpoint, at the address values of a thing."""
    return redirect(url_for(endpoint, **(thing.address_values if thing is not None else {}), **more), 303)


@cache
def room_of(model: str) -> str | None:
    """The area whose `show` is the page of a thing of this model; None for what has no page of its own."""
    for endpoint, view in current_app.view_functions.items():
        room, _, name = endpoint.rpartition(".")
        if name == "show" and getattr(getattr(view, "of", None), "__name__", None) == model:
            return room
    return None
