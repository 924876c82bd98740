"""Sessions that run out: the audit log says so once, and a clock that is set back prolongs none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.world import PASSWORD


def test_a_session_that_ran_out_is_told_of_once(browse, world, clock, entries):
    lena = browse("lena")
    clock.shift(timedelta(minutes=31))
    for _ in range(2):
        assert lena.get("/cases").status_code == 302
    expired = entries("login.expired")
    assert [entry["actor"] for entry in expired] == [world.person("lena").uid]


def test_a_session_that_was_ended_is_not_told_of_as_run_out(browse, clock, entries):
    lena = browse("lena")
    lena.post_form("/sign-out", at="/sessions")
    clock.shift(timedelta(hours=13))
    lena.get("/cases")
    assert entries("login.expired") == []


@pytest.mark.parametrize(("back", "answer"), [(timedelta(seconds=30), 200), (timedelta(minutes=5), 302)])
def test_a_clock_set_back_prolongs_no_session(browse, clock, back, answer):
    lena = browse("lena")
    lena.get("/cases")  # from now on the cookie stays as it is
    clock.shift(timedelta(minutes=20))
    assert lena.get("/cases").status_code == 200
    clock.shift(-back)
    assert lena.get("/cases").status_code == answer


@pytest.mark.parametrize("step", [timedelta(seconds=-3), timedelta(seconds=-119), timedelta(seconds=119)])
def test_two_minutes_either_way_are_nothing(browse, clock, step):
    lena, stranger = browse("lena"), browse(None)
    assert lena.get("/cases").status_code == 200
    form = {**stranger.tokens(), "email": "lena@tracker.example", "password": PASSWORD}
    clock.shift(step)
    assert lena.get("/cases").status_code == 200
    assert lena.post_form("/cases/new", title="Another case").status_code == 303
    assert lena.get("/cases/LK-AAAA/interviews/new").status_code in {200, 403}
    assert stranger.post("/sign-in", data=form).status_code == 303


def test_a_cookie_is_not_too_old_where_its_session_is_not(app, browse, clock):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], session_hours=24 * 60, idle_minutes=60 * 24 * 60)
    lena = browse("lena")
    assert lena.get("/cases").status_code == 200
    clock.shift(timedelta(days=40))
    assert lena.get("/cases").status_code == 200
