"""Signing in and out, one-time links, and what was typed when a session ended."""

from contextlib import suppress
from typing import Any

from flask import flash, g, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests
from wtforms import HiddenField, PasswordField, ValidationError

from tracker.actions.register import sessions as actions
from tracker.actions.register.accounts import accept_invitation, invitation_of
from tracker.analysis.typed.writing import at
from tracker.audit.doors import Refused
from tracker.base import db, passwords
from tracker.models.register.accounts import Account
from tracker.models.register.sessions import LoginSession
from tracker.models.register.storage import used_by
from tracker.policy import Permission
from tracker.policy.quotas import allowed, share
from tracker.views.register.carry_over import ask_later, carried_fields, local_path, refill, sent_fields
from tracker.web import login
from tracker.web.fields import EmailText, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import Area, me
from tracker.web.limits import throttle
from tracker.web.places import go, page_of_form, this_page
from tracker.web.rendering import page

area = Area("sessions", __name__)


class SignInForm(RecordForm):
    """Address and password; `next` is where to go, the carried fields are what was typed before."""

    email = EmailText("Email address", [needed("Enter your email address.")], autocomplete="username")
    password = PasswordField(
        "Password", [needed("Enter your password.")], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()
    led = HiddenField()  # whether a page of another site led to this form, and so to `next`


class PasswordForm(RecordForm):
    """The password a one-time link asks for."""

    def __init__(self, owner: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner

    password = PasswordField(
        "Password",
        [needed("Enter a password.")],
        render_kw={"autocomplete": "new-password"},
        description="Use 15 characters or more. A few words in a row are easy to remember.",
    )

    def validate_password(self, field: Any) -> None:
        """Long enough, not known to everybody, not made of the owner's name."""
        try:
            passwords.check(field.data, self.owner.email, self.owner.name)
        except passwords.BadPassword as bad:
            raise ValidationError(str(bad)) from bad


class ChangePasswordForm(PasswordForm):
    """A new password for oneself, after the current one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.label.text = "New password"

    current = PasswordField(
        "Current password", [needed("Enter your current password.")], render_kw={"autocomplete": "current-password"}
    )


@area.form("/sign-in", needs=Permission.ANYONE)
def sign_in() -> ResponseReturnValue:
    """One way in; the same answer for an unknown, a disabled and a known name."""
    form = SignInForm()
    if not form.next.data:
        form.next.data = request.args.get("next", "")
    if db.session().info.get("elsewhere"):
        form.led.data = "1"
    if form.validate_on_submit():
        db.session().info.pop("form_token", None)  # the button pressed twice is no harm; its twin needs the cookie too
        try:
            account = throttle.attempt(form.email.data, form.password.data)
        except TooManyRequests as later:
            return ask_later("register/sessions/sign_in.html", form, later)
        if account is not None:
            with suppress(Refused):  # disabled while the password was being checked
                return _welcome(account, form)
        form.refusal = throttle.SENTENCE
    return page("register/sessions/sign_in.html", form=form, carried=carried_fields())


@area.post("/sign-out", needs=Permission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this session on the server; a copied cookie is dead."""
    actions.sign_out(me(), me(), login=me().login_session)
    login.forget()
    answer = redirect(url_for(".sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@area.route("/sessions", needs=Permission.SIGNED_IN)
def list_page() -> ResponseReturnValue:
    """Where I am signed in, what my files take, and the way to my password."""
    used = db.session().scalar(used_by(me().uid)) or 0
    return page("register/sessions/list.html", sessions=login.alive(me()), files=share(used, allowed.member))


@area.post("/sessions/<key>/end", needs=Permission.SIGNED_IN, of=LoginSession)
def end(login_session: LoginSession) -> ResponseReturnValue:
    """End another session of mine."""
    actions.end_session(me(), login_session)
    return go(".list_page")


@area.form("/password", needs=Permission.SIGNED_IN)
def password() -> ResponseReturnValue:
    """Change my password; every other session of mine ends."""
    return ChangePasswordForm(me()).takes(
        _change, me(), "register/sessions/password.html", to=lambda _: go(".list_page"),
        done="Your password is changed. All your other sessions have ended.",
    )  # fmt: skip


def _change(account: Account, owner: Account, *, current: str, password: str) -> None:
    if not throttle.confirms(account, current):
        raise Refused("The current password is incorrect. Wait a few seconds, then try again.")
    actions.change_password(account, owner, current=current, new=password, keep=account.login_session)


@area.form("/invitations/<token>", needs=Permission.ANYONE)
def invitation(token: str) -> ResponseReturnValue:
    """A one-time link: set the password, then sign in with it."""
    found = invitation_of(token)
    if found is None:
        return make_response(page("register/sessions/spent.html"), 404)
    return PasswordForm(found.account).takes(
        lambda _nobody, invitation, password: accept_invitation(found.account, invitation, password=password),
        found, "register/sessions/invitation.html", to=lambda _: go(".sign_in"), invitation=found,
        done="Your password is set. Sign in with the new password.",
    )  # fmt: skip


def unauthorized() -> ResponseReturnValue:
    """Nobody is signed in: ask, and carry what was typed so that it is not lost."""
    if request.method == "GET":
        return redirect(url_for("sessions.sign_in", next=this_page(asked=True)), 302)
    own = (
        request.headers.get("Origin") == request.host_url.rstrip("/")
        or request.headers.get("Sec-Fetch-Site") == "same-origin"
    )
    form = SignInForm(formdata=None)
    form.next.data = page_of_form() if own else ""
    g.typed_before = sent_fields() if own else []
    answer = page("register/sessions/sign_in.html", form=form, carried=g.typed_before, ended=True)
    return make_response(answer, 401)


def _news(account: Account) -> list[tuple[str, str]]:
    """What the owner of an account is told on her next page: when she was here last, and what happened since."""
    news = []
    if (last := throttle.last_sign_in(account)) is not None:
        failed = throttle.failures_since(last, account.email)
        advice = " If they were not yours, tell an administrator." if failed else ""
        told = f"You last signed in on {at(last)}. Failed attempts since then: {failed}.{advice}"
        news.append((told, "warning" if failed else "info"))
    if account.password_notice:
        changed = f"Your password was changed on {at(account.password_set_at)}."
        news.append((f"{changed} If that was not you, tell an administrator at once.", "warning"))
        actions.note_password_notice(account, account)
    return news


def _welcome(account: Account, form: SignInForm) -> ResponseReturnValue:
    """Begin the session; go where they wanted to go, or show the form they had filled in, unsaved. Raises Refused."""
    news = _news(account)
    login.begin(account)
    for sentence, tone in news:
        flash(sentence, tone)
    target = local_path(form.next.data)
    if form.led.data:
        session["led_to"] = target if "?" in target else f"{target}?"
    answer = refill(target) if carried_fields() else make_response(redirect(target, 303))
    answer.set_cookie(
        throttle.DEVICE,
        throttle.device_cookie(form.email.data, login.new_device()),
        max_age=31_536_000,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path="/sign-in",
    )
    return answer
