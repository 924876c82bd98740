"""What was typed is carried along while somebody signs in, or gives the password again; it is shown, not saved."""

from typing import Any

from flask import Response, g, make_response, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import TooManyRequests

from tracker.web.places import show_again
from tracker.web.rendering import page

CARRIED = "typed."
NOT_CARRIED = {"csrf_token", "form_token", "password", "current"}


def sent_fields() -> list[tuple[str, str]]:
    """The fields that were just sent, under names by which they are carried."""
    return [(CARRIED + name, text) for name, text in request.form.items(multi=True) if name not in NOT_CARRIED]


def carried_fields() -> list[tuple[str, str]]:
    """The fields that are carried by the form that was just sent."""
    return [(name, text) for name, text in request.form.items(multi=True) if name.startswith(CARRIED)]


def ask_later(template: str, form: Any, later: TooManyRequests, **values: Any) -> Response:
    """The form of a password as it was sent, with what it carries along: it can be sent again after a while."""
    form.refusal = later.description
    answer = make_response(page(template, form=form, carried=carried_fields(), **values))
    answer.status_code, answer.headers["Retry-After"] = 429, str(later.retry_after)
    return answer


def refill(target: str) -> Response:
    """The page she was on, as if she had gone there, with what she had typed in its form."""
    g.typed = MultiDict((name.removeprefix(CARRIED), text) for name, text in carried_fields())
    return show_again(target)


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
