"""Who asks, as far as the headers tell: by it those who wait for a thread take turns, before anybody looks at them.

A session is a visitor of its own if its cookie is one of ours. All others are told by their address: a cookie that
anybody can make up, and an address that no trusted proxy told, would make one visitor as many as they like.
"""

import re
from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask
from itsdangerous import BadData

from tracker.web.limits.budgets import source_of
from tracker.web.transfer.proxy import BehindProxy


def ask_visitor(app: Flask) -> Callable[[dict[str, Any]], Hashable]:
    """What a server asks of every request, with its environ: it must cost next to nothing, and reads no database."""
    interface: Any = app.session_interface
    signed = interface.get_signing_serializer(app)
    ours = re.compile(rf'(?:^|;) *{re.escape(interface.get_cookie_name(app))}="?([^;" ]*)')

    def ask(environ: dict[str, Any], _start_response: object) -> Hashable:
        cookie = ours.search(environ.get("HTTP_COOKIE", ""))
        try:
            token = signed.loads(cookie[1]).get("_user_id") if cookie else None
        except BadData:
            token = None
        return ("session", token) if token else source_of(environ.get("REMOTE_ADDR"))

    behind = BehindProxy(ask, app.config["SETTINGS"].trusted_proxy)
    return lambda environ: behind(environ, None)
