"""What stands on every page that a reader can reach."""

import re

import pytest

from tests.matrix import rows

pytestmark = pytest.mark.furnished
ADDRESSES = [url for method, url, _ in rows() if method == "GET"]


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
