"""The pages of a claim: its words, what was asked of it, and how long before the publication that was true."""

import pytest

from tests import world as people
from tests.builders.build_material import material, version
from tests.readers.pages import Page
from tracker.actions.disclosure import claims, disclosures
from tracker.actions.disclosure.versions import Content, correct_version
from tracker.analysis.moments import stated
from tracker.base import db
from tracker.models.disclosure.claims import Claim

HERE = "/cases/LK-AAAA/disclosures"
PUBLISHED = stated("2018-03-20 19:15", "America/New_York")


@pytest.fixture
def ines(browse):
    return browse("ines")


@pytest.fixture
def disclosure(world):
    return disclosures.record_disclosure(
        world.person("ines"), world.case(), outlet="A newspaper", title="Not told", published=PUBLISHED
    )


@pytest.fixture
def claim(world, disclosure):
    return claims.record_claim(world.person("ines"), disclosure, quote="He was told not to.")


def only(model):
    db.session().expire_all()
    return db.session().scalars(model.of(people.case())).one()


def test_a_claim_is_recorded_and_answered(ines, disclosure):
    version(material("CARDS"))
    row = {
        "claims-2-quote": "He was told not to.", "claims-2-version": "1/1", "claims-2-wording": "consistent_shortened"
    }  # fmt: skip
    answer = ines.post_form(f"{HERE}/1/claims/new", row)
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    answer = ines.post_form(
        f"{HERE}/1/claims/1/checks",
        {
            "already_public-answer": "yes", "already_public-at": "2018-03-20T18:04-04:00",
            "already_public-source": "remarks", "precursor-answer": "yes",
            "clearance-answer": "no", "clearance-at": "2018-03-20 10 pm",
        },
    )  # fmt: skip
    assert answer.status_code == 303
    page = ines.get(f"{HERE}/1/claims/1").text
    untimed = "Unknown: enter the time"
    for words in ("71 minutes before", untimed, "Between 16 and 75 minutes before"):
        assert words in page
    assert "CARDS v1" in page
    assert "2 of 4 needed answers" in page
    assert page.count("Not needed for the next stage.") == 2
    assert "CARDS v1" in ines.get(f"{HERE}/1").text
    assert only(Claim).already_public.source == "remarks"


def test_a_publication_without_a_time_gives_no_minutes(ines, world):
    bare = disclosures.record_disclosure(world.person("ines"), world.case(), outlet="A site")
    claims.record_claim(world.person("ines"), bare, quote="So")
    ines.post_form(f"{HERE}/1/claims/1/checks", {"declassified-answer": "yes", "declassified-at": "2018-03-20"})
    assert "Unknown: the publication time is not recorded" in ines.get(f"{HERE}/1/claims/1").text


def test_what_is_wrong_with_an_answer_is_linked_from_the_top(ines, claim):
    wrong = {"clearance-at": "last Monday", "declassified-source": "Originator"}
    answer = ines.post_form(f"{HERE}/1/claims/1/checks", wrong, at=f"{HERE}/1/claims/1")
    assert answer.status_code == 422
    for link in ("#clearance-at", "#declassified-answer"):
        assert f'href="{link}"' in answer.text


def test_claims_are_checked_row_by_row_and_saved_all_or_none(ines, disclosure):
    wrong = {"claims-0-quote": "So.", "claims-1-locator": "Page 1", "claims-3-quote": "No", "claims-3-wording": "none"}
    answer = ines.post_form(f"{HERE}/1/claims/new", wrong | {"claims-4-wording": "consistent"})
    assert answer.status_code == 422
    linked = [field for field in ("1-quote", "3-quote", "4-quote", "4-wording") if f'"#claims-{field}"' in answer.text]
    assert linked == ["1-quote", "4-quote", "4-wording"]
    assert disclosure.claims == []
    more = ines.post_form(f"{HERE}/1/claims/new", {"claims-0-quote": "So.", "more-rows": "yes"})
    quotes = [box.get("required") is not None for box in Page(more.text).all("textarea")]
    assert (more.status_code, quotes) == (200, [True] + 9 * [False])
    assert "So." in more.text


def test_wording_without_a_version_is_refused_at_its_field(ines, claim):
    answer = ines.post_form(f"{HERE}/1/claims/1/edit", wording="consistent")
    assert (answer.status_code, "Choose the matched version" in answer.text) == (422, True)


def test_a_stale_claim_shows_what_was_saved_meanwhile(ines, claim):
    claims.edit_claim(people.person("lena"), claim, lock_version=1, quote="Her words")
    answer = ines.post_form(f"{HERE}/1/claims/1/edit", lock_version="1", quote="My words")
    assert answer.status_code == 409
    assert "Her words" in answer.text
    assert "My words" in answer.text
    assert "Was it officially released earlier?</dt>" not in answer.text


def test_a_version_that_was_corrected_is_offered_only_where_it_was_chosen(ines, claim, settings):
    old = version(material("CARDS"), content=Content(text="No.", reason="To compare."))
    claims.edit_claim(people.person("ines"), claim, lock_version=1, version=old)
    better = Content(text="Do not.", reason="To compare.")
    correct_version(people.person("ines"), old, content=better, settings=settings, why_corrected="Mistyped.")
    assert 'value="1/1"' in ines.get(f"{HERE}/1/claims/1/edit").text
    assert "corrected since" in ines.get(f"{HERE}/1/claims/1").text
    new = ines.get(f"{HERE}/1/claims/new").text
    assert 'value="1/2"' in new
    assert 'value="1/1"' not in new
