"""What was typed is carried along while somebody signs in, or gives the password again; it is shown, not saved."""

from urllib.parse import urlsplit

from flask import Response, current_app, g, request, session
from flask.ctx import RequestContext
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.test import EnvironBuilder

CARRIED = "typed."
NOT_CARRIED = {"csrf_token", "form_token", "password", "current"}


def sent_fields() -> list[tuple[str, str]]:
    """The fields that were just sent, under names by which they are carried."""
    return [(CARRIED + name, text) for name, text in request.form.items(multi=True) if name not in NOT_CARRIED]


def page_of_form() -> str:
    """Where to go back to: the page of the form at this address, or the page a button stood on."""
    try:
        current_app.create_url_adapter(request).match(request.path, "GET")  # type: ignore[union-attr]
    except MethodNotAllowed:
        return urlsplit(request.referrer or "").path
    return request.path


def carried_fields() -> list[tuple[str, str]]:
    """The fields that are carried by the form that was just sent."""
    return [(name, text) for name, text in request.form.items(multi=True) if name.startswith(CARRIED)]


def refill(target: str) -> Response:
    """The page she was on, as if she had gone there, with what she had typed in its form."""
    g.typed = MultiDict((name.removeprefix(CARRIED), text) for name, text in carried_fields())
    environ = EnvironBuilder(target, request.host_url, headers=[("Cookie", "")]).get_environ()
    begun = session._get_current_object()  # type: ignore[attr-defined]
    with RequestContext(current_app._get_current_object(), environ, session=begun):  # type: ignore[attr-defined]
        return current_app.full_dispatch_request()


def local_path(target: str | None) -> str:
    """The path if it is one of this program; the start page for everything that leads elsewhere."""
    text = target or ""
    safe = (
        text.startswith("/")
        and not text.startswith("//")
        and not any(c in text for c in "\\\r\n\t")
        and text.isprintable()
    )
    return text if safe else "/"
