"""Every page there is, in a real browser: light, dark and on a phone, without a complaint."""

import re

import pytest

from tests.browser.navigator import PHONE, WIDE
from tests.readers.matrix import rows

LOOKERS = ("lena", "ada", "aldo")
NO_PAGES = re.compile(r"\.(csv|xlsx|zip|json)$|/file$|/healthz$|/text$|/statement$|-reading$|/choices$")
PAGES = [
    (who, url)
    for who in LOOKERS
    for method, url, answers in rows()
    if method == "GET" and answers[who] == 200 and not NO_PAGES.search(url)
]


@pytest.mark.parametrize(("who", "url"), PAGES, ids=[f"{who} {url}" for who, url in PAGES])
def test_a_page_is_accessible_fits_and_makes_no_complaint(looking, who, url):
    tab = looking(who)
    tab.complaints.clear()
    tab.resized(WIDE)
    assert tab.goes_to(url) == 200
    name = f"{who}{re.sub(r'[^a-zA-Z0-9]+', '-', url)}"
    assert tab.sees("dark") == []
    tab.keeps_picture(f"{name}-dark")
    tab.resized(PHONE)
    assert tab.runs_over() == 0
    assert tab.sees("light") == []
    tab.keeps_picture(f"{name}-phone")
    assert tab.complaints == []


@pytest.mark.parametrize("url", ["/sign-in", "/no/such/address"])
def test_a_page_for_strangers_is_accessible_and_fits(at_desk, url):
    tab = at_desk()
    tab.goes_to(url)
    for theme in ("dark", "light"):
        assert (theme, tab.sees(theme)) == (theme, [])
    tab.resized(PHONE)
    assert tab.runs_over() == 0
    assert tab.complaints == []


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_kept_in_the_browser(looking, shown):
    tab = looking("lena")
    asked = []
    tab.page.on("request", lambda request: asked.append(request.url))
    for _, url in [page for page in PAGES if page[0] == "lena"][:8]:
        tab.goes_to(url)
        assert tab.page.evaluate("() => localStorage.length + sessionStorage.length") == 0
    assert len(asked) > 8
    assert [url for url in asked if not url.startswith((shown, "data:"))] == []
