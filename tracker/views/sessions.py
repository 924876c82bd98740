"""Signing in and out, one-time links, and what was typed when a session ended."""

from typing import Any

from flask import flash, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, PasswordField, ValidationError

from tracker import db, passwords, signin, throttle
from tracker.actions import sessions as actions
from tracker.actions.accounts import accept_invitation, invitation_of
from tracker.audit.doors import Refused
from tracker.fields import Line, needed
from tracker.forms import RecordForm
from tracker.guard import Area, me
from tracker.models.accounts import User
from tracker.models.sessions import LoginSession
from tracker.policy import Permission
from tracker.rendering import at, page
from tracker.views.carried import carried, filled_in, local_path, page_of_form, typed
from tracker.web.places import go

area = Area("sessions", __name__)


class SignInForm(RecordForm):
    """Address and password; `next` is where to go, the carried fields are what was typed before."""

    email = Line(
        "Email address",
        [needed("Enter your email address.")],
        longest=254,
        render_kw={"autocomplete": "username", "type": "email"},
    )
    password = PasswordField(
        "Password", [needed("Enter your password.")], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()


class PasswordForm(RecordForm):
    """The password a one-time link asks for."""

    def __init__(self, owner: User, *args: Any, **kwargs: Any) -> None:
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
    if form.validate_on_submit():
        db.session().info.pop("form_token", None)  # the button pressed twice is no harm; its twin needs the cookie too
        user = throttle.attempt(form.email.data, form.password.data)
        if user is not None:
            return _welcome(user, form)
        form.refusal = throttle.SENTENCE
    return page("sessions/sign_in.html", form=form, carried=carried())


@area.post("/sign-out", needs=Permission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this session on the server; a copied cookie is dead."""
    actions.sign_out(me(), me(), login=me().login_session)
    signin.forget()
    answer = redirect(url_for(".sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@area.route("/sessions", needs=Permission.SIGNED_IN)
def listed() -> ResponseReturnValue:
    """Where I am signed in, and the way to my password."""
    return page("sessions/list.html", sessions=signin.alive(me()))


@area.post("/sessions/<number:number>/end", needs=Permission.SIGNED_IN, of=LoginSession)
def end(login_session: LoginSession) -> ResponseReturnValue:
    """End another session of mine."""
    actions.end_session(me(), login_session)
    return go(".listed")


@area.form("/password", needs=Permission.SIGNED_IN)
def password() -> ResponseReturnValue:
    """Change my password; every other session of mine ends."""
    return ChangePasswordForm(me()).takes(
        _change, me(), "sessions/password.html", to=lambda _: go(".listed"),
        done="Your password is changed. All your other sessions have ended.",
    )  # fmt: skip


def _change(user: User, owner: User, *, current: str, password: str) -> None:
    if not throttle.confirms(user, current):
        raise Refused("The current password is incorrect. Wait a few seconds, then try again.")
    actions.change_password(user, owner, current=current, new=password, keep=user.login_session)


@area.form("/invitations/<token>", needs=Permission.ANYONE)
def invitation(token: str) -> ResponseReturnValue:
    """A one-time link: set the password, then sign in with it."""
    found = invitation_of(token)
    if found is None:
        return make_response(page("sessions/spent.html"), 404)
    return PasswordForm(found.user).takes(
        lambda _nobody, invitation, password: accept_invitation(found.user, invitation, password=password),
        found, "sessions/invitation.html", to=lambda _: go(".sign_in"), invitation=found,
        done="Your password is set. Sign in with the new password.",
    )  # fmt: skip


def unauthorized() -> ResponseReturnValue:
    """Nobody is signed in: ask, and carry what was typed so that it is not lost."""
    if request.method == "GET":
        return redirect(url_for("sessions.sign_in", next=request.full_path.rstrip("?")), 302)
    own = (
        request.headers.get("Origin") == request.host_url.rstrip("/")
        or request.headers.get("Sec-Fetch-Site") == "same-origin"
    )
    form = SignInForm(formdata=None)
    form.next.data = page_of_form() if own else ""
    g.typed_before = typed() if own else []
    answer = page("sessions/sign_in.html", form=form, carried=g.typed_before, ended=True)
    return make_response(answer, 401)


def _news(user: User) -> list[tuple[str, str]]:
    """What the owner of an account is told on her next page: when she was here last, and what happened since."""
    news = []
    if (last := throttle.last_sign_in(user)) is not None:
        failed = throttle.failures_since(last, user.email)
        advice = " If they were not yours, tell an administrator." if failed else ""
        told = f"You last signed in on {at(last)}. Failed attempts since then: {failed}.{advice}"
        news.append((told, "warning" if failed else "info"))
    if user.password_notice:
        changed = f"Your password was changed on {at(user.password_set_at)}."
        news.append((f"{changed} If that was not you, tell an administrator at once.", "warning"))
        actions.note_password_notice(user, user)
    return news


def _welcome(user: User, form: SignInForm) -> ResponseReturnValue:
    """Begin the session; go where she wanted to go, or show the form she had filled in, unsaved."""
    news = _news(user)
    signin.begin(user)
    for sentence, tone in news:
        flash(sentence, tone)
    target = local_path(form.next.data)
    answer = filled_in(target) if carried() else make_response(redirect(target, 303))
    answer.set_cookie(
        throttle.DEVICE,
        throttle.device_cookie(form.email.data, signin.new_device()),
        max_age=31_536_000,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path="/sign-in",
    )
    return answer
