"""How much a request may bring, asked before it is read: little from strangers, more from members, files where asked.

The server asks with the headers alone (`ask_allowance`); the program asks again, whatever server stands in front.
"""

import io
from collections.abc import Callable
from typing import Any

from flask import Flask, Request, abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from tracker.web.guard import me, settings
from tracker.web.transfer.proxy import BehindProxy

STRANGER, MEMBER, MOST_FIELDS = 64 << 10, 2 << 20, 2_000
SENTENCES = {
    STRANGER: "Sign in first. Before you sign in, a form can hold 64 kB.",
    MEMBER: "This form can hold 2 MB. Upload a longer text as a file.",
}
TOO_MANY_FIELDS = f"This form can hold {MOST_FIELDS:,} fields. Send it in parts."
Environ = dict[str, Any]


class Parser(FormDataParser):
    """Reads a form; one with too many fields is refused, however it is packed."""

    def _parse_urlencoded(self, stream: Any, mimetype: str, content_length: int | None, options: dict[str, str]) -> Any:
        data = stream.read()
        if data.count(b"&") >= MOST_FIELDS:
            raise RequestEntityTooLarge(TOO_MANY_FIELDS)
        return super()._parse_urlencoded(io.BytesIO(data), mimetype, content_length, options)


class BoundedRequest(Request):
    """A form that is not read is empty for all who ask again, so that the page of the error can be drawn."""

    form_data_parser_class = Parser

    def drop_body(self) -> None:
        """From now on it brings nothing."""
        empty: Any = ImmutableMultiDict()
        self.__dict__.update(stream=io.BytesIO(), form=empty, files=empty)

    def _load_form_data(self) -> None:
        try:
            super()._load_form_data()
        except HTTPException:
            self.drop_body()
            raise


def allowance() -> int:
    """How many bytes the body of the request in hand may have."""
    if me() is None:
        return STRANGER
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_files", False) and request.mimetype == "multipart/form-data":
        return max(MEMBER, settings().max_upload_mb << 20)
    return MEMBER


def ask_allowance(app: Flask) -> Callable[[Environ], int]:
    """What a server asks when the headers of a request are there, with its environ, and the body is still to come."""

    def ask(environ: Environ, _start_response: object) -> int:
        try:
            with app.request_context(environ):
                return allowance()
        except HTTPException:
            return STRANGER

    behind = BehindProxy(ask, app.config["SETTINGS"].trusted_proxy)
    return lambda environ: behind(environ, None)


def bound() -> None:
    """Hold the request to what it may bring; answers 413 before a byte of its body is read."""
    request.max_content_length = longest = allowance()
    if (request.content_length or 0) > longest:
        request.drop_body()  # type: ignore[attr-defined]  # it is a BoundedRequest
        abort(413, SENTENCES.get(longest))


def init_app(app: Flask) -> None:
    """Ask before anything looks at a form."""
    app.request_class = BoundedRequest
    app.before_request(bound)
