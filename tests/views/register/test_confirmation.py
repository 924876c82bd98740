"""The password asked for again: on the way to a page that signs, and before names leave. Nothing is saved meanwhile."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.world import PASSWORD
from tracker.audit.doors import housekeeping, now
from tracker.base import db
from tracker.models.register.exports import Export
from tracker.models.register.sessions import LoginAttempt, LoginSession
from tracker.policy import Permission
from tracker.web.fields import ShortText
from tracker.web.forms import RecordForm
from tracker.web.guard import CLOCK_STEP, CONFIRMED_FOR, me

PASSED = CONFIRMED_FOR + timedelta(seconds=5)
NAMES = {"names": "y", "purpose": "For the referral", "recipient": "The prosecutor"}
EXPORT = "/cases/LK-AAAA/export"


class SignForm(RecordForm):
    """Something that is signed."""

    words = ShortText("Words")


signed = []


def sign():
    """A page that signs."""
    form = SignForm()
    if form.validate_on_submit():
        signed.append((me().name, form.words.data))
        return "signed"
    return f"<h1>Sign</h1><p>{form.words.data or 'nothing'}</p>"


@pytest.fixture
def signing(app):
    """The address of a page that asks for the password again."""
    signed.clear()
    sign.needs, sign.of, sign.fresh = Permission.SIGNED_IN, None, True
    app.view_functions["sign"] = sign
    app.url_map.add(app.url_rule_class("/sign", endpoint="sign", methods=["GET", "POST"]))
    return "/sign"


def confirmed(ago, *, newest=True):
    """Move the confirmation of the newest session, or of all."""
    db.session().rollback()
    sessions = sa.select(LoginSession).order_by(LoginSession.id.desc())
    with housekeeping() as record:
        for login in record.scalars(sessions.limit(1) if newest else sessions):
            login.confirmed_at = now() - ago


def exports():
    db.session().rollback()
    return db.session().scalar(sa.select(sa.func.count(Export.id)))


def typed(fields):
    """Fields as they are carried along."""
    return {f"typed.{name}": text for name, text in fields.items()}


def seen(client, url, method="GET", **fields):
    """A page of the tests, which is none of the program's: it is not looked at as strictly."""
    with client.application.app_context():
        return FlaskClient.open(client, url, method=method, **fields)


@pytest.mark.alters
def test_a_page_that_signs_is_shown_to_whoever_has_just_given_the_password(browse, signing):
    assert "Sign" in seen(browse("lena"), signing).text


@pytest.mark.alters
def test_ten_minutes_later_the_password_is_asked_for_and_leads_back(browse, signing, last_entry):
    lena = browse("lena")
    confirmed(PASSED)
    answer = lena.get(f"{signing}?step=2")
    assert (answer.status_code, answer.location) == (302, "/confirm?next=/sign?step%3D2")
    back = lena.post_form(answer.location, password=PASSWORD, at=answer.location)
    assert (back.status_code, back.location) == (303, "/sign?step=2")
    assert last_entry()["act"] == "password.confirmed"
    assert "Sign" in seen(lena, signing).text


@pytest.mark.alters
def test_what_was_typed_is_carried_and_not_saved(browse, signing, entries):
    lena = browse("lena")
    confirmed(PASSED)
    asked = lena.post(signing, data={**lena.tokens(), "words": "I sign <this>"})
    assert asked.status_code == 401
    assert "I sign &lt;this&gt;" in asked.text
    assert PASSWORD not in asked.text
    assert signed == []
    carried = {**lena.tokens(), "next": signing, "password": PASSWORD, **typed({"words": "I sign <this>"})}
    shown = seen(lena, "/confirm", "POST", data=carried)
    assert shown.status_code == 200
    assert "I sign <this>" in shown.text
    assert signed == []
    assert entries()[-1]["act"] == "password.confirmed"


@pytest.mark.alters
@pytest.mark.parametrize(
    ("ago", "status"),
    [
        (CONFIRMED_FOR - timedelta(seconds=20), 200),
        (PASSED, 302),
        (-CLOCK_STEP + timedelta(seconds=20), 200),
        (-CLOCK_STEP - timedelta(seconds=20), 302),
    ],
    ids=["nine minutes", "ten minutes", "a small step of the clock", "a clock that was set back"],
)
def test_a_confirmation_lasts_ten_minutes_and_a_clock_set_back_prolongs_none(browse, signing, ago, status):
    lena = browse("lena")
    confirmed(ago)
    assert seen(lena, signing).status_code == status


def test_a_wrong_password_counts_as_a_try_and_confirms_nothing(browse, entries):
    lena = browse("lena")
    confirmed(PASSED)
    tries = db.session().scalar(sa.select(sa.func.count(LoginAttempt.id)))
    answer = lena.post_form("/confirm", password="not the password", next=EXPORT)
    assert answer.status_code == 409
    assert "The password is incorrect. Wait a few seconds, then try again." in answer.text
    db.session().rollback()
    assert db.session().scalar(sa.select(sa.func.count(LoginAttempt.id))) == tries + 1
    assert entries()[-1]["act"] == "login.failed"
    assert entries("password.confirmed") == []
    assert lena.post(EXPORT, data={**lena.tokens(), **NAMES}).status_code == 401


def test_after_many_wrong_passwords_the_right_one_must_wait_too(browse, entries):
    lena = browse("lena")
    for _ in range(6):
        lena.post_form("/confirm", password="not the password")
    assert lena.post_form("/confirm", password=PASSWORD).status_code == 409
    assert entries()[-1]["act"] == "login.delayed"


def test_no_password_is_no_password(browse):
    answer = browse("lena").post_form("/confirm")
    assert answer.status_code == 422
    assert "Enter your password." in answer.text


def test_names_leave_only_after_the_password_was_given_again(browse):
    lena = browse("lena")
    confirmed(PASSED)
    asked = lena.post_form(EXPORT, **NAMES)
    assert asked.status_code == 401
    assert exports() == 0
    for words in ("For the referral", "The prosecutor"):
        assert words in asked.text
    shown = lena.post("/confirm", data={
        **lena.tokens(), "next": EXPORT, "password": PASSWORD, **typed(NAMES),
    })  # fmt: skip
    assert shown.status_code == 200
    assert "Nothing is saved yet" in shown.text
    assert "For the referral" in shown.text
    assert exports() == 0
    assert lena.post_form(EXPORT, **NAMES).content_type == "application/zip"
    assert exports() == 1


def test_without_names_nobody_is_asked_again(browse):
    lena = browse("lena")
    confirmed(PASSED)
    assert lena.post_form(EXPORT).content_type == "application/zip"


def test_another_browser_does_not_confirm_for_this_one(browse):
    first = browse("lena")
    confirmed(PASSED, newest=False)
    other = browse("lena")
    assert other.post_form("/confirm", password=PASSWORD).status_code == 303
    assert first.post_form(EXPORT, **NAMES).status_code == 401
    assert other.post_form(EXPORT, **NAMES).status_code == 200


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""])
def test_the_way_on_never_leads_to_another_site(browse, target):
    lena = browse("lena")
    answer = lena.post("/confirm", data={**lena.tokens(), "next": target, "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_stranger_confirms_nothing(browse, entries):
    assert browse(None).get("/confirm").status_code == 302
    assert entries("password.confirmed") == []
