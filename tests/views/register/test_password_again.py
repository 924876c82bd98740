"""What is sent twice, what cannot be seen, and the way on from a page that says no."""

import pytest
import sqlalchemy as sa

from tests.world import case
from tracker.base import db
from tracker.models.case.cases import Case


def titles():
    db.session().rollback()
    return sorted(db.session().scalars(sa.select(Case.title)))


def test_the_same_form_with_other_words_is_not_taken_for_its_twin(browse):
    lena = browse("lena")
    tokens = {**lena.tokens(), "lock_version": "0", "marking": "internal"}
    first = lena.post("/cases/new", data={**tokens, "title": "First words"})
    again = lena.post("/cases/new", data={**tokens, "title": "First words"})
    other = lena.post("/cases/new", data={**tokens, "title": "Other words"})
    assert (first.status_code, again.status_code, other.status_code) == (303, 303, 303)
    assert again.location == first.location
    assert other.location != first.location
    assert [title for title in titles() if "words" in title] == ["First words", "Other words"]


@pytest.mark.parametrize("title", ["\u200b", "\ufeff", "\u200f\u200f", "\u115f", "\U000e0001", "\u00a0\u3000"])
def test_a_title_that_cannot_be_seen_is_no_title(browse, title):
    before = titles()
    answer = browse("lena").post_form("/cases/new", title=title)
    assert answer.status_code == 422
    assert "Enter a title without names." in answer.text
    assert titles() == before


@pytest.mark.furnished
def test_a_gate_that_is_shut_says_who_opens_it_and_leads_back_to_the_case(browse):
    answer = browse("ivo").get("/cases/LK-BBBB/disclosures/1/who-had-access")
    assert answer.status_code == 409
    assert "the lead investigator offers that role on the Team page" in answer.text
    assert 'href="/cases/LK-BBBB"' in answer.text


def test_a_filter_that_cannot_be_read_is_named_in_its_file_too(browse):
    answer = browse("lena").get(f"/cases/{case().reference}/audit-log.csv?since=yesterday")
    assert answer.status_code == 422
    assert "From day (UTC): Enter the day in the form 2018-03-21." in answer.text


def test_a_choice_that_is_not_on_the_list_is_refused_in_words(browse):
    answer = browse("ines").post_form("/cases/LK-AAAA/disclosures/new", outlet="Newspaper", form="perhaps")
    assert answer.status_code == 422
    assert "Choose an option from the list." in answer.text
