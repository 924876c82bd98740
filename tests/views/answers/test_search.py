"""Search: one box, what it finds with the words marked, and an entry that holds none of them."""

import re

import pytest

from tests.world import PEOPLE
from tracker.actions.case.privileged_notes import write_note
from tracker.actions.disclosure import claims, disclosures
from tracker.analysis.moments import stated

HIT = re.compile(r'<div class="search-words"><a href="([^"]+)">')


def search(client, q, **more):
    """Send the box of the sidebar, or with `more` the form of the page; the page that it leads to."""
    sent = (
        client.post("/search", data={**client.tokens(), "q": q, **more}) if more else client.post_form("/search", q=q)
    )
    return client.get(sent.location) if sent.status_code == 303 else sent


@pytest.fixture
def cards(world):
    ines = world.person("ines")
    one = disclosures.record_disclosure(
        ines,
        world.case(),
        outlet="Daily",
        sourcing="Two people familiar with the Cärds",
        published=stated("2018-03-20", "UTC"),
    )
    for number in range(1, 4):
        claims.record_claim(ines, one, quote=f"They read card {number} of <four> aloud")
    return one


def test_what_is_found_is_grouped_marked_and_recorded_without_its_words(cards, browse, entries):
    client = browse("otto")
    page = search(client, "card*")
    assert "4 results for “card*”" in page.text
    assert "Disclosure 1: Daily" in page.text
    assert "Sourcing: Two people familiar with the <mark>Cärds</mark>" in page.text
    assert "Claim 1 of disclosure 1: They read <mark>card</mark> 1 of &lt;four&gt; aloud" in page.text
    assert page.text.count('<div class="search-words">') == 3  # two of each kind
    assert "published 20 Mar 2018" in page.text
    whole = client.get(page.request.path + "?" + page.request.query_string.decode() + "&kind=claims")
    assert "Claim 3 of disclosure 1" in whole.text
    assert "Disclosure 1: Daily" not in whole.text
    (entry,) = entries("search.made")
    assert entry["d"].keys() == {"query", "hits"}
    assert (entry["d"]["hits"], len(entry["d"]["query"])) == (4, 32)
    assert "card" not in page.request.path + str(entry)


def test_a_bad_query_and_nothing_found_say_what_to_do(cards, browse, entries):
    client = browse("otto")
    bad = search(client, '"cards')
    assert (bad.status_code, bad.text.count("Close the quotation mark.")) == (422, 2)
    assert search(client, "").status_code == search(client, "card", since="20.3.2018").status_code == 422
    assert entries("search.made") == []
    none = search(client, "cards", case="LK-BBBB", since="2018-03-21")
    assert "No results for “cards”" in none.text
    assert "Search all my cases" in none.text
    assert "This search has expired" in client.get("/search?key=gone").text
    assert [one["d"]["hits"] for one in entries("search.made")] == [0]


def test_words_of_notes_and_of_the_audit_log_are_counted_for_their_readers(cards, world, browse):
    write_note(world.person("cora"), world.case(), text="A privileged heron. One more heron.")
    for who, told in (("cora", True), ("lena", False), ("otto", False)):
        page = search(browse(who), "heron")
        assert ("2 places in the note. Opening is recorded." in page.text) is told
        assert ("Privileged notes" in page.text.split("<footer")[0]) is told
        assert "One more" not in page.text
    for who, told in (("cora", 1), ("lena", 0)):
        assert (
            search(browse(who), "privileged note").text.count("<mark>Privileged</mark> <mark>note</mark> written")
            == told
        )
    logged = search(browse("lena"), "claim recorded")
    assert "3 entries. Opening is recorded." in logged.text
    assert 'href="/cases/LK-AAAA/audit-log?action=claim.recorded"' in logged.text


@pytest.mark.furnished
@pytest.mark.gate("opens everything that is found, as everybody")
@pytest.mark.parametrize(
    "who",
    [
        pytest.param(who, marks=[] if who in {"lena", "otto", "cora", "ivo"} else pytest.mark.full)
        for who in PEOPLE
        if who not in {"ada", "aldo"}
    ],
)
def test_everything_that_is_found_opens_for_whoever_found_it(browse, who):
    client, opened = browse(who), set()
    for q in ("a*", "t*", "1*", "p*", "e* c*"):
        sent = client.post_form("/search", q=q)
        for kind in re.findall(r"kind=([a-z-]+)", client.get(sent.location).text):
            found = HIT.findall(client.get(f"{sent.location}&kind={kind}").text)
            assert found
            for url in set(found) - opened:
                assert client.get(url.replace("&amp;", "&")).status_code == 200, (who, url)
            opened |= set(found)
