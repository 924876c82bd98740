"""The ways to pages: to that of a thing, back to that of a form, and to where something is done unless refused."""

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from flask import Response as FlaskResponse
from flask import current_app, flash, redirect, request, session, url_for
from flask.ctx import RequestContext
from werkzeug import Response
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.test import EnvironBuilder

from tracker.audit.as_of.present import stood
from tracker.policy import allows
from tracker.web.guard import me


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


def this_page(*, asked: bool = False) -> str:
    """The address of this page, for links and forms, as a browser asks for it; with its query if it is `asked` for."""
    return request.script_root + (request.full_path.rstrip("?") if asked else request.path)


@cache
def room_of(model: str) -> str | None:
    """The area whose `show` is the page of a thing of this model; None for what has no page of its own."""
    for endpoint, view in current_app.view_functions.items():
        room, _, name = endpoint.rpartition(".")
        if name == "show" and getattr(getattr(view, "of", None), "__name__", None) == model:
            return room
    return None


def why_not_here() -> str | None:
    """Why what the page is for would be refused now, by its view's `unless`."""
    view: Any = current_app.view_functions[request.endpoint or ""]
    unless = getattr(view, "unless", None)
    things = [thing for thing in (request.view_args or {}).values() if hasattr(thing, "__tablename__")]
    return unless(things[0]) if unless is not None and things else None  # none before the door has let anybody in


def offered(endpoint: str, subject: Any) -> dict[str, str | None]:
    """The address of a page where something is done to a thing, or the reason why it cannot be done now.

    Neither, for whoever may not do it, and where the record is read as it stood.
    """
    view: Any = current_app.view_functions[endpoint]
    if stood() is not None or not allows(me(), view.needs, subject) or subject.case.is_closed:
        return {"url": None, "why": None}
    why = view.unless(subject) if view.unless is not None else None
    return {"url": None if why else url_for(endpoint, **subject.address_values), "why": why}


def page_of_form() -> str:
    """Where to go back to: the page of the form at this address, or the page a button stood on."""
    try:
        current_app.create_url_adapter(request).match(request.path, "GET")  # type: ignore[union-attr]
    except MethodNotAllowed:
        return urlsplit(request.referrer or "").path
    return this_page()


def show_again(target: str) -> FlaskResponse:
    """The page at this address of the program."""
    path = target.removeprefix(request.script_root)
    environ = EnvironBuilder(path, request.url_root, headers=[("Cookie", "")]).get_environ()
    begun = session._get_current_object()  # type: ignore[attr-defined]
    with RequestContext(current_app._get_current_object(), environ, session=begun):  # type: ignore[attr-defined]
        return current_app.full_dispatch_request()


def show_refused(target: str, sentence: str) -> FlaskResponse | None:
    """The page at this address with the sentence on top. None where it cannot be shown; then it is said nowhere yet."""
    flash(sentence, "error")
    answer = show_again(target)
    if answer.status_code == 200 and answer.mimetype == "text/html":
        answer.status_code = 409
        return answer
    session["_flashes"] = [said for said in session.get("_flashes", []) if said != ("error", sentence)]
    return None
