"""What an interview must keep to: each rule refused where it is written, and again before the seal."""

import json
from datetime import timedelta

import pytest

from tests import world as people
from tests.builders.build_interview import BEGAN, OFFERED, accounted, closed, engaged, held, planned, ready, seal, text
from tests.builders.build_material import NOWHEN
from tests.machinery.intruder import put_past_the_program
from tracker.actions.inquiry import interview_rules, interviews
from tracker.analysis.moments import stated
from tracker.audit.doors import Refused, now
from tracker.base import db
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.inquiry.interviews import Interview, Presence
from tracker.models.inquiry.words import Acknowledged, Mode, Voluntary

pytestmark = pytest.mark.usefixtures("world")
SAID, EARLIER = Acknowledged.ACKNOWLEDGED, BEGAN.earliest - timedelta(hours=1)
NEXT = now() + timedelta(days=900)


def required(interview, voluntary=Voluntary.REQUIRED):
    interviews.write_planning(
        people.person("ines"), interview, lock_version=interview.lock_version, voluntary=voluntary
    )
    return interview


def test_garrity_is_not_given_in_a_required_interview():
    with pytest.raises(Refused, match="for voluntary interviews only"):
        engaged(required(planned()), advisement=text("garrity"))


def test_an_interview_under_garrity_does_not_become_required_later():
    interview = engaged(planned(), advisement=text("garrity"), acknowledged=SAID)
    with pytest.raises(Refused, match="for voluntary interviews only"):
        required(interview)
    assert interview.voluntary == "voluntary"


def test_kalkines_needs_the_reference_of_the_declination():
    interview = required(planned())
    with pytest.raises(Refused, match="reference of the prosecutor's declination"):
        engaged(interview, advisement=text("kalkines"))
    assert engaged(interview, advisement=text("kalkines"), declination="D-17/18").declination == "D-17/18"


def test_a_declination_does_not_stay_when_the_advisement_asks_for_none():
    interview = engaged(required(planned()), advisement=text("kalkines"), declination="D-17/18")
    for other in (text("upjohn"), None):
        with pytest.raises(Refused, match="Leave the declination empty"):
            engaged(interview, advisement=other)
    assert engaged(interview, advisement=text("upjohn"), declination="").declination == ""


def counsel(interview):
    return interviews.add_presence(people.person("ines"), interview, who="Counsel", why="Asks", is_counsel=True)


def test_counsel_attends_under_upjohn_or_the_interview_was_not_held():
    interview = planned()
    counsel(interview)
    with pytest.raises(Refused, match="for whom counsel acts"):
        engaged(interview)
    engaged(interview, advisement=text("upjohn"), acknowledged=SAID)
    with pytest.raises(Refused, match="for whom counsel acts"):
        engaged(interview, advisement=None, acknowledged=None)


def test_counsel_does_not_join_a_held_interview_without_upjohn():
    interview = held()
    with pytest.raises(Refused, match="for whom counsel acts"):
        counsel(interview)
    interviews.add_presence(people.person("ines"), interview, who="Clerk", why="Takes the note")
    assert [one.who for one in interview.present] == ["Clerk"]


@pytest.mark.parametrize("key", ["garrity", "weingarten", None])
def test_counsel_attends_with_the_text_for_that_beside_another_advisement(key):
    answered = {"advisement": text(key), "acknowledged": SAID} if key else {}
    interview = planned()
    counsel(interview)
    with pytest.raises(Refused, match="for whom counsel acts"):
        engaged(interview, **answered, **OFFERED)
    engaged(interview, **answered, **OFFERED, counsel_text=text("upjohn"))
    seal(closed(accounted(interview)))
    upjohn, said = text("upjohn"), json.loads(interview.statement())
    assert said["counsel_text"] == [upjohn.key, upjohn.version, upjohn.text_sha256]
    assert (said["advisement"] and said["advisement"][0]) == key


@pytest.mark.parametrize("key", ["garrity", "us-2302b13", "miranda", "general"])
def test_only_a_text_about_counsel_is_given_because_counsel_attends(key):
    with pytest.raises(Refused, match="Choose an option from the list"):
        engaged(planned(), counsel_text=text(key))


def test_nobody_is_told_to_keep_silent_without_the_statutory_text():
    with pytest.raises(Refused, match="statutory whistleblower text"):
        engaged(planned(), confidentiality="Tell nobody")
    told = engaged(planned(), confidentiality="Tell nobody", whistleblower=text("us-2302b13"))
    assert told.whistleblower.version == 1


@pytest.mark.parametrize(
    ("write", "said", "sentence"),
    [
        (engaged, {"acknowledged": SAID}, "Choose the advisement"),
        (accounted, {"narrative": "", "clarified": "Why then?"}, "free narrative before"),
        (
            closed,
            {"ended": stated("2018-03-22 09:59", "UTC"), "signature": None},
            "end time cannot be before the start time",
        ),
        (closed, {"break_minutes": 62, "signature": None}, "breaks cannot be longer"),
        (closed, {"break_minutes": -1, "signature": None}, "breaks cannot be longer"),
    ],
)
def test_what_cannot_be_is_refused(write, said, sentence):
    with pytest.raises(Refused, match=sentence):
        write(engaged(planned()), **said)


def test_nobody_signs_what_has_no_start_and_the_refusal_names_its_field():
    with pytest.raises(Refused, match="Enter the start time before you record") as refused:
        closed(planned())
    assert refused.value.field == "started"
    with pytest.raises(Refused, match="Enter the day on which the written answers came before you record") as refused:
        closed(engaged(planned(), mode=Mode.WRITTEN, started=NOWHEN), ended=NOWHEN)
    assert refused.value.field == "ended"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [({"read_back": False}, "Read the statement back"), ({"refusal": "None given"}, "Choose Refused or Not sought")],
)
def test_a_signature_follows_the_read_back_and_a_reason_is_that_of_a_refusal(said, sentence):
    with pytest.raises(Refused, match=sentence):
        closed(held(), **said)


def test_what_is_missing_is_told_in_the_order_of_the_parts():
    told = [(one.part, one.says.partition(".")[0]) for one in interview_rules.open_points(planned())]
    assert told == [
        ("engagement", "Enter the start time"),
        ("narrative", "Enter the free narrative"),
        ("closure", "Read the statement back, or offer to"),
        ("closure", "Record the signature, or why there is none"),
    ]
    assert interview_rules.open_points(ready()) == []


def made_wrong(interview, **columns):
    """The row as somebody at the database would leave it."""
    db.session().rollback()
    with db.writer().connect() as connection:
        connection.execute(Interview.__table__.update().where(Interview.__table__.c.id == interview.id), columns)
        connection.commit()
    db.session().expire_all()


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"started_earliest": None, "started_latest": None, "started_precision": "unknown"}, "the start time"),
        ({"narrative": ""}, "Enter the free narrative"),
        ({"read_back": False}, "Read the statement back"),
        ({"signature": None}, "Record the signature"),
        ({"signature": "refused"}, "why the statement is not signed"),
        ({"advisement_id": 1, "voluntary": "required"}, "for voluntary interviews only"),
        ({"advisement_id": 1}, "acknowledged the advisement or refused"),
        ({"advisement_id": 2}, "prosecutor's declination"),
        ({"declination": "D-1"}, "Leave the declination empty"),
        ({"ended_earliest": NEXT, "ended_latest": NEXT}, "end time is in the future"),
        ({"signed_earliest": NEXT, "signed_latest": NEXT}, "signature or refusal is in the future"),
        ({"advisement_id": 3}, "representative was offered"),
        ({"advisement_id": 6}, "stops the interview"),
        ({"confidentiality": "Tell nobody"}, "statutory whistleblower text"),
        ({"break_minutes": 90}, "breaks cannot be longer"),
        ({"ended_earliest": EARLIER, "ended_latest": EARLIER}, "end time cannot be before"),
        ({"capacity": "subject"}, "No subject status was signed for this person"),
    ],
)  # fmt: skip
def test_every_rule_is_asked_again_before_the_seal(columns, sentence):
    interview = ready()
    made_wrong(interview, **columns)
    with pytest.raises(Refused, match=sentence):
        seal(interview)
    assert interview.seal is None


def test_counsel_without_upjohn_is_found_before_the_seal():
    interview = ready()
    about = {"case_id": interview.case_id, "interview_id": interview.id, "number": 1}
    put_past_the_program(Presence(**about, who="Counsel", why="Asks", is_counsel=True))
    with pytest.raises(Refused, match="for whom counsel acts"):
        seal(interview)


def lapse():
    """All subject statuses as they stand after their thirty days."""
    db.session().rollback()
    with db.writer().connect() as connection:
        connection.execute(SubjectStatus.__table__.update().values(until=BEGAN.earliest))
        connection.commit()
