"""Behind a TLS proxy the cookie is `__Host-` and Secure: no browser takes it in the open."""

from dataclasses import replace

import pytest
from flask import request

from tracker import create_app
from tracker.base import db
from tracker.base.config import BadSetting
from tracker.web.rendering import HSTS


@pytest.fixture
def proxied(settings):
    """A client of the program as it is served behind a proxy, under the name tracker.example."""
    app = create_app(replace(settings, trusted_proxy="127.0.0.1", trusted_hosts=("tracker.example",)))
    yield app.test_client()
    db.release()


def test_over_https_the_cookie_is_bound_to_the_host_and_http_is_ruled_out(proxied):
    answer = proxied.get("/sign-in", base_url="https://tracker.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-tracker=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == HSTS


BEHIND = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "tracker.example"}


def through(client, address, told=BEHIND, host="127.0.0.1:8000"):
    return client.get("/sign-in", headers={**told, "Host": host}, environ_overrides={"REMOTE_ADDR": address})


def test_what_the_proxy_tells_is_believed(proxied):
    with proxied:
        answer = through(proxied, "127.0.0.1")
        assert (request.remote_addr, request.scheme, request.host) == ("203.0.113.7", "https", "tracker.example")
    assert answer.headers["Strict-Transport-Security"] == HSTS
    assert "Secure" in answer.headers["Set-Cookie"]


def test_what_anybody_else_tells_is_not(proxied):
    with proxied:
        answer = through(proxied, "198.51.100.9", host="tracker.example")
        assert (request.remote_addr, request.scheme) == ("198.51.100.9", "http")
    assert "Strict-Transport-Security" not in answer.headers
    assert through(proxied, "198.51.100.9", host="elsewhere.example").status_code == 400


def test_without_a_proxy_nobody_is_believed(app):
    client = app.test_client()
    with client:
        through(client, "127.0.0.1", host="localhost")
        assert (request.remote_addr, request.scheme, request.host) == ("127.0.0.1", "http", "localhost")


def test_of_many_addresses_the_one_counts_that_the_proxy_wrote(proxied):
    with proxied:
        through(proxied, "127.0.0.1", BEHIND | {"X-Forwarded-For": "10.1.1.1, 192.0.2.1, 203.0.113.7"})
        assert request.remote_addr == "203.0.113.7"


@pytest.mark.parametrize("trusted", ["10.0.0.0/8", "10.2.3.4", "::1"])
def test_a_proxy_is_an_address_or_a_network(settings, trusted):
    replace(settings, trusted_proxy=trusted).check()


@pytest.mark.parametrize("trusted", ["proxy.example", "10.0.0.0/99", "*", "127.0.0.1:8000"])
def test_nothing_else_is_one(settings, trusted):
    with pytest.raises(BadSetting, match="TRACKER_TRUSTED_PROXY must be"):
        replace(settings, trusted_proxy=trusted).check()


def test_another_name_is_not_answered(proxied):
    assert proxied.get("/sign-in", base_url="https://elsewhere.example").status_code == 400
