"""Which pages can be read as of a time, and how: the same view, on a session over the record as it stood.

Whether somebody may read it was asked at the door, of the register as it is. What is read is recorded there as well.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, flash, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.analysis.typed.writing import at as write_at
from tracker.audit.as_of.present import ONLY_READ, Stood, stood
from tracker.audit.as_of.reading import NotYet, as_it_stood
from tracker.audit.doors import now
from tracker.exports.spool import spool_folder
from tracker.models.case.staffing import with_roles
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.web.as_of.addresses import Below, asked, choice_url, page_now, path_here
from tracker.web.clocks import zone_here
from tracker.web.guard import argument_name, me, settings

ROOMS = {"disclosure", "access", "inquiry", "answers", "findings"}  # of the case itself and its team is read what is
READS = {Permission.READ_CASE, Permission.READ_EXPOSURE, Permission.READ_INTERVIEW, Permission.READ_EXHIBIT}
OF_NOW = {"as_of.choose"}
SHOWN_NOW = "This page shows the record as it is now. It cannot be shown as of a date."


def init_app(app: Flask) -> None:
    """Let the views that only read a case read it as it stood; all others lead back to now."""
    app.wsgi_app = Below(app.wsgi_app)  # type: ignore[method-assign]
    for endpoint, view in app.view_functions.items():
        if _only_reads(app, endpoint, view):
            app.view_functions[endpoint] = _reads_as_of(view)
    app.before_request(_turn_back)
    app.jinja_env.globals.update(
        as_of=stood, as_of_words=words, can_be_as_of=can_be_as_of, choice_url=choice_url, page_now=page_now,
        path_here=path_here,
    )  # fmt: skip


def words(one: Stood) -> str:
    """ "3 May 2026, 18:00 (UTC+2)", on the clocks of the page."""
    return write_at(one.at, zone_here())


def can_be_as_of() -> bool:
    """Whether this page can be read as of a time."""
    return hasattr(current_app.view_functions.get(request.endpoint or ""), "reads_as_of")


def _only_reads(app: Flask, endpoint: str, view: Any) -> bool:
    area = app.blueprints.get(endpoint.partition(".")[0])
    methods = {method for rule in app.url_map.iter_rules(endpoint) for method in rule.methods or ()}
    room = area.import_name.split(".")[2] if area and area.import_name.count(".") > 2 else ""
    reads = getattr(view, "of", None) is not None and view.needs in READS and not view.fresh
    return reads and room in ROOMS and methods <= {"GET", "HEAD", "OPTIONS"} and endpoint not in OF_NOW


def _turn_back() -> ResponseReturnValue | None:
    """What cannot be read as of a time is shown as it is; nothing of a case is changed from here."""
    if asked() is None or request.endpoint in {None, "static"} or can_be_as_of():
        return None
    if request.method == "POST" and request.path.startswith("/cases/"):
        abort(409, ONLY_READ)
    if request.method == "GET" and request.path.startswith("/cases/"):
        flash(SHOWN_NOW, "info")
    return redirect(page_now(), 303 if request.method in {"GET", "HEAD"} else 307)


def _reads_as_of(view: Any) -> Callable[..., ResponseReturnValue]:
    @wraps(view)
    def read(**things: Any) -> ResponseReturnValue:
        at = asked()
        return view(**things) if at is None else _read(view, next(iter(things.values())), at)

    read.reads_as_of = True  # type: ignore[attr-defined]
    return read


def _read(view: Any, subject: Any, at: datetime) -> ResponseReturnValue:
    """The view, on the thing as it was and for the same reader; all is as before when the page was made."""
    reader, named = me(), request.view_args
    if at > now():
        return _choose_again(subject, at)
    try:
        with as_it_stood(subject.case, at, spool_folder(settings().instance)) as record:
            g._login_user = reader_in(record, reader)
            thing = with_roles(record, g._login_user, view.of.locate(g._login_user, **g.named))
            if thing is None:
                return make_response(render_template("answers/as_of/not_there.html", case=subject.case), 404)
            request.view_args = {argument_name(view.of): thing}
            return make_response(view(**request.view_args))
    except NotYet:
        return _choose_again(subject, at)
    finally:
        g._login_user, request.view_args = reader, named


def _choose_again(subject: Any, at: datetime) -> ResponseReturnValue:
    return redirect(choice_url(subject.case, on=f"{at:%Y-%m-%d %H:%M} UTC", page=path_here()), 303)


def reader_in(record: Session, reader: Any) -> Account:
    """The same account, of the session over the record as it stood."""
    account: Any = record.merge(reader, load=False)
    account.session_token, account.login_session = reader.session_token, reader.login_session
    return account
