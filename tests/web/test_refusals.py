"""A refusal stands where it was caused: at the form, on the page of the button, or in the place of the button."""

import pytest

from tests.builders import build_case
from tests.builders.build_exhibit import exhibit
from tests.builders.build_finding import drafted, submitted, written
from tests.readers.pages import Page
from tracker.actions.case import cases

HERE = "/cases/LK-AAAA"
SENTENCE = "Only a submitted finding can be withdrawn."


def test_a_button_that_is_refused_says_so_on_its_own_page(browse, world):
    written(drafted())
    lena, page = browse("lena"), f"{HERE}/findings/1"
    answer = lena.post(f"{page}/withdraw", data=lena.tokens(), headers={"Referer": f"http://localhost{page}"})
    assert answer.status_code == 409
    assert SENTENCE in [one.text for one in Page(answer.text).all("div") if one.get("role") == "alert"]
    assert "Submit finding" in answer.text
    assert SENTENCE not in lena.get(page).text


@pytest.mark.parametrize("came_from", [None, "http://localhost/nowhere", "http://localhost/to-do/next"])
def test_without_a_page_to_go_back_to_it_has_a_page_of_its_own(browse, world, came_from):
    written(drafted())
    lena = browse("lena")
    headers = {"Referer": came_from} if came_from else {}
    answer = lena.post(f"{HERE}/findings/1/withdraw", data=lena.tokens(), headers=headers)
    assert (answer.status_code, answer.text.count(SENTENCE)) == (409, 1)
    assert SENTENCE not in lena.get("/").text


def test_below_a_prefix_every_address_keeps_it(browse, world):
    submitted(written(drafted()))
    below, page = "http://localhost/leaks", f"{HERE}/findings/1"
    read = Page(browse("rhea").get(f"{page}/approval", base_url=below).text)
    assert f"/leaks/to-do/next?after=/leaks{page}/approval" in [one.get("href") for one in read.all("a")]
    assert f"/leaks{page}/approval" in [one.get("action") for one in read.all("form")]
    lena = browse("lena")
    assert lena.post(f"{page}/withdraw", data=lena.tokens(), base_url=below).status_code == 303
    sent = {"data": lena.tokens(), "headers": {"Referer": f"{below}{page}"}}
    answer = lena.post(f"{page}/withdraw", base_url=below, **sent)
    assert (answer.status_code, SENTENCE in answer.text, "Submit finding" in answer.text) == (409, True, True)


def test_what_would_be_refused_is_no_button_but_its_reason(browse, world):
    exhibit()
    lena, propose = browse("lena"), f"{HERE}/exhibits/1/disposals/new"
    assert propose in lena.get(f"{HERE}/exhibits/1").text
    case = world.case()
    cases.edit_case(world.person("lena"), case, lock_version=case.lock_version, legal_hold="All logs.")
    page = lena.get(f"{HERE}/exhibits/1").text
    assert propose not in page
    assert "Propose disposal: This case is under legal hold." in page
    assert "<textarea" not in lena.get(propose).text
    assert lena.post(propose, data=lena.tokens() | {"reason": "Given back."}).status_code == 409


def test_the_next_stage_is_one_button_and_is_offered_only_when_nothing_is_open(browse, world):
    lena = browse("lena")
    assert lena.post_form(f"{HERE}/stage", at=HERE).location == HERE
    assert build_case.case().stage == "inquiry"
    page = lena.get(f"{HERE}/stage").text
    assert 'value="intake"' in page
    assert 'value="investigation"' not in page


def test_what_the_record_refuses_of_a_form_stands_at_the_field(browse, world):
    exhibit()
    lena = browse("lena")
    lena.post_form(f"{HERE}/stage", at=HERE)
    back = Page(lena.post_form(f"{HERE}/stage", to_stage="intake").text)
    assert [one.text for one in back.all("p") if one.get("id") == "reason-error"] == [
        "Error: Enter the reason why the case moves back."
    ]
    later = {"to_holder": "Vault", "at": "2099-01-01 10:00", "why": "Kept"}
    answer = lena.post_form(f"{HERE}/exhibits/1/custody/new", later)
    assert answer.status_code == 409
    assert "lies in the future" in Page(answer.text).all("form")[-1].text
