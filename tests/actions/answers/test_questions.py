"""Questions to ask: a planted truth of every form, each asked once, and nothing of what fits together."""

import pytest

from tests import world
from tests.builders.build_access import access, disclosure, person_level, seen, utc
from tests.builders.build_interview import accounted, closed, engaged, planned, seal, sealed
from tests.builders.build_material import material, person, version
from tracker.actions.access.eliminations import propose_elimination
from tracker.actions.access.person_merges import merge_person
from tracker.actions.answers.questions.core_answers import classes_asked, read_core_answers
from tracker.actions.answers.questions.kinds import FORMS, Form
from tracker.actions.answers.questions.questions import Question, read_questions
from tracker.actions.answers.questions.second_hand import Told, chains, find_told, people_numbered
from tracker.analysis.moments import Moment
from tracker.audit.doors import Denied, Refused
from tracker.base import db
from tracker.models.access.words import Channel, Ground, Level, Strength
from tracker.models.inquiry.core_questions import read_answers, write_answers
from tracker.models.inquiry.core_questions import read_questions as questions_in

MORNING, NOON, EVENING = utc("2018-03-20 08:00"), utc("2018-03-20 12:00"), utc("2018-03-20 18:00")
LASTING = {"since": utc("2018-03-20 11:00"), "until": utc("2018-03-20 13:00")}
MEETING = {"channel": Channel.MEETING, "since": NOON}


def told():
    """What is asked: form, person, teller, and the numbers of both sides."""
    rows = sorted(db.session().scalars(Question.of(world.case())), key=lambda one: (one.person, FORMS.index(one.form)))
    return [(one.form, one.person, one.other, one.said_number, one.beside_number) for one in rows]


def heard(of, **about):
    """A sealed interview in which somebody says when they first learned of it."""
    interview = closed(accounted(engaged(planned(of)), **about))
    seal(interview)
    return interview


@pytest.fixture
def cards(world):
    return version(material("CARDS"), label="v1")


def test_what_fits_together_is_not_asked_about(cards):
    who = person()
    heard(who, learned=MORNING)
    access(who, cards.material, version=cards, since=NOON)
    assert told() == []


def test_a_record_before_the_time_that_was_stated_is_asked_about(cards):
    who, other = person(), person()
    first = heard(who, learned=NOON)
    early = access(who, cards.material, version=cards, since=MORNING, level=Level.E2)
    access(who, cards.material, version=cards, since=utc("2018-03-20 09:00"))
    stated = access(other, cards.material, version=cards, since=NOON, level=Level.E6)
    before = access(other, cards.material, since=MORNING, level=Level.E1)
    heard(other, learned=Moment.of())
    assert told() == [
        (Form.RECORD_BEFORE_LEARNING, who.number, None, first.number, early.number),
        (Form.RECORD_BEFORE_STATED, other.number, None, stated.number, before.number),
    ]


def test_two_numbers_of_one_person_are_asked_about_once(cards):
    one, other = person(), person()
    heard(one, learned=NOON)
    access(other, cards.material, version=cards, since=MORNING)
    assert told() == [(Form.NOT_INTERVIEWED, other.number, None, None, 1)]
    merge_person(world.person("ines"), other, same_as=one, reason="The same badge")
    assert told() == [(Form.RECORD_BEFORE_LEARNING, one.number, None, 1, 1)]


def test_learning_before_the_first_publication_without_a_record_is_asked_about(cards):
    one, other = person(), person()
    disclosure(published=EVENING)
    said = heard(one, learned=NOON)
    heard(other, learned=EVENING)
    assert told() == [(Form.LEARNED_BEFORE_PUBLICATION, one.number, None, said.number, 1)]
    access(one, cards.material, since=MORNING, level=Level.E1)
    assert [form for form, *_ in told()] == [Form.RECORD_BEFORE_LEARNING]


def test_meetings_and_materials_are_asked_about_from_both_sides(cards):
    who, book = person(), material("BOOK")
    sealed(who)
    at_meeting = access(who, cards.material, level=Level.E5, **MEETING)
    opened = access(who, book, since=NOON)
    assert told() == []  # nothing is recorded of what they stated
    stated = access(who, cards.material, level=Level.E6, since=EVENING)
    assert told() == [
        (Form.RECORD_BEFORE_STATED, who.number, None, stated.number, at_meeting.number),
        (Form.MEETING_NOT_STATED, who.number, None, None, at_meeting.number),
        (Form.DOCUMENT_NOT_STATED, who.number, None, None, opened.number),
    ]
    other = person()
    sealed(other)
    alone = access(other, cards.material, level=Level.E6, **MEETING)
    paper = access(other, cards.material, level=Level.E6, since=MORNING)
    assert [row for row in told() if row[1] == other.number] == [
        (Form.MEETING_NOT_RECORDED, other.number, None, alone.number, None),
        (Form.DOCUMENT_NOT_RECORDED, other.number, None, paper.number, None),
    ]


def test_two_places_of_one_meeting_are_asked_about(cards):
    one, other, third = person(), person(), person()
    for who in (one, other, third):
        sealed(who)
        access(who, cards.material, level=Level.E5, **MEETING)
    here, there = seen(one, "Room 1", **LASTING), seen(other, "Gate 3", **LASTING)
    assert told() == [
        (Form.SEVERAL_PLACES, one.number, None, 1, here.number),
        (Form.SEVERAL_PLACES, other.number, None, 2, there.number),
    ]


def test_a_record_against_an_elimination_is_asked_about_until_it_is_overruled(cards):
    person_level()
    who, case, of = person(), world.case(), disclosure(published=EVENING)
    sealed(who)
    about = {"ground": Ground.WAS_ELSEWHERE, "evidence": "The door log.", "strength": Strength.X2}
    elimination = propose_elimination(world.person("ines"), case, person=who, disclosure=of, **about)
    assert told() == []
    late = access(who, cards.material, version=cards, since=NOON)
    access(who, cards.material, version=cards, since=utc("2018-03-21 12:00"))
    assert told() == [(Form.RECORD_AGAINST_ELIMINATION, who.number, None, elimination.number, late.number)]
    again = propose_elimination(
        world.person("ines"), case, person=who, disclosure=of, why_wrong="A clerk.",
        **about | {"ground": Ground.NO_ACCOUNT},
    )  # fmt: skip
    assert again.number not in {said for _, _, _, said, _ in told()}


def test_confirmed_holders_without_an_interview_are_asked_about(cards):
    one, other = person(), person()
    for who in (one, other):
        access(who, cards.material, since=NOON)
    access(person(), cards.material, since=NOON, level=Level.E2)
    soon = planned(other)
    assert told() == [
        (Form.NOT_INTERVIEWED, one.number, None, None, 1),
        (Form.NOT_INTERVIEWED, other.number, None, soon.number, 2),
    ]


def test_second_hand_access_asks_for_its_teller(cards):
    one, other, teller = person(), person(), person()
    sealed(teller)
    unknown = access(one, cards.material, level=Level.E7, since=NOON)
    known = access(other, cards.material, level=Level.E7, since=NOON, told_by=teller)
    assert told() == [
        (Form.TELLER_UNKNOWN, one.number, None, None, unknown.number),
        (Form.TELLER_WITHOUT_RECORD, other.number, teller.number, None, known.number),
    ]
    access(teller, cards.material, level=Level.E7, since=MORNING, told_by=one)
    assert [(form, who, by) for form, who, by, *_ in told()] == [
        (Form.TELLER_UNKNOWN, one.number, None),
        (Form.TELLER_WITHOUT_RECORD, teller.number, one.number),
        (Form.TELLER_NOT_INTERVIEWED, teller.number, one.number),
    ]
    assert find_told(world.case())[1] == Told(known.number, other.number, teller.number, NOON)
    assert set(people_numbered(world.case(), [1, None, 2])) == {1, 2}


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [({"level": Level.E3}, "Leave Told by empty"), ({"level": Level.E7}, "Nobody tells themself")],
)
def test_only_what_was_told_has_a_teller_and_nobody_tells_themself(cards, facts, sentence):
    who = person()
    with pytest.raises(Refused, match=sentence):
        access(who, cards.material, told_by=who if facts["level"] is Level.E7 else person(), **facts)
    access(who, cards.material, level=Level.E1, channel=Channel.TOLD_BY_ANOTHER, told_by=person())


def drawn(*pairs):
    """Chains of (hearer, teller), as depth and person; a plus for what stands above already."""
    links = chains(Told(at, *pair, Moment.of()) for at, pair in enumerate(pairs, 1))
    return " ".join(f"{'.' * link.depth}{link.person or '?'}{'+' if link.again else ''}" for link in links)


def test_chains_are_a_list_and_a_circle_ends():
    assert drawn() == ""
    assert drawn((2, 1), (3, 2), (4, 1)) == "1 .2 ..3 .4"
    assert drawn((2, None), (3, 2)) == "? .2 ..3"
    assert drawn((2, 1), (1, 2)) == "1 .2 ..1+"
    assert drawn((2, 1), (2, 3), (4, 2)) == "1 .2 ..4 3 .2+"
    assert drawn(*((at + 1, at) for at in range(1, 3_000))).count(" ") == 2_999


def test_questions_are_withheld_until_the_check_and_reading_them_is_recorded(world, last_entry):
    with pytest.raises(Refused):
        read_questions(world.person("lena"), world.case())
    person_level()
    read_questions(world.person("lena"), world.case())
    assert last_entry()["act"] == "questions.read"
    with pytest.raises(Denied):
        read_questions(world.person("nora"), world.case())


def test_answers_to_one_question_stand_side_by_side(world, last_entry):
    person_level()
    one, other = person(), person()
    interview = planned(one)
    asked = questions_in(interview.questions.text)
    accounted(engaged(interview), answers=write_answers({asked[2]: "By mail.\n  In the evening.", asked[4]: " "}))
    sealed(other)
    planned()
    (text,) = classes_asked(world.case())
    found = read_core_answers(world.person("rhea"), world.case(), questions=text, number=2)
    assert [(each.interview.person_id, each.answer) for each in found] == [
        (one.id, "By mail.\n  In the evening."), (other.id, ""),
    ]  # fmt: skip
    entry = last_entry()
    assert (entry["act"], entry["d"]["question"], entry["d"]["interviews"]) == ("core_answers.read", 2, [1, 2])


def test_answers_read_back_as_they_were_written():
    questions = questions_in("1. Who?\n2) When,\n   and where?\n\n3. Why?")
    assert questions == {1: "1. Who?", 2: "2. When, and where?", 3: "3. Why?"}
    assert questions_in("Who?\nWhen?") == {1: "1. Who?", 2: "2. When?"}
    answers = {questions[1]: "2. When, and where?\n\nThat was asked.", questions[3]: "Nobody knows."}
    assert read_answers(write_answers(answers | {questions[2]: ""})) == answers
    assert read_answers("") == {}
