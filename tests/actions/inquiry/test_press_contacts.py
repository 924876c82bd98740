"""Contacts: what is recorded of one, and that nobody writes down what was said without knowing it."""

import pytest

from tests import world as people
from tests.builders.build_exhibit import moment, press_contact
from tests.builders.build_material import person
from tracker.actions.access.people import add_person
from tracker.actions.inquiry import press_contacts
from tracker.audit.doors import Denied, Refused
from tracker.models.inquiry.words import Basis
from tracker.models.words import Answer


@pytest.fixture
def aide(world):
    return person()


def corrected(old, *, who="ines", **facts):
    about = {
        "person": old.person, "with_whom": old.with_whom, "at": old.at, "basis": old.basis, "minutes": 12,
        "content_known": Answer.NO, "why_corrected": "Read wrongly", **facts,
    }  # fmt: skip
    return press_contacts.correct_press_contact(people.person(who), old, **about)


def test_a_call_that_was_volunteered_is_recorded_without_what_was_said(aide, last_entry):
    made = press_contact(aide)
    assert (made.number, made.minutes, made.basis, made.content_known) == (1, 11, Basis.VOLUNTEERED, Answer.NO)
    assert made.label == "1: P-001 with A reporter of The Courier"
    assert (last_entry()["act"], last_entry()["obj"]) == ("press_contact.recorded", f"press_contact:{made.id}")


@pytest.mark.parametrize("known", [Answer.NO, Answer.UNKNOWN])
def test_content_that_is_not_known_is_refused(aide, known):
    with pytest.raises(Refused, match="or choose that it is known"):
        press_contact(aide, content_known=known, content="He must have told her")
    assert press_contact(aide, content_known=Answer.YES, content="An invitation").content == "An invitation"


def test_with_whom_is_no_judgement(aide):
    with pytest.raises(Refused, match="Do not judge a person"):
        press_contact(aide, with_whom="the leak" + "er's friend")


def test_a_person_of_another_case_is_refused(world, aide):
    stranger = add_person(world.person("ivo"), world.case("LK-BBBB"), name="", post="", unit="", identifiers=[])
    with pytest.raises(Refused, match="of this case"):
        press_contact(stranger)


def test_a_correction_names_the_old_row_which_stays(aide, last_entry):
    old = press_contact(aide)
    newer = corrected(old, at=moment("2018-03-20 17:35"))
    assert (newer.number, newer.corrects, newer.minutes, old.minutes, old.corrected_by) == (2, old, 12, 11, newer)
    assert last_entry()["act"] == "press_contact.corrected"
    with pytest.raises(Refused, match="Record 2 corrects record 1"):
        corrected(old)


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_team_records_press_contacts(aide, who):
    made = press_contact(aide)
    with pytest.raises(Denied):
        press_contact(aide, who=who)
    with pytest.raises(Denied):
        corrected(made, who=who)


@pytest.mark.parametrize("content", ["", "\u200b"])
def test_content_that_is_known_is_written_down(aide, content):
    with pytest.raises(Refused, match=r"^Enter what was said, or choose that the content is not known"):
        press_contact(aide, content_known=Answer.YES, content=content)
    with pytest.raises(Refused, match=r"^Enter what was said, or choose that the content is not known"):
        corrected(press_contact(aide), content_known=Answer.YES, content=content)


def test_nobody_spoke_in_the_future(aide):
    with pytest.raises(Refused, match=r"^The time of contact lies in the future: enter when it really was"):
        press_contact(aide, at="2099-03-20 17:31")
    assert press_contact(aide, at="").number == 1
