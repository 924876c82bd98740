"""Interviews: planned, written part by part, held, ended; who may, and what each part refuses."""

from datetime import timedelta

import pytest

from tests import world as people
from tests.builders import build_interview
from tests.builders.build_interview import BEGAN, accounted, closed, designated, engaged, held, planned, ready, text
from tests.builders.build_material import NOWHEN, person
from tracker.actions.inquiry import interviews
from tracker.actions.inquiry.interview_rules import open_points
from tracker.analysis.moments import stated
from tracker.audit.doors import Denied, Refused, Stale
from tracker.models.inquiry.words import Acknowledged, Capacity, Mode, Signature, Voluntary

pytestmark = pytest.mark.usefixtures("world")


def test_only_the_person_is_needed_to_plan(last_entry):
    interview = planned()
    assert (interview.number, interview.state, interview.capacity, interview.voluntary) == (
        1, "planned", "witness", "voluntary",
    )  # fmt: skip
    assert (interview.klass, interview.companion, interview.started) == ("Anybody", "not_offered", NOWHEN)
    entry = last_entry()
    assert (entry["act"], entry["case"], entry["obj"]) == ("interview.planned", "LK-AAAA", f"interview:{interview.id}")
    assert planned().number == 2


def test_what_is_planned_is_kept():
    interview = planned(
        questions=text("handler"), voluntary=Voluntary.REQUIRED, planned_for=BEGAN, planning="The copies"
    )
    assert (interview.klass[:8], interview.planned_for, interview.planning) == ("Handlers", BEGAN, "The copies")


def test_a_person_of_another_case_is_not_interviewed_here():
    with pytest.raises(Refused, match="person in this case"):
        planned(person(), who="ivo", case="LK-BBBB")


def test_each_part_is_saved_by_itself_and_leaves_its_entry(entries):
    interview = planned()
    interviews.write_planning(people.person("ines"), interview, lock_version=1, notice="By letter")
    closed(accounted(engaged(interview)), signature=None)
    assert (interview.lock_version, interview.notice, interview.started, interview.read_back) == (
        5,
        "By letter",
        BEGAN,
        True,
    )
    acts = ["interview.prepared", "interview.engaged", "interview.narrative_written", "interview.closure_written"]
    assert [entry["act"] for entry in entries()[-4:]] == acts


def test_the_words_of_an_interview_are_not_quoted_in_the_audit_log(entries):
    interview = ready()
    said = "".join(str(entry) for entry in entries())
    assert interview.narrative not in said
    assert "narrative" in entries("interview.narrative_written")[-1]["d"]["fields"][f"interview:{interview.id}"]


def test_a_part_writes_its_own_fields_and_no_other():
    interview = planned()
    for name in ("state", "seal", "narrative", "by_id", "person_id"):
        with pytest.raises(TypeError, match=name):
            interviews.write_planning(people.person("ines"), interview, lock_version=1, **{name: 1})


@pytest.mark.parametrize("write", [engaged, accounted, closed])
def test_a_part_saved_meanwhile_is_not_overwritten(write):
    interview = planned()
    interviews.write_planning(people.person("lena"), interview, lock_version=1, notice="Hers")
    stale = {"write_engagement": {}, "write_narrative": {}, "write_closure": {}}
    name = {engaged: "write_engagement", accounted: "write_narrative", closed: "write_closure"}[write]
    with pytest.raises(Stale):
        getattr(interviews, name)(people.person("ines"), interview, lock_version=1, **stale[name])
    assert interview.notice == "Hers"


def test_a_text_of_another_kind_is_no_advisement():
    with pytest.raises(Refused, match="Choose an option from the list"):
        engaged(planned(), advisement=text("general"))


def test_that_it_was_held_follows_from_its_start_time(last_entry):
    interview = planned()
    assert engaged(interview).state == "held"
    assert last_entry()["act"] == "interview.engaged"
    assert engaged(interview, started=NOWHEN).state == "planned"


def test_written_answers_are_held_on_the_day_they_came_and_need_no_read_back(last_entry):
    interview = accounted(engaged(planned(), mode=Mode.WRITTEN, started=NOWHEN))
    assert [one.says for one in open_points(interview)] == [
        "Enter the day on which the written answers came.", "Record the signature, or why there is none.",
    ]  # fmt: skip
    came = stated("2018-03-24", "UTC")
    answered = {"ended": came, "read_back": False, "signed": NOWHEN}
    assert closed(interview, signature=None, **answered).state == "held"
    closed(interview, signature=Signature.NOT_SOUGHT, **answered)  # saved; what is missing is asked for before the seal
    assert [(one.field, one.says[:21]) for one in open_points(interview)] == [("why_refused", "Enter why the stateme")]
    closed(interview, signature=Signature.NOT_SOUGHT, refusal="Answered by e-mail.", **answered)
    build_interview.seal(interview)
    assert (interview.state, interview.signature) == ("signed", "not_sought")


def test_a_planned_interview_is_cancelled_with_a_reason(last_entry):
    interview = planned()
    ines = people.person("ines")
    with pytest.raises(Refused, match="Enter the reason"):
        interviews.cancel_interview(ines, interview, lock_version=1, why_ended="")
    interviews.cancel_interview(ines, interview, lock_version=1, why_ended="On leave")
    assert (interview.state, interview.why_ended, last_entry()["act"]) == (
        "cancelled",
        "On leave",
        "interview.cancelled",
    )
    with pytest.raises(Refused, match="was cancelled"):
        engaged(interview)


@pytest.mark.parametrize("begun", [held, lambda: engaged(planned())], ids=["held", "begun"])
def test_an_interview_that_began_cannot_be_cancelled(begun):
    interview = begun()
    with pytest.raises(Refused, match="has started and cannot be cancelled"):
        interviews.cancel_interview(
            people.person("ines"), interview, lock_version=interview.lock_version, why_ended="Second thoughts"
        )


@pytest.mark.parametrize("key", ["miranda", "uk-caution"])
def test_a_caution_stops_the_interview_and_nothing_more_is_written(key, last_entry):
    interview = engaged(held(), advisement=text("garrity"), acknowledged=Acknowledged.ACKNOWLEDGED)
    ines, caution = people.person("ines"), text(key)
    interviews.stop_interview(
        ines, interview, lock_version=interview.lock_version, advisement=caution, why_ended="She is in custody"
    )
    assert (interview.state, interview.why_ended) == ("stopped", f"{caution.name}, version 1. She is in custody")
    assert (interview.advisement.key, interview.acknowledged) == ("garrity", Acknowledged.ACKNOWLEDGED)
    assert last_entry()["act"] == "interview.stopped"
    for write in (engaged, accounted, closed):
        with pytest.raises(Refused, match="stopped and handed over"):
            write(interview)


def test_only_a_caution_stops_an_interview():
    interview = planned()
    with pytest.raises(Refused, match="Choose the caution"):
        interviews.stop_interview(
            people.person("ines"), interview, lock_version=1, advisement=text("garrity"), why_ended="Custody"
        )
    with pytest.raises(Refused, match="stops the interview"):
        engaged(interview, advisement=text("miranda"))


def test_a_subject_is_interviewed_only_while_the_subject_status_is_in_force():
    aide = person()
    designated(aide, signed=False)
    with pytest.raises(Refused, match="can only be interviewed as a witness until"):
        planned(aide, capacity=Capacity.SUBJECT)
    interview = planned(aide)
    with pytest.raises(Refused, match="can only be interviewed as a witness until"):
        interviews.write_planning(people.person("ines"), interview, lock_version=1, capacity=Capacity.SUBJECT)


def test_a_subject_status_that_has_lapsed_makes_nobody_a_subject():
    aide = person()
    designated(aide, ago=timedelta(days=31))
    with pytest.raises(Refused, match="can only be interviewed as a witness until"):
        planned(aide, capacity=Capacity.SUBJECT)


def test_a_designated_person_is_interviewed_as_a_subject():
    aide = person()
    designated(aide)
    assert planned(aide, capacity=Capacity.SUBJECT).capacity == "subject"


def test_signed_words_stand_until_the_signature_is_taken_back():
    interview = ready()
    ines, row = people.person("ines"), interview.lock_version
    for write in (engaged, accounted):
        with pytest.raises(Refused, match="The statement is signed"):
            write(interview)
    with pytest.raises(Refused, match="The statement is signed"):
        interviews.write_planning(ines, interview, lock_version=row, notice="Another")
    with pytest.raises(Refused, match="The statement is signed"):
        interviews.add_presence(ines, interview, who="A colleague", why="Accompanies")
    with pytest.raises(Refused, match="Remove the signature"):
        closed(interview, corrections="It was Tuesday")
    assert closed(interview, signed=NOWHEN).signed == NOWHEN
    assert closed(interview, signature=None, corrections="It was Tuesday").corrections == "It was Tuesday"
    accounted(interview, narrative="It was Tuesday.")


def test_a_refused_signature_may_still_become_a_signature():
    interview = closed(held(), signature=Signature.REFUSED, refusal="No reason given")
    assert closed(interview, refusal="").signature == "signed"


def test_who_is_present_is_added_and_taken_away(last_entry):
    interview, ines = planned(), people.person("ines")
    clerk = interviews.add_presence(ines, interview, who="Clerk", why="Takes the note")
    assert (clerk.number, clerk.is_counsel, last_entry()["act"]) == (1, False, "presence.added")
    assert last_entry()["obj"] == f"presence:{clerk.id}"
    interviews.remove_presence(ines, clerk)
    assert (interview.present, last_entry()["act"]) == ([], "presence.removed")


def test_no_word_calls_those_present_guilty():
    with pytest.raises(Refused, match="Do not judge"):
        interviews.add_presence(people.person("ines"), planned(), who="The leak" + "er", why="Listens")


def test_reading_is_recorded_and_changes_nothing(last_entry):
    interview = planned()
    interviews.read_interview(people.person("otto"), interview)
    entry = last_entry()
    assert (entry["act"], entry["obj"]) == ("interview.read", f"interview:{interview.id}")
    assert "fields" not in entry["d"]


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_team_records_interviews(who):
    interview, stranger = planned(), people.person(who)
    clerk = interviews.add_presence(people.person("ines"), interview, who="Clerk", why="Takes the note")
    row, aide = interview.lock_version, person()
    verbs = [
        lambda: planned(aide, who=who),
        lambda: interviews.write_planning(stranger, interview, lock_version=row),
        lambda: interviews.write_engagement(stranger, interview, lock_version=row),
        lambda: interviews.write_narrative(stranger, interview, lock_version=row, deviation=""),
        lambda: interviews.write_closure(stranger, interview, lock_version=row),
        lambda: interviews.cancel_interview(stranger, interview, lock_version=row, why_ended="No"),
        lambda: interviews.stop_interview(
            stranger, interview, lock_version=row, advisement=text("miranda"), why_ended="No"
        ),
        lambda: interviews.add_presence(stranger, interview, who="Me", why="To listen"),
        lambda: interviews.remove_presence(stranger, clerk),
    ]
    for verb in verbs:
        with pytest.raises(Denied):
            verb()


def test_who_has_no_role_reads_no_interview():
    with pytest.raises(Denied):
        interviews.read_interview(people.person("nora"), build_interview.sealed())
