"""Who takes turns with whom: nobody becomes many by what they write into their headers."""

from dataclasses import replace

import pytest
from itsdangerous import URLSafeTimedSerializer

from tracker import create_app
from tracker.web.limits.visitors import ask_visitor

HERE, THERE = "192.0.2.7", "192.0.2.8"


@pytest.fixture
def visitor(app):
    """Asks who a request comes from."""
    ask = ask_visitor(app)
    return lambda address=HERE, **headers: ask({"REMOTE_ADDR": address, **headers})


@pytest.fixture
def cookie(app):
    """Makes a cookie of a session that holds these values."""
    name, signed = app.session_interface.get_cookie_name(app), app.session_interface.get_signing_serializer(app)
    return lambda **values: f"{name}={signed.dumps(values)}"


def test_a_cookie_that_is_none_of_ours_makes_nobody_another_visitor(app, visitor, cookie):
    name = app.session_interface.get_cookie_name(app)
    forged = URLSafeTimedSerializer("another key", salt="cookie-session").dumps({"_user_id": "one"})
    made_up = ["", "junk", "a.b.c", ".", "ä", "x" * 30_000, forged, cookie(_user_id="one").partition("=")[2][:-1]]
    found = {visitor(HTTP_COOKIE=f"{name}={value}") for value in made_up}
    found |= {visitor(), visitor(HTTP_COOKIE="other=1"), visitor(HTTP_COOKIE=cookie(csrf_token="one"))}
    assert found == {visitor()} != {visitor(THERE)}


def test_each_session_is_a_visitor_wherever_it_comes_from(visitor, cookie):
    one, other = cookie(_user_id="one"), cookie(_user_id="other")
    assert visitor(HTTP_COOKIE=one) == visitor(THERE, HTTP_COOKIE=f"theme=dark; {one}; device=x")
    assert len({visitor(HTTP_COOKIE=one), visitor(HTTP_COOKIE=other), visitor()}) == 3
    assert visitor(HTTP_COOKIE=cookie(_user_id="one", csrf_token="x")) == visitor(HTTP_COOKIE=one)


def test_an_address_counts_only_if_the_trusted_proxy_told_it(visitor, settings):
    assert visitor(HTTP_X_FORWARDED_FOR="198.51.100.1") == visitor()
    behind = ask_visitor(create_app(replace(settings, trusted_proxy=HERE)))
    told = [f"{made_up}, 198.51.100.{last}" for made_up in ("one", "two") for last in (1, 2)]
    assert len({behind({"REMOTE_ADDR": HERE, "HTTP_X_FORWARDED_FOR": addresses}) for addresses in told}) == 2
    assert behind({"REMOTE_ADDR": THERE, "HTTP_X_FORWARDED_FOR": told[0]}) == THERE
