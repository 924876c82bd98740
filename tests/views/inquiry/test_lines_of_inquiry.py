"""The pages of lines of inquiry: filters, what is overdue, what could speak for the person, and settling one."""

import pytest

from tests import world as people
from tests.builders.build_access import utc
from tests.builders.build_inquiry import hypothesis
from tracker.actions.inquiry import lines_of_inquiry
from tracker.analysis.moments import Moment
from tracker.models.inquiry.words import Direction

HERE = "/cases/LK-AAAA/lines-of-inquiry"
MISSING = "No line of inquiry looks for evidence against the allegation yet"


def opened(question, direction=Direction.FOR, due=None, owner=None, **facts):
    return lines_of_inquiry.open_line_of_inquiry(
        people.person("ines"), people.case(), question=question, direction=direction,
        owner=owner and people.person(owner), due=utc(due) if due else Moment.of(), **facts,
    )  # fmt: skip


def test_a_case_without_lines_says_what_to_do_and_what_is_missing(browse):
    text = browse("ines").get(HERE).text
    assert "No lines of inquiry yet" in text
    assert MISSING in text
    assert "Add line" not in browse("otto").get(HERE).text


def test_the_notice_stands_until_there_is_one_against(browse):
    opened("Who printed it?")
    assert MISSING in browse("otto").get(HERE).text
    opened("Was she away?", Direction.AGAINST)
    assert MISSING not in browse("otto").get(HERE).text


def test_a_line_is_opened_on_the_form(browse, world):
    answer = browse("ines").post_form(
        f"{HERE}/new", {"due": "2018-04-01"}, question="Who printed it?", direction="against",
        owner=world.person("lena").uid, hypothesis="3",
    )  # fmt: skip
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    text = browse("otto").get(f"{HERE}/1").text
    for words in ("Who printed it?", "Against (exculpatory)", "Lena", "1 Apr 2018", "Overdue", "H3: Already public"):
        assert words in text


def test_only_those_who_work_on_the_team_are_offered_as_owners(browse):
    text = browse("ines").get(f"{HERE}/new").text
    assert [name for name in ("Lena", "Ines", "Walt") if f">{name}</option>" in text] == ["Lena", "Ines", "Walt"]
    assert [name for name in ("Rhea", "Cora", "Dora", "Otto", "Nora", "Ivo") if f">{name}</option>" in text] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=closed", {2}), ("direction=against", {2, 3}), ("due=overdue", {1}), ("q=nobody", {2}),
        ("q=printed", {1}), ("owner={lena}", {3}), ("state=open&direction=for", {1}), ("owner=x", set()),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(browse, world, query, found):
    opened("Who printed it?", due="2018-04-01")
    closed = opened("Was she away?", Direction.AGAINST, due="2018-04-01")
    lines_of_inquiry.close_line_of_inquiry(world.person("ines"), closed, lock_version=1, result="Nobody knows.")
    opened("Who else had it?", Direction.AGAINST, due="2099-04-01", owner="lena")
    text = browse("otto").get(f"{HERE}?{query.format(lena=world.person('lena').uid)}").text
    assert {number for number in (1, 2, 3) if f'"{HERE}/{number}"' in text} == found


def test_a_line_is_closed_opened_again_and_left_open(browse):
    opened("Who printed it?")
    ines = browse("ines")
    assert "Enter the result" in ines.post_form(f"{HERE}/1/closure", result="").text
    assert ines.post_form(f"{HERE}/1/closure", result="Nobody did.").location == f"{HERE}/1"
    text = ines.get(f"{HERE}/1").text
    assert "Nobody did." in text
    assert "Edit line" not in text
    assert ines.post_form(f"{HERE}/1/reopen", at=f"{HERE}/1").status_code == 303
    assert "Result before reopening" in ines.get(f"{HERE}/1").text
    ines.post_form(f"{HERE}/1/left-open", result="The printer keeps no log.")
    assert "Reason for leaving it open" in ines.get(f"{HERE}/1").text
    assert ines.post_form(f"{HERE}/1/reopen", at=f"{HERE}/1").status_code == 303


def test_what_cannot_be_done_is_said_and_what_was_typed_is_kept(browse, world):
    line = opened("Who printed it?")
    ines = browse("ines")
    lines_of_inquiry.close_line_of_inquiry(world.person("lena"), line, lock_version=1, result="Nobody did.")
    for form in ("closure", "left-open"):
        answer = ines.post_form(f"{HERE}/1/{form}", result="Mine.", lock_version="1")
        assert (answer.status_code, "Mine." in answer.text, "Nobody did." in answer.text) == (409, True, True)
    answer = ines.post_form(f"{HERE}/1/edit", question="Another?")
    assert (answer.status_code, "Another?" in answer.text) == (409, True)


def test_the_page_of_a_hypothesis_names_the_lines_that_test_it(browse):
    opened("Who printed it?", hypothesis=hypothesis(3))
    assert f'"{HERE}/1"' in browse("otto").get("/cases/LK-AAAA/hypotheses/3").text
