"""The checking client: every page that any test fetches is looked at as a strict reader would."""

import re
import secrets
import time
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests import world
from tests.readers.page_faults import faults_of
from tests.readers.pages import page_of
from tracker.actions.register.sessions import sign_in
from tracker.audit.doors import now
from tracker.base import db
from tracker.models.register.accounts import Account
from tracker.models.register.sessions import LoginSession
from tracker.web.login import token_hash

MOST_STATEMENTS, MOST_OF_AN_OVERVIEW = 15, 17  # an overview has open points, the course of the case and what is to do
OVERVIEW = re.compile(r"/cases/LK-[0-9A-Z]+")
_told: list[str] = []


@event.listens_for(sa.Engine, "before_cursor_execute")
def _tell(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    """Remember what a page asked the database; BEGIN, settings, and what a recorded read writes are not asking."""
    writing = connection.get_execution_options().get("writing")
    if not writing and not statement.startswith(("PRAGMA", "BEGIN", "SET ")):
        _told.append(statement)


class Browser(FlaskClient):
    """A test client that fails on any bad page, and fills in forms as a browser does."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request with a session of its own on the database, and check the page that comes back."""
        registry = db.sessions.registry.registry
        mine = registry.__dict__.pop("value", None)
        _told.clear()
        try:
            with self.application.app_context():  # else Flask would share `g`, and with it who is signed in
                response = super().open(*args, **kwargs)
                response.get_data()
                response.close()  # a file that was sent is let go
        finally:
            if mine is not None:
                mine.rollback()  # what the request changed is read anew
                registry.value = mine
        told = list(_told)
        if response.mimetype == "text/html" and response.data and response.status_code not in range(300, 400):
            page = f"{response.request.method} {response.request.full_path.rstrip('?')}"
            found = faults_of(self.application, response.request.path, response.text, response.request.script_root)
            most = MOST_OF_AN_OVERVIEW if OVERVIEW.fullmatch(response.request.path) else MOST_STATEMENTS
            most += response.request.path.startswith("/as-of/")  # what is read is located as it is, and as it was
            if response.request.method == "GET" and len(told) > most:
                found.append(f"{len(told)} statements, {most} are allowed:\n" + "\n".join(told))
            assert not found, f"{page} ({response.status_code}): " + "; ".join(found)
        return response

    def tokens(self) -> dict[str, str]:
        """The two hidden tokens of a form, as a page of this session would hold them."""
        with self.session_transaction() as cookie:
            cookie.setdefault("csrf_token", secrets.token_hex(20))
            raw = cookie["csrf_token"]
        with self.application.app_context(), self.application.test_request_context() as context:
            context.session["csrf_token"] = raw
            return {"csrf_token": generate_csrf(), "form_token": secrets.token_urlsafe(18)}

    def post_form(
        self, url: str, more: dict[str, Any] | None = None, /, *, at: str | None = None, **fields: Any
    ) -> TestResponse:
        """Open the page `at` (or `url`), fill in the form that leads to `url`, and send it.

        What the form shows already is sent too, as a browser does; names with a dash go into `more`. A list gives a
        field several values; None empties it.
        """
        answer = self.get(at or url)
        assert answer.status_code == 200, f"{at or url} answers {answer.status_code}"
        form = page_of(answer.text).form_to(url, answer.request.path)
        return self.post(url, data=form.filled({**fields, **(more or {})}), content_type=form.content_type)

    def sign_in(self, email: str, password: str = world.PASSWORD, **fields: str) -> TestResponse:
        """Sign in through the page, as people do."""
        return self.post_form("/sign-in", email=email, password=password, **fields)


def signed_in(app: Flask, who: str | None, *, ended: bool = False) -> Browser:
    """A client with a session of one of the people, begun without her typing a password; None is a stranger."""
    client = app.test_client()
    assert isinstance(client, Browser)
    if who is not None:
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = begun(world.person(who).id, ended=ended), True
    return client


def begun(account_id: int, *, ended: bool = False) -> str:
    """The token of a new session, or of one that was ended at once."""
    token, moment = f"{secrets.token_urlsafe(24)}{time.monotonic_ns()}", now()
    account = db.session().get_one(Account, account_id)
    login = LoginSession(
        token_hash=token_hash(token), started_at=moment, seen_at=moment, confirmed_at=moment,
        ended_at=moment if ended else None, browser="A test", address="127.0.0.1",
    )  # fmt: skip
    sign_in(account, account, login=login)
    return token
