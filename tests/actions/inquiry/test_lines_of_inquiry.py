"""Lines of inquiry: opened with an owner of the team, closed with a result, or left open with a reason."""

import pytest

from tests import world as people
from tests.builders.build_access import utc
from tests.builders.build_inquiry import hypothesis
from tracker.actions.case.roles import end_assignment
from tracker.actions.inquiry import lines_of_inquiry
from tracker.analysis.moments import Moment
from tracker.audit.doors import Denied, Refused, Stale
from tracker.models.inquiry.words import Direction, LineOfInquiryState

NO_DAY = Moment.of()


def opened(*, who="ines", **facts):
    about = {"question": "Who printed it?", "direction": Direction.AGAINST, "due": NO_DAY, **facts}
    return lines_of_inquiry.open_line_of_inquiry(people.person(who), people.case(), **about)


def changed(line, *, who="ines", lock_version=1, **facts):
    about = {"question": line.question, "direction": line.direction, "owner": line.owner, "due": line.due, **facts}
    lines_of_inquiry.edit_line_of_inquiry(
        people.person(who), line, lock_version=lock_version, **{"hypothesis": line.hypothesis, **about}
    )


def test_a_line_is_opened_with_whoever_settles_it_and_when(world, last_entry):
    line = opened(owner=world.person("lena"), due=utc("2018-04-01"), hypothesis=hypothesis(3))
    assert (line.number, line.state, line.owner.name, line.hypothesis.number) == (1, LineOfInquiryState.OPEN, "Lena", 3)
    assert (last_entry()["act"], last_entry()["obj"]) == ("line_of_inquiry.opened", f"line_of_inquiry:{line.id}")
    assert opened().number == 2


@pytest.mark.parametrize("who", ["rhea", "walt", "nora", "ivo"])
def test_only_the_team_owns_a_line(world, who):
    if who == "walt":
        held = next(one for one in world.case().assignments if one.account.name == "Walt")
        end_assignment(world.person("lena"), held, reason="Moved")
    with pytest.raises(Refused, match=r"^Choose the lead investigator or an investigator of this case\.$"):
        opened(owner=world.person(who))


def test_a_hypothesis_of_another_case_is_refused(world):
    with pytest.raises(Refused, match="of this case"):
        lines_of_inquiry.open_line_of_inquiry(
            world.person("ivo"), world.case("LK-BBBB"), question="?", direction=Direction.FOR, hypothesis=hypothesis()
        )
    with pytest.raises(Refused, match="Choose the lead investigator"):
        changed(opened(), owner=world.person("otto"))


def test_a_line_is_changed_and_keeps_an_owner_who_has_left(world, last_entry):
    line = opened(owner=world.person("walt"))
    held = next(one for one in world.case().assignments if one.account.name == "Walt")
    end_assignment(world.person("lena"), held, reason="Moved")
    changed(line, question="Who else printed it?", direction=Direction.FOR)
    assert (line.question, line.direction, line.owner.name, line.lock_version) == (
        "Who else printed it?",
        "for",
        "Walt",
        2,
    )
    assert last_entry()["act"] == "line_of_inquiry.changed"


def test_a_line_is_closed_with_its_result_and_opened_again(world, last_entry):
    line = opened()
    lines_of_inquiry.close_line_of_inquiry(world.person("lena"), line, lock_version=1, result="Nobody did.")
    assert (line.state, line.result, line.lock_version) == (LineOfInquiryState.CLOSED, "Nobody did.", 2)
    assert last_entry()["act"] == "line_of_inquiry.closed"
    lines_of_inquiry.reopen_line_of_inquiry(world.person("ines"), line)
    assert (line.state, line.result, last_entry()["act"]) == (
        LineOfInquiryState.OPEN,
        "Nobody did.",
        "line_of_inquiry.reopened",
    )


def test_a_line_is_left_open_with_a_reason_and_may_be_closed_later(world, last_entry):
    line = opened()
    lines_of_inquiry.leave_open(world.person("ines"), line, lock_version=1, result="The printer keeps no log.")
    assert (line.state, line.result) == (LineOfInquiryState.LEFT_OPEN, "The printer keeps no log.")
    assert last_entry()["act"] == "line_of_inquiry.left_open"
    with pytest.raises(Refused, match="already left open"):
        lines_of_inquiry.leave_open(world.person("ines"), line, lock_version=2, result="Again.")
    lines_of_inquiry.close_line_of_inquiry(world.person("ines"), line, lock_version=2, result="It did.")
    assert line.state is LineOfInquiryState.CLOSED


def test_what_is_closed_is_opened_again_first(world):
    line, ines = opened(), world.person("ines")
    with pytest.raises(Refused, match="already open"):
        lines_of_inquiry.reopen_line_of_inquiry(ines, line)
    lines_of_inquiry.close_line_of_inquiry(ines, line, lock_version=1, result="Nothing.")
    for act in (lines_of_inquiry.close_line_of_inquiry, lines_of_inquiry.leave_open):
        with pytest.raises(Refused, match=r"already closed\. Reopen it first"):
            act(ines, line, lock_version=2, result="Something.")
    with pytest.raises(Refused, match="Reopen it before you change it"):
        changed(line, lock_version=2)


@pytest.mark.parametrize(
    ("act", "missing"),
    [
        (lines_of_inquiry.close_line_of_inquiry, "If nothing was found, say so"),
        (lines_of_inquiry.leave_open, "reason for leaving it open"),
    ],
)
def test_nothing_is_settled_without_words(world, act, missing):
    with pytest.raises(Refused, match=missing):
        act(world.person("ines"), opened(), lock_version=1, result=" ")


def test_a_line_saved_meanwhile_is_neither_changed_nor_settled(world):
    line = opened()
    changed(line, who="lena", question="Who copied it?")
    with pytest.raises(Stale):
        changed(line)
    for act in (lines_of_inquiry.close_line_of_inquiry, lines_of_inquiry.leave_open):
        with pytest.raises(Stale):
            act(world.person("ines"), line, lock_version=1, result="Nobody.")
    assert (line.question, line.state) == ("Who copied it?", LineOfInquiryState.OPEN)


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_team_pursues_lines(world, who):
    line, account = opened(), world.person(who)
    for act in (
        lambda: opened(who=who),
        lambda: changed(line, who=who),
        lambda: lines_of_inquiry.close_line_of_inquiry(account, line, lock_version=1, result="Mine."),
        lambda: lines_of_inquiry.leave_open(account, line, lock_version=1, result="Mine."),
        lambda: lines_of_inquiry.reopen_line_of_inquiry(account, line),
    ):
        with pytest.raises(Denied):
            act()
