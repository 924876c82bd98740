"""What stands on every page that a reader can reach, and how soon she reaches none."""

import re

import pytest

from tests.readers.digests import digests
from tests.readers.matrix import rows
from tests.readers.pages import Page
from tracker.actions.access import people
from tracker.actions.case import roles

pytestmark = pytest.mark.furnished
ADDRESSES = [url for method, url, _ in rows() if method == "GET"]


@pytest.mark.gate("reads every page")
def test_every_answer_to_a_signed_in_reader_has_a_way_to_sign_out(browse):
    client = browse("lena")
    pages = {url: client.get(url) for url in ADDRESSES}
    drawn = {url: page.text for url, page in pages.items() if page.status_code == 200 and page.mimetype == "text/html"}
    shown = {url: text for url, text in drawn.items() if "<html" in text}  # others are parts of a page
    assert len(shown) > 20
    assert [url for url, text in shown.items() if 'action="/sign-out"' not in text] == []


@pytest.mark.gate("reads every page")
def test_no_address_on_any_page_carries_a_token_or_a_name(browse):
    client = browse("lena")
    found = set()
    for url in ADDRESSES:
        if (page := client.get(url)).mimetype == "text/html":
            found |= set(re.findall(r'(?:href|action|src)="([^"]*)"', page.text))
    assert len(found) > 50
    assert [url for url in found if "token" in url or "@" in url or "Name" in url] == []


def shut_out_by_the_recusal(world):
    known = [("email", " INES@tracker.example ")]
    people.add_person(world.person("lena"), world.case(), name="", post="Aide", unit="", identifiers=known)


def shut_out_by_the_lead(world):
    held = next(held for held in world.case().assignments if held.account.email == world.email("ines"))
    roles.end_assignment(world.person("lena"), held, reason="Moved to another desk")


@pytest.mark.slow("asks for every page")
@pytest.mark.parametrize("shut_out", [shut_out_by_the_recusal, shut_out_by_the_lead])
def test_who_is_shut_out_reaches_nothing_from_the_next_request_on(browse, world, shut_out):
    ines = browse("ines")
    edit = "/cases/LK-AAAA/disclosures/1/edit"
    form = Page(ines.get(edit).text).form_to(edit, edit).shown()
    shut_out(world)
    before = digests()
    assert {url for url in ADDRESSES if "LK-AAAA" in url and ines.get(url).status_code != 404} == set()
    assert ines.post(edit, data={**form, "outlet": "Too late"}).status_code == 404
    assert "LK-AAAA" not in ines.get("/").text + ines.get("/cases").text + ines.get("/cases.csv").text
    assert before["disclosure"] == digests()["disclosure"]
