"""What a page of another site leads to is not read by whoever follows the link: they are asked first."""

import pytest

from tests.readers.pages import Page

INTERVIEW = "/cases/LK-AAAA/interviews/1"
ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Referer": "https://e.example/page"},  # of a browser that says no more
    {"Sec-Fetch-Site": "none", "Sec-Purpose": "prefetch;prerender"},  # fetched ahead while somebody types
]
HERE = [
    {},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Referer": "http://localhost/"},
    {"Referer": "http://localhost/cases"},
]
pytestmark = pytest.mark.furnished


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_a_link_of_another_site_opens_no_interview_by_itself(browse, entries, headers):
    ines = browse("ines")
    before = len(entries())
    answer = ines.get(INTERVIEW, headers=headers)
    assert answer.status_code == 200
    assert "Open interview 1" in answer.text
    assert "P-0" not in answer.text
    assert len(entries()) == before
    (link,) = [one.get("href") for one in Page(answer.text).all("a") if one.get("href") == INTERVIEW]
    ines.get(link, headers={"Sec-Fetch-Site": "same-origin"})
    assert entries()[-1]["act"] == "interview.read"


@pytest.mark.parametrize("headers", ELSEWHERE[2:], ids=str)
@pytest.mark.parametrize("url", ["/cases/LK-AAAA/access.csv", "/cases/LK-AAAA/people.xlsx", "/cases.csv"])
def test_no_file_leaves_by_itself(browse, entries, url, headers):
    lena = browse("lena")
    before = len(entries())
    answer = lena.get(url, headers=headers)
    assert (answer.status_code, answer.mimetype, len(entries())) == (200, "text/html", before)
    assert "Open export" in answer.text
    assert lena.get(url, headers={"Sec-Fetch-Site": "same-origin"}).mimetype != "text/html"
    assert "export.started" in [entry["act"] for entry in entries()[before:]]


@pytest.mark.parametrize("headers", HERE, ids=str)
def test_whoever_asks_here_reads_at_once(browse, entries, headers):
    browse("ines").get(INTERVIEW, headers=headers)
    assert entries()[-1]["act"] == "interview.read"


@pytest.mark.gate("asks for every page")
def test_nothing_that_is_recorded_when_it_is_read_opens_from_elsewhere(browse, entries, app):
    """Every page of the case, whatever it is that is read there."""
    from tests.readers.matrix import rows

    asked = [url for method, url, answers in rows() if method == "GET" and answers["lena"] == 200]
    lena = browse("lena")
    before = len(entries())
    for url in asked:
        lena.get(url, headers={"Sec-Fetch-Site": "cross-site"})
    assert {entry["act"] for entry in entries()[before:]} <= {"access.denied"}


def test_the_way_through_the_sign_in_is_no_way_round(browse, entries, world):
    nobody = browse(None)
    answer = nobody.get(f"/sign-in?next={INTERVIEW}", headers={"Sec-Fetch-Site": "cross-site"})
    fields = {name: value[0] for name, value in Page(answer.text).form_to("/sign-in", "").shown().items() if value}
    fields |= {"email": world.email("ines"), "password": world.PASSWORD}
    assert nobody.post("/sign-in", data=fields).headers["Location"] == INTERVIEW
    asked = nobody.get(INTERVIEW, headers={"Sec-Fetch-Site": "same-origin"})
    assert "Open interview 1" in asked.text
    assert entries("interview.read") == []
    nobody.get(INTERVIEW, headers={"Sec-Fetch-Site": "same-origin"})
    assert len(entries("interview.read")) == 1
