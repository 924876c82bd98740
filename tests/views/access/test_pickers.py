"""Boxes that find one of many: what they offer to whom, what they ask the server for, and what a word gets."""

import re

import pytest

from tests.actions.case.test_roles import end
from tests.builders.build_access import access, claim, disclosure
from tests.builders.build_material import material, person, version
from tests.readers.pages import Page
from tracker.actions.register import accounts
from tracker.models.case.words import Role
from tracker.web import choices

PEOPLE, CITE = "/cases/LK-AAAA/people", "/cases/LK-AAAA/citations"


@pytest.fixture
def staff(world):
    return [person(("account", "jsmart"), name="J. Smart", post="Deputy", unit="Press office"), person(post="Aide")]


def offered(answer):
    return [one.get("value") for one in Page(answer.text).all("option")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("press", ["P-001"]),
        ("P-2", ["P-002"]),
        ("", ["P-001", "P-002"]),
        ("SMART", ["P-001"]),
        ("nobody", []),
        ("2", ["P-002"]),
        ("P-00", ["P-001", "P-002"]),
        ("p-01", ["P-001"]),
    ],
)
def test_people_are_found_by_what_whoever_asks_sees(browse, staff, typed, found):
    assert offered(browse("ines").get(f"{PEOPLE}/choices?person={typed}")) == found
    masked = browse("rhea").get(f"{PEOPLE}/choices?person={typed}")
    assert ("Smart" in masked.text, offered(masked)) == (False, [] if typed == "SMART" else found)


def test_a_box_asks_the_server_only_for_more_than_it_offers(browse, staff, monkeypatch):
    plan = "/cases/LK-AAAA/interviews/new"
    assert "people/choices" not in browse("ines").get(plan).text
    monkeypatch.setattr(choices, "MOST_OFFERED", 1)
    page = Page(browse("ines").get(plan).text)
    (box,) = [one for one in page.all("input") if one.get("name") == "person"]
    (options,) = [one for one in page.all("datalist") if one.get("id") == box.get("list")]
    assert box.get("hx-get") == f"{PEOPLE}/choices"
    assert box.get("hx-target") == f"#{box.get('list')}"
    assert [one.get("label") for one in options.all("option")] == ["P-001, J. Smart, Deputy, Press office"]


def test_a_word_is_answered_with_the_people_it_fits(browse, staff):
    sent = browse("ines").post_form("/cases/LK-AAAA/interviews/new", person="de")
    assert (sent.status_code, "Enter one of these: P-001, J. Smart" in sent.text) == (422, True)
    for only in ("p-2", "aide"):  # a word that fits one person alone is that person
        assert browse("ines").post_form("/cases/LK-AAAA/interviews/new", person=only).status_code == 303


def test_evidence_is_found_by_its_words_or_its_person_and_by_its_reference(browse, staff):
    claim(disclosure(), quote="He congratulated")
    access(staff[0])
    ines = browse("ines")
    ask = lambda text: offered(ines.get(f"{CITE}/choices", query_string={"evidence": text}))  # noqa: E731
    assert ask("congratulated") == ["Claim 1/1"]
    assert ask("") == ["Claim 1/1"]  # records of access are found by person or number
    assert ask("press office") == ["Access record 1"]
    assert ask("access record 1") == ["Access record 1"]
    assert ask("access record 7") == []
    (box,) = [one for one in Page(ines.get(f"{CITE}/new").text).all("input") if one.get("name") == "evidence"]
    assert box.get("hx-get") == f"{CITE}/choices"  # it never offers all


def test_a_record_is_cited_from_its_own_page(browse, staff):
    access(staff[0])
    ines = browse("ines")
    link = f"{CITE}/new?evidence=Access+record+1"
    assert f'href="{link}"' in ines.get("/cases/LK-AAAA/access/1").text
    assert f'href="{CITE}/new' not in browse("rhea").get("/cases/LK-AAAA/access/1").text
    answer = ines.post_form(f"{CITE}/new", at=link, citing="hypothesis-3", bearing="contradicts")
    assert answer.location == "/cases/LK-AAAA/hypotheses/3"
    assert "Access record 1" in ines.get(answer.location).text


def test_a_version_brings_its_material_and_the_only_material_is_chosen(browse, staff):
    material("BOOK")
    new = "/cases/LK-AAAA/access/new"
    ines = browse("ines")
    assert re.search(r'<option selected value="1">BOOK', ines.get(new).text)
    version(material("CARDS"))
    sent = ines.post_form(new, person="P-001", version="2.1", level="E3", since="20 Mar 2018", material=None)
    assert (sent.status_code, ines.get(sent.location).text.count("CARDS: ")) == (303, 1)


def test_only_colleagues_of_a_common_case_are_offered_a_role(browse, world):
    page = browse("lena").get("/cases/LK-AAAA/team/new")
    assert world.email("ines") in offered(page)
    assert world.email("nora") not in offered(page)
    end(world, "ines", Role.INVESTIGATOR)
    accounts.disable_account(world.person("ada"), world.person("otto"))
    kept = offered(browse("lena").get("/cases/LK-AAAA/team/new"))
    assert [who for who in ("ines", "otto", "rhea") if world.email(who) in kept] == ["rhea"]


def test_the_window_is_no_filter_while_person_level_results_are_withheld(browse):
    disclosure()
    ines = browse("ines")
    assert "Inside the window before: Disclosure 1" not in ines.get("/cases/LK-AAAA/access?window=1").text
    assert ines.get("/cases/LK-AAAA/access.csv?window=1").status_code == 422
