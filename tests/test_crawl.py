"""Whatever can be fetched, fetched by everybody: no GET changes the record, and no page says what it must not."""

import re

import pytest

from tests.digests import digests
from tests.matrix import COLUMNS, rows

pytestmark = pytest.mark.furnished
ADDRESSES = [url for method, url, _ in rows() if method == "GET"]
PEOPLE = [who for who in COLUMNS if who not in {"nobody", "late"}]
MASKED = ("rhea", "dora", "otto")
NAMES = re.compile(r"Name 1|aide1\.|B-1\b|walt@|ivo@")


@pytest.mark.parametrize("who", PEOPLE)
def test_no_get_changes_the_record(browse, who):
    client, before = browse(who), but_for_numbers_of_exports(digests())
    for url in ADDRESSES:
        client.get(url)
        if who in {"lena", "ada"}:
            assert client.head(url).data == b""
    assert but_for_numbers_of_exports(digests()) == before


def but_for_numbers_of_exports(found):
    """A list that leaves as CSV is numbered and told of, as is every export: that is a record of reading."""
    return {name: digest for name, digest in found.items() if name != "export"}


@pytest.mark.parametrize("who", MASKED)
def test_who_may_not_see_names_sees_none(browse, world, who):
    client = browse(who)
    pages = {url: client.get(url) for url in ADDRESSES if url.startswith("/cases")}
    told = {url: NAMES.findall(answer.text) for url, answer in pages.items() if answer.mimetype.startswith("text/")}
    assert {url: found for url, found in told.items() if found} == {}


@pytest.mark.parametrize("who", ["ada", "aldo", "nora", "walt"])
def test_who_has_nothing_to_do_with_a_case_reads_nothing_of_it(browse, world, who):
    client = browse(who)
    case = world.case()
    canaries = (case.title, case.question, "The Paper 1", "Notecards", "CARDS-1", "Do not congratulate", "Room 4")
    said = {url: client.get(url).text for url in ADDRESSES}
    assert {url for url, text in said.items() for canary in canaries if canary in text} == set()


def test_every_answer_to_a_signed_in_reader_has_a_way_to_sign_out(browse):
    client = browse("lena")
    pages = {url: client.get(url) for url in ADDRESSES}
    shown = {url: page.text for url, page in pages.items() if page.status_code == 200 and page.mimetype == "text/html"}
    assert len(shown) > 20
    assert [url for url, text in shown.items() if 'action="/sign-out"' not in text] == []


def test_no_address_on_any_page_carries_a_token_or_a_name(browse):
    client = browse("lena")
    found = set()
    for url in ADDRESSES:
        found |= set(re.findall(r'(?:href|action|src)="([^"]*)"', client.get(url).text))
    assert len(found) > 50
    assert [url for url in found if "token" in url or "@" in url or "Name" in url] == []
