"""Sessions that run out: the audit log says so once, and a clock that is set back prolongs none."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine


@pytest.fixture
def clock():
    with time_machine.travel(datetime.now(UTC), tick=False) as moving:
        yield moving


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
