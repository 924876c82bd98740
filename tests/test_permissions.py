"""The permission matrix, tried over HTTP: every route and method, by everybody, on a copy of the furnished world."""

import pytest

from tests.browse import signed_in
from tests.matrix import COLUMNS, rows

pytestmark = pytest.mark.furnished


def asked(app, who, method, url):
    """The answer somebody gets who sends valid tokens and no fields."""
    client = signed_in(app, {"nobody": None, "late": "lena"}.get(who, who), ended=who == "late")
    return client.open(url, method=method, data=client.tokens() if method == "POST" else None)


@pytest.mark.parametrize(("method", "url", "answers"), rows(), ids=[f"{method} {url}" for method, url, _ in rows()])
def test_everybody_gets_the_answer_of_the_matrix(another, method, url, answers):
    if 303 in answers.values():
        found = {}
        for who in COLUMNS:
            with another() as app:
                found[who] = asked(app, who, method, url).status_code
    else:
        with another() as app:
            found = {who: asked(app, who, method, url).status_code for who in COLUMNS}
    assert found == answers


def test_the_matrix_has_every_route_and_no_other(app):
    match = app.url_map.bind("localhost").match
    told = {(method, match(url, method)[0]) for method, url, _ in rows()}
    there = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }
    assert {"missing": there - told, "gone": told - there} == {"missing": set(), "gone": set()}


def test_no_row_stands_twice():
    asked_for = [(method, url) for method, url, _ in rows()]
    assert len(asked_for) == len(set(asked_for))


MISSING = "/no/such/address"
HIDDEN = sorted(
    {url for _, url, answers in rows() if 404 in answers.values() and url.startswith(("/cases/", "/ledger"))}
)


@pytest.mark.parametrize("url", HIDDEN)
def test_what_is_hidden_looks_like_what_never_was(app, url):
    for who in ("ada", "nora", "walt"):
        client = signed_in(app, who)
        hidden, missing = client.get(url), client.get(MISSING)
        assert (hidden.status_code, hidden.data) == (404, missing.data)
        assert dict(hidden.headers) == dict(missing.headers)
