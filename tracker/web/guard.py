"""The door: no view runs before the policy has said yes, and no view can be written that does not ask it."""

import hashlib
import hmac
import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, current_app, g, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from tracker.audit.as_of.present import present
from tracker.audit.doors import Denied, now
from tracker.audit.entries import Origin
from tracker.base import db
from tracker.base.config import Settings
from tracker.models.case.staffing import with_roles
from tracker.policy import Permission, allows

CONFIRMED_FOR, CLOCK_STEP = timedelta(minutes=10), timedelta(minutes=2)


class Area(Blueprint):
    """A blueprint whose every route says what it needs, and on what."""

    def route(  # type: ignore[override]
        self,
        rule: str,
        *,
        needs: Permission,
        of: Any = None,
        fresh: bool = False,
        takes_files: bool = False,
        unless: Any = None,
        **options: Any,
    ) -> Any:
        """Register a view that needs a permission on the thing its address names, which it gets as an argument.

        `fresh`: the password must have been given within the last ten minutes (to sign, approve, close, reveal).
        `takes_files`: what is sent to it may be as long as a file. `unless` says of the thing why its action would be
        refused now (None if it would not): the sentence stands in place of its form and of every button to it.
        """

        def register(view: Any) -> Any:
            if hasattr(view, "needs"):
                raise TypeError(f"{view.__name__} already needs {view.needs}: one view, one permission")
            view.needs, view.of, view.fresh, view.takes_files, view.unless = needs, of, fresh, takes_files, unless
            return super(Area, self).route(rule, **options)(view)

        return register

    def form(self, rule: str, **options: Any) -> Any:
        """A page with a form: GET shows it, POST sends it."""
        return self.route(rule, methods=["GET", "POST"], **options)

    def post(self, rule: str, **options: Any) -> Any:
        """A button: POST only."""
        return self.route(rule, methods=["POST"], **options)


def me() -> Any:
    """The account that is signed in, as itself and not as a proxy; None only on pages that are open to anybody."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def settings() -> Settings:
    """The settings of the running program."""
    return current_app.config["SETTINGS"]


def keyed_hash(purpose: str, text: str) -> str:
    """A keyed hash: the same text gives the same word, and nobody without the key can guess the text from it."""
    key = settings().secret_key.encode()
    return hmac.new(key, f"{purpose}\0{text}".encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


def argument_name(of: Any) -> str:
    """`AccessLog` reaches its view as `access_log`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", of.__name__).lower()


def admit() -> ResponseReturnValue | None:
    """Ask the policy before any view; load what the address names through what exists for the asker."""
    if request.endpoint is None:
        return None  # no such page: the error handler answers
    view: Any = current_app.view_functions[request.endpoint]
    account = me()
    if account is None and view.needs is not Permission.ANYONE:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if request.method == "POST" and _is_foreign():
        raise CSRFError("sent by a page of another site")
    current_app.extensions["csrf"].protect()
    if view.needs is Permission.ANYONE:
        return None
    subject = None
    if view.of:
        g.named = {name: value for name, value in (request.view_args or {}).items() if name != "ending"}  # of a file
        subject = load(account, view)
        request.view_args = {argument_name(view.of): subject}
    if not allows(account, view.needs, subject):
        raise Denied(view.needs, subject)
    return None if not view.fresh or is_fresh() else ask_again()


def admit_again() -> None:
    """Ask once more, on the record as it is by now, before bytes leave that took a while to write.

    Raises Denied, and answers 404 for what no longer exists for the asker, and 401 when their session has ended.
    """
    view: Any = current_app.view_functions[request.endpoint or ""]
    with present() as session:
        session.rollback()  # which forgets what it knew
        account = current_app.login_manager._user_callback(current_user.get_id())  # type: ignore[attr-defined]
        if account is None:
            abort(401)
        subject = load(account, view) if view.of else None
        if not allows(account, view.needs, subject):
            raise Denied(view.needs, subject)


def load(account: Any, view: Any) -> Any:
    """What the address names, of what exists for the asker; else 404."""
    return with_roles(db.session(), account, view.of.locate(account, **g.named)) or abort(404)


def is_fresh() -> bool:
    """Whether whoever asks gave the password within the last ten minutes, in this browser."""
    return -CLOCK_STEP <= now() - me().login_session.confirmed_at <= CONFIRMED_FOR


def ask_again() -> ResponseReturnValue:
    """Ask for the password before going on; what was typed is carried along."""
    return current_app.extensions["confirm"]()


def _is_foreign() -> bool:
    """Whether the browser says that another site's page sends this, whatever token it carries."""
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and origin.partition("://")[2] != request.host


def led_from_elsewhere() -> bool:
    """Whether nobody asked for this page here: a page of another site led to it, or the browser fetches it ahead."""
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return True
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site not in {"same-origin", "none"}
    came_from = request.headers.get("Referer")  # of a browser that says no more
    return came_from is not None and urlsplit(came_from).netloc != request.host


def remember_origin() -> None:
    """Tell the audit log's entries which session and which form they come from, and whether the reader asked for it."""
    info = db.session().info
    for name in set(info) - {"head"}:  # which was asked together with who signed in
        del info[name]
    info["aside"] = request.environ.get("tracker.aside", nullcontext)  # who waits for their turn to write makes room
    token = current_user.get_id() if current_user.is_authenticated else None
    if request.method in {"GET", "HEAD"}:
        asked = request.script_root + request.full_path
        info["elsewhere"] = led_from_elsewhere() or session.pop("led_to", None) == asked
    info["origin"] = Origin(sid=keyed_hash("sid", token)[:16] if token else None)
    if form := sent_form():
        info["form_token"] = form


def sent_form() -> str | None:
    """What tells the form that was sent from all others: its token and what was typed into it.

    The same form with other words, sent from a page that was gone back to, is another form: its words are not lost.
    """
    if request.method != "POST" or not request.form.get("form_token"):
        return None
    typed = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"]
    files = [(name, file.filename) for name, file in request.files.items(multi=True)]
    return keyed_hash("form", repr((request.path, typed, files)))


def init_app(app: Flask, confirm: Callable[[], ResponseReturnValue]) -> None:
    """Put the door in front of every view; an app with a view that names no permission does not start.

    `confirm` answers when the password is asked for again.
    """
    app.extensions["confirm"] = confirm
    static: Any = app.view_functions["static"]
    static.needs, static.of, static.fresh = Permission.ANYONE, None, False
    unguarded = [name for name, view in app.view_functions.items() if not hasattr(view, "needs")]
    if unguarded:
        raise RuntimeError(f"views that name no permission: {unguarded}")
    app.before_request(remember_origin)
    app.before_request(admit)
