"""What every page gets: the policy's answers, the words of the house, error pages, and headers that keep it safe."""

import secrets
import time
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException, SecurityError

from tracker.audit.as_of.present import stood
from tracker.audit.doors import AlreadyDone, Denied, Gone, NotAsked, Refused, housekeeping, now, witness  # fmt: skip
from tracker.audit.entries import name_of
from tracker.audit.floods import witness_repeated
from tracker.base import db, trouble
from tracker.models.case.cases import Case
from tracker.models.register.sessions import FormToken
from tracker.policy import Permission, allows
from tracker.policy.mask import sees_names, shown_to
from tracker.policy.refusals import CLOSED
from tracker.web.clocks import set_zone, zone_here
from tracker.web.guard import keyed_hash, me, sent_form
from tracker.web.limits.budgets import source_hash
from tracker.web.places import offered, page_of_form, show_refused, this_page, why_not_here

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # Flask-WTF refuses a POST over https without a Referer
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=63072000; includeSubDomains"
READ_AS = {"exposure": "who had access before", "name": "name of person", "evaluation": "evaluation of interview"}
TRIES_FOR_TWIN = 40  # of 50 ms each
SAYS_WHY = {409, 413, 422, 429}  # what we raise with a sentence of ours
MOST_DRAWN = 512


def page(template: str, form: Any = None, **values: Any) -> ResponseReturnValue:
    """Render a page; a form that was refused gives it its status, and one of a closed case knows that it is of one.

    The template gets what the address names, under the name the view has for it, and its case if the asker reads it.
    """
    values = named_here() | values
    if isinstance(case := values.get("case"), Case):
        set_zone(case)
    if form is not None:
        values["refused"] = why_not_here()
        form.of_closed = case is not None and case.is_closed
    return make_response(render_template(template, form=form, **values), form.status if form is not None else 200)


def named_here() -> dict[str, Any]:
    """What the address names, as the door has loaded it, and the case it belongs to: for whoever may read that."""
    things = {name: thing for name, thing in (request.view_args or {}).items() if hasattr(thing, "__tablename__")}
    of = next((getattr(thing, "case", None) for thing in things.values()), None)
    return things | ({"case": of} if isinstance(of, Case) and allows(me(), Permission.READ_CASE, of) else {})


def init_app(app: Flask) -> None:
    """Give every template its words and every answer its headers."""
    app.context_processor(_context)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        remembered=lambda macro, *values: _remembered(zone_here(), macro, *values),
        drawn_once=drawn_once,
        form_token=lambda: secrets.token_urlsafe(18),
        is_past=lambda moment: moment < now(),
        P=Permission,
        offered=offered,
        this_page=this_page,
        CLOSED=CLOSED,
        csrf_token=generate_csrf,
    )
    for fault, answer in (
        (Denied, _answer_denied),
        (Refused, _answer_refused),
        (Gone, _answer_gone),
        (AlreadyDone, _already_done),
        (NotAsked, _not_asked),
        (CSRFError, _answer_forged),
        (404, _not_found),
        (SecurityError, _other_host),
        (HTTPException, _http_error),
        (500, _our_fault),
    ):
        app.register_error_handler(fault, answer)
    app.after_request(_remember_location)
    app.after_request(_headers)


@lru_cache(4096)
def _remembered(_zone: str, macro: Any, *values: Any) -> Any:
    """What a macro draws that says nothing but its values, on the clocks of the page."""
    return macro(*values)


_drawn: dict[Any, Any] = {}


def drawn_once(key: Any, macro: Any, *values: Any) -> Any:
    """What a macro draws of these values, or drew of others with the same key: that tells all that is drawn of them."""
    if (found := _drawn.get((macro.name, key))) is None:
        found = macro(*values)
        if len(_drawn) >= MOST_DRAWN:
            _drawn.pop(next(iter(_drawn)), None)
        _drawn[macro.name, key] = found
    return found


def _context() -> dict[str, Any]:
    account = me()
    theme = request.cookies.get("theme", "auto")
    return {
        "me": account,
        "theme": theme if theme in {"light", "dark"} else "auto",
        "sees_names": lambda case: sees_names(account, case),
        "shown": lambda person: shown_to(account, person),
        "can": lambda needs, subject=None: account is not None and _offers(needs) and allows(account, needs, subject),
    }


def _offers(needs: Permission) -> bool:
    """Whether a page offers what needs this permission: of the record as it stood, only reading."""
    return stood() is None or needs.name.startswith("READ_")


def _error(status: int, sentence: str | None = None) -> ResponseReturnValue:
    case = request.path.split("/")[2] if me() is not None and request.path.startswith("/cases/LK-") else None
    return make_response(render_template("error.html", status=status, sentence=sentence, back_to=case), status)


def _answer_denied(fault: Denied) -> ResponseReturnValue:
    subject = fault.subject
    witness(
        "access.denied",
        me(),
        outcome="denied",
        case=getattr(subject, "case", None),
        needs=fault.needs.name.lower(),
        record=name_of(subject) if subject is not None else None,
    )
    return _error(403, str(fault))


def _answer_refused(fault: Refused) -> ResponseReturnValue:
    """A button was refused: its page again, with the sentence on top; a page of its own is the last resort."""
    answer = None
    if request.method == "POST" and me() is not None and (stood_on := page_of_form()) not in {this_page(), ""}:
        answer = show_refused(stood_on, str(fault))
    return answer or _error(409, str(fault))


def _answer_gone(_fault: Gone) -> ResponseReturnValue:
    return _not_found(None)


def _not_asked(fault: NotAsked) -> ResponseReturnValue:
    """Say what is to be opened and that it is recorded; the link on this page is one of ours, so it opens."""
    kind, thing = fault.name.partition(".")[0], fault.subject
    word = READ_AS.get(kind, kind.replace("_", " "))
    number = getattr(thing, "number", getattr(thing, "reference", ""))
    return make_response(render_template("not_asked.html", what=f"{word} {number}".strip(), url=this_page(asked=True)))


def _not_found(_fault: Any) -> ResponseReturnValue:
    """The same bytes for a hidden and a missing thing, and the same entry: no case, a keyed hash of the address."""
    if (account := me()) is not None:
        address = keyed_hash("address", request.full_path)[:32]
        witness_repeated("access.denied", account, outcome="denied", same={}, address=address)
    return make_response(render_template("not_found.html"), 404)


def _answer_forged(_fault: CSRFError) -> ResponseReturnValue:
    account, address = me(), keyed_hash("address", request.path)[:32]
    same = {} if account else {"source": source_hash()}
    witness_repeated("csrf.refused", account, outcome="denied", same=same, address=address)
    return _error(400, "This form does not belong to your session. Go back, reload the page and send it again.")


def _other_host(_fault: SecurityError) -> ResponseReturnValue:
    """Asked for under a name that is not ours: there are no addresses to draw a page with."""
    return "This program is not served under that name.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def _http_error(fault: HTTPException) -> ResponseReturnValue:
    ours = fault.code in SAYS_WHY and fault.description != type(fault).description
    answer = make_response(_error(fault.code or 500, fault.description if ours else None))
    for name in ("Allow", "Retry-After"):
        if value := dict(fault.get_headers()).get(name):
            answer.headers[name] = value
    return answer


def _our_fault(fault: Any) -> ResponseReturnValue:
    """Something went wrong: the machine's fault is named, one of ours has a number. Neither asks the database."""
    db.sessions.remove()
    if "_login_user" not in g:
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    if (cause := trouble.trouble_of(fault.original_exception)) is not None:
        return make_response(_error(cause.status, cause.sentence), {"Retry-After": "30"})
    g.error_id = secrets.token_hex(4)
    current_app.logger.error("Error %s is the %s above.", g.error_id, type(fault.original_exception).__name__)
    return _error(500, f"Nothing was saved. Give the operator the error number {g.error_id}.")


def _already_done(fault: AlreadyDone) -> ResponseReturnValue:
    """The same form again: to the place the first one led to, for which it waits while that one is being answered."""
    location = None
    for _ in range(TRIES_FOR_TWIN):
        location = db.session().scalar(sa.select(FormToken.location).where(FormToken.token == fault.token))
        db.session().rollback()  # the next look must see what was written since
        if location is not None:
            break
        time.sleep(0.05)
    return make_response("", 303, {"Location": location or this_page()})


def _remember_location(response: Any) -> Any:
    """Note where a sent form led to, for its twins."""
    token = sent_form()
    if token and response.status_code == 303 and "form_token" not in db.session().info:
        with db.best_effort(), housekeeping() as record:  # what was done is done: its answer must arrive
            sent = record.get(FormToken, token)
            if sent is not None and sent.location is None:
                sent.location = response.headers["Location"][:500]
    return response


def _headers(response: Any) -> Any:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static" or response.status_code != 200:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = HSTS
    return response
