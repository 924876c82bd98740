"""What every answer carries, whatever it answers: the headers, the cookies, and nothing about the machine."""

import pytest

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
ANSWERS = [
    ("lena", "GET", "/cases", 200),
    ("lena", "GET", "/cases/LK-ZZZZ", 404),
    ("lena", "GET", "/no/such/address", 404),
    ("ines", "GET", "/cases/LK-AAAA/edit", 403),
    ("lena", "POST", "/sign-out", 400),
    ("lena", "DELETE", "/cases", 405),
    (None, "GET", "/cases", 302),
    (None, "POST", "/sign-out", 401),
    (None, "GET", "/healthz", 200),
    (None, "GET", "/static/css/tracker.css", 200),
    (None, "GET", "/static/no/such.css", 404),
    (None, "GET", "/broken", 500),
]


@pytest.fixture
def broken(app):
    """An address whose view fails as a mistake of ours would."""

    def view():
        raise ZeroDivisionError("the inner words of the program")

    view.needs, view.of, view.fresh = app.view_functions["home.health"].needs, None, False
    app.view_functions["broken"] = view
    app.url_map.add(app.url_rule_class("/broken", endpoint="broken", methods=["GET"]))


@pytest.fixture
def answers(browse, broken):
    """What each address answers, by its method and address."""
    return {f"{method} {url}": (status, browse(who).open(url, method=method)) for who, method, url, status in ANSWERS}


@pytest.mark.alters
def test_every_answer_carries_the_headers(answers):
    for asked, (status, answer) in answers.items():
        assert answer.status_code == status, asked
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS, asked
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'", asked
        assert {policy[name] for name in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}, asked
        assert {policy[name] for name in ("base-uri", "object-src", "frame-ancestors")} == {"'none'"}, asked
        assert "unsafe" not in answer.headers["Content-Security-Policy"], asked


@pytest.mark.alters
def test_no_page_is_kept_by_a_cache(answers):
    for asked, (status, answer) in answers.items():
        assert answer.status_code == status, asked
        if "/static/css" in asked:
            assert answer.headers["Cache-Control"] == "no-cache", asked
        else:
            assert answer.headers["Cache-Control"] == "no-store", asked
            assert "Cookie" in answer.headers["Vary"], asked


def test_a_static_file_named_with_its_hash_is_kept_for_ever(client):
    assert "immutable" in client.get("/static/css/tracker.css?v=0123456789ab").headers["Cache-Control"]


@pytest.mark.parametrize("url", ["/static/../pyproject.toml", "/static/..%2fpyproject.toml", "/.git/HEAD", "/static/"])
def test_nothing_but_what_is_meant_to_be_served_is_served(client, url):
    assert client.get(url).status_code in {302, 404}


@pytest.mark.alters
def test_a_fault_of_ours_says_a_number_and_nothing_of_the_inside(client, broken):
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert "error " in answer.text
    assert not [word for word in ("ZeroDivision", "inner words", "Traceback", "tracker/") if word in answer.text]


@pytest.mark.parametrize("url", ["/", "/cases", "/healthz", "/static/css/tracker.css", "/no/such/address"])
def test_another_host_name_is_refused_everywhere(client, url):
    answer = client.get(url, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_what_a_client_says_of_a_proxy_changes_nothing(client):
    told = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil"}
    answer = client.get("/cases", headers=told)
    assert answer.location == "/sign-in?next=/cases"
    assert "evil" not in client.get("/sign-in", headers=told).text


def test_cookies_cannot_be_read_by_scripts_nor_sent_by_other_sites(client):
    answer = client.sign_in("lena@tracker.example")
    cookies = answer.headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"tracker_session", "device"}
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie and len(cookie) < 4096 for cookie in cookies)


@pytest.mark.parametrize("url", ["/cases", "/cases/LK-AAAA", "/cases/LK-AAAA/edit"])
def test_a_method_that_has_no_use_is_refused(browse, url):
    lena = browse("lena")
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
        assert lena.open(url, method=method).status_code == 405, method


def test_a_method_cannot_be_named_in_a_header_or_a_field(browse, world):
    lena = browse("lena")
    told = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}
    assert lena.get("/cases/LK-AAAA/edit?_method=POST&title=changed", headers=told).status_code == 200
    assert world.case().title == "Briefing for a call"


def test_another_origin_learns_nothing(browse):
    answer = browse("lena").get("/cases", headers={"Origin": "https://evil.example"})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
