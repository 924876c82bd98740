"""The checking client: what it takes for a fault of a page, and how it fills in forms."""

import pytest
import sqlalchemy as sa

from tests.readers.browse import MOST_STATEMENTS
from tests.readers.page_faults import faults_of
from tests.readers.pages import Page
from tracker.base import db
from tracker.policy import Permission

GOOD = """<html><head><title>Cases – Tracker</title></head><body><h1>Cases</h1>
<form method="post" action="/sign-out"><input type="hidden" name="csrf_token" value="a">
<input type="hidden" name="form_token" value="b"><label for="q">Words</label><input id="q" name="q"></form>
<table><caption>Mine</caption><tr><td>1</td></tr></table><a href="/cases">All</a><a href="#q">Words</a></body></html>"""
BAD = {
    "instead of one": ("<h1>Cases</h1>", "<h1>Cases</h1><h1>Cases</h1>"),
    "not in": ("<h1>Cases</h1>", "<h1>Other</h1>"),
    "stands twice": ("<table>", '<table id="q">'),
    "has no label": ('<label for="q">Words</label>', ""),
    "has 0 csrf_token": ('name="csrf_token"', 'name="other"'),
    "has 0 form_token": ('name="form_token"', 'name="other"'),
    "has no caption": ("<caption>Mine</caption>", ""),
    "a script in the page": ("<table>", "<script>alert(1)</script><table>"),
    "<style> in the page": ("<table>", "<style>a {}</style><table>"),
    "<td style=>": ("<td>", '<td style="color: red">'),
    "<td onclick=>": ("<td>", '<td onclick="go()">'),
    "no address of this program": ('href="/cases"', 'href="/no/such/page"'),
    "POST /cases is no address": ('action="/sign-out"', 'action="/cases"'),
    "leads nowhere": ('href="#q"', 'href="#r"'),
    "closes": ("</table>", "</div>"),
    "is a name of the code": ("<td>1</td>", "<td>AccessRecord</td>"),
    "shows its token": ('method="post"', 'method="get"'),
}


def test_a_good_page_has_no_fault(app):
    assert faults_of(app, "/cases", GOOD) == []


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_page_is_found(app, fault):
    good, bad = BAD[fault]
    assert good in GOOD
    assert fault in "; ".join(faults_of(app, "/cases", GOOD.replace(good, bad)))


def test_a_form_is_filled_in_as_a_browser_does():
    page = Page(
        """<form method="post" action="/x"><input name="a" value="1"><input type="checkbox" name="b" value="y" checked>
        <input type="checkbox" name="c" value="no"><select name="d"><option value="">None<option value="2" selected>Two
        </select><textarea name="e">\r\nline</textarea><input name="f" disabled value="x"><input type="submit" name="g">
        </form>"""
    )
    form = page.form_to("/x", "/")
    assert form.shown() == {"a": ["1"], "b": ["y"], "c": [], "d": ["2"], "e": ["line"]}
    assert form.filled({"a": "7", "d": None}) == {"a": "7", "b": ["y"], "c": [], "e": ["line"]}
    with pytest.raises(AssertionError, match="has no"):
        form.filled({"nothing": "1"})


def test_a_stranger_is_asked_to_sign_in(client):
    answer = client.get("/cases")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/cases")


def test_signing_in_through_the_page_leads_to_where_one_wanted_to_go(client):
    answer = client.sign_in("lena@tracker.example", next="/cases")
    assert (answer.status_code, answer.location) == (303, "/cases")
    assert "LK-AAAA" in client.get("/cases").text


def test_two_clients_are_two_people(browse):
    lena, ivo = browse("lena"), browse("ivo")
    assert "LK-AAAA" in lena.get("/cases").text
    assert "LK-AAAA" not in ivo.get("/cases").text
    assert lena.get("/cases/LK-AAAA").status_code == 200
    assert ivo.get("/cases/LK-AAAA").status_code == 404


def test_a_form_is_sent_as_the_page_shows_it(browse, world, last_entry):
    answer = browse("lena").post_form("/cases/LK-AAAA/edit", title="Briefing for another call")
    assert (answer.status_code, answer.location) == (303, "/cases/LK-AAAA")
    assert world.case().title == "Briefing for another call"
    assert world.case().question == "What came out?"
    assert last_entry()["act"] == "case.changed"


@pytest.mark.alters
def test_a_page_that_asks_the_database_too_often_is_found(app, browse):
    def greedy():
        for _ in range(17):
            db.session().execute(sa.text("SELECT 1"))
        return GOOD

    greedy.needs, greedy.of, greedy.fresh = Permission.SIGNED_IN, None, False
    app.view_functions["greedy"] = greedy
    app.url_map.add(app.url_rule_class("/greedy", endpoint="greedy", methods=["GET"]))
    with pytest.raises(AssertionError, match=f"{MOST_STATEMENTS} are allowed"):
        browse("lena").get("/greedy")


def test_what_is_needed_in_some_cases_is_not_called_optional(browse):
    """The hint says in which: whoever leaves it out is told before, and not by a refusal or a gate."""
    asked = {
        "export": ("Purpose", "Recipient"), "stage": ("Reason",), "hypotheses/1/edit": ("Reason",),
        "exhibits/new": ("Seal number",), "press-contacts/new": ("Content",),
    }  # fmt: skip
    for page, labels in asked.items():
        text = browse("lena").get(f"/cases/LK-AAAA/{page}").text
        assert [label for label in labels if f">{label}</label>" not in text] == [], page
