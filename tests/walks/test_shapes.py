"""The shapes of three real inquiries, entered without a lie: posts only, invented words.

The first heard 97 people in 126 interviews and identified nobody; the second was of a meeting that people heard, with
two conflict counts of how many were asked; in the third a system had let strangers in, and no person was the cause.
"""

import html

import pytest
import sqlalchemy as sa
from flask import current_app

from tests import world as people
from tests.builders import build_access, build_case, build_exhibit, build_finding, build_interview, build_material
from tests.builders.build_access import utc
from tests.builders.build_case import newest
from tests.builders.build_finding import cited
from tests.builders.build_interview import accounted, closed, engaged, planned, seal
from tracker.actions.disclosure import conflicts, versions
from tracker.actions.findings import findings, replies
from tracker.base import db
from tracker.gates.evidence import ALONE
from tracker.models.access.people import Person
from tracker.models.access.words import Channel, Level
from tracker.models.case.words import Stage
from tracker.models.disclosure.words import Confidence, HoldersKnown
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.words import Bearing, Breach, Cited, Conclusion, Happened, Source
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import InterviewState
from tracker.policy.refusals import Refused

HERE = "/cases/LK-AAAA"
pytestmark = pytest.mark.usefixtures("world")


def read(browse, url="", who="lena"):
    """The words of a page, on one line."""
    return " ".join(html.unescape(browse(who).get(f"{HERE}{url}").text).split())


def goes_on(*stages):
    """The lead moves the case."""
    for stage in stages:
        build_case.move(stage)


# 126 interviews of 97 people, in three classes; nobody is identified.


def asked(person, klass, number):
    """One interview: some are only held, some signed and sealed."""
    one = engaged(planned(person, questions=build_interview.text(klass)))
    if number % 9:
        return
    seal(closed(accounted(one)))


@pytest.mark.gate("holds and seals 126 interviews")
def test_a_hundred_and_twenty_six_interviews_of_ninety_seven_people_identify_nobody(browse):
    build_case.ready(Stage.INQUIRY)
    goes_on(Stage.INVESTIGATION)
    classes = ("recipient", "handler", "general")
    staff = [build_material.person(post="Clerk") for _ in range(97)]
    for number in range(126):
        asked(staff[number % 97], classes[number % 97 % 3], number)
    planned(staff[0])  # one more that never took place
    build_case.open_line_of_inquiry(people.person("ines"))
    build_case.settle_all()
    nobody = build_finding.drafted(allegation="One of those who had the draft passed it on.")
    build_finding.written(nobody, **build_finding.WHOLE, missing="No log of the printers was kept.")
    build_finding.cited(nobody, newest_sealed(), Cited.INTERVIEW, Bearing.CONTRADICTS)
    goes_on(Stage.RIGHT_OF_REPLY, Stage.REVIEW)
    build_case.close_line_of_inquiry(people.person("ines"), newest(build_case.LineOfInquiry))
    build_finding.approved(build_finding.submitted(nobody))
    build_case.draft(
        happened=Happened.COMPROMISE, source=Source.NOT_IDENTIFIED, note="126 interviews named nobody.",
        why_bare="Who could open the draft was asked in the interviews; no system kept a log.",
    )  # fmt: skip
    build_case.approve()
    build_case.close()
    assert "126 interviews with 97 people" in read(browse, "/interviews/fair-treatment")
    assert "126 interviews were held with 97 people." in read(browse, "/interviews", "otto")
    assert "source not identified" in read(browse).lower()
    assert people.case().source == "not_identified"


def newest_sealed():
    """The newest interview that was sealed."""
    held = Interview.of(people.case()).where(Interview.state == InterviewState.SIGNED)
    return db.session().scalars(held.order_by(Interview.number.desc())).first()


# A meeting that was heard; a call of eleven minutes that was volunteered; two counts of who was asked.


@pytest.fixture
def adviser():
    build_case.ready(Stage.INQUIRY)
    return build_material.person(post="Adviser to the council")


def test_what_was_heard_in_a_meeting_is_confirmed_access_to_what_was_said(adviser, browse):
    meeting = build_access.material("MEETING", title="What was said in the council", created=utc("2019-04-23 16:00"))
    heard = build_access.access(
        adviser, meeting, level=Level.E5, channel=Channel.MEETING, since=utc("2019-04-23 16:00"), source="Attendance",
    )  # fmt: skip
    page = read(browse, f"/access/{heard.number}")
    assert "E5" in page
    assert "heard it" in page


def call(adviser):
    return build_exhibit.press_contact(adviser, at="2019-04-24 17:31", explanation="About another matter.")


def test_a_call_of_eleven_minutes_that_was_volunteered_says_nothing_of_what_was_said(adviser, browse):
    page = read(browse, f"/press-contacts/{call(adviser).number}")
    for words in ("11", "Volunteered", "About another matter."):
        assert words in page
    with pytest.raises(Refused, match="or choose that it is known what was said"):
        build_exhibit.press_contact(adviser, content="The decision of the council.")


def test_opportunity_is_no_ground_for_a_finding_about_the_person_however_much_of_it_there_is(adviser, browse):
    heard = build_access.access(adviser, level=Level.E5, channel=Channel.MEETING)
    finding = build_finding.written(
        build_finding.drafted(about=adviser, allegation="Told a reporter what the council had decided.")
    )
    cited(finding, heard, Cited.ACCESS_RECORD)
    cited(finding, call(adviser), Cited.PRESS_CONTACT)
    with pytest.raises(Refused) as refused:
        build_finding.submitted(finding)
    assert str(refused.value) == ALONE
    assert ALONE in read(browse, f"/findings/{finding.number}/submission")
    cited(finding, build_exhibit.exhibit(), Cited.EXHIBIT)
    assert findings.open_points(finding) == []


def test_two_counts_of_who_was_asked_stand_beside_each_other_with_their_sources(adviser, browse):
    for value, source in (("About 60", "A news agency"), ("More than 300", "A minister's answer")):
        about = {"field": "interviews", "value": value, "source": source, "confidence": Confidence.LOW}
        conflicts.record_conflict(people.person("ines"), people.case(), **about)
    page = read(browse, "/interviews")
    for words in ("0 interviews were held", "About 60", "A news agency", "More than 300", "A minister's answer"):
        assert words in page


def test_two_hours_stand_out_beside_five_and_twenty_minutes(adviser, browse):
    for person, until in ((adviser, "12:00"), *((build_material.person(post="Minister"), "10:25") for _ in range(4))):
        one = build_interview.held(person)
        closed(one, ended=utc(f"2018-03-22 {until}"))
    page = read(browse, "/interviews/fair-treatment")
    assert "Interview 1: length 120 minutes. Class median: 25 minutes." in page


def test_who_is_criticised_is_heard_and_the_answer_stands_beside_the_passage(adviser, browse):
    finding = build_finding.written(
        build_finding.drafted(about=adviser), **{**build_finding.WHOLE, "conclusion": Conclusion.SUBSTANTIATED}
    )
    cited(finding, build_exhibit.exhibit(), Cited.EXHIBIT)
    ines = people.person("ines")
    put = replies.put_passage(ines, finding, passage=finding.allegation, put_at=utc("2018-04-01"), days=7)
    said = "I spoke of something else, and never of the council."
    replies.record_answer(ines, put, lock_version=put.lock_version, answer=said, answered_at=utc("2018-04-03"))
    replies.respond(
        ines, put, lock_version=put.lock_version, response="Nobody else was present; the conclusion rests on the claim."
    )
    page = read(browse, f"/findings/{finding.number}/replies")
    assert [words in page for words in (put.passage, said, "Nobody else was present")] == [True] * 3


# A log of addresses, a system that answered them, and no person.


def test_a_system_is_the_cause_and_no_person_is_in_the_case(browse):
    build_case.ready(Stage.INQUIRY)
    book = build_access.material("OUTLOOK", title="The outlook before it was published")
    versions.record_version(
        people.person("ines"), book, label="final", made=build_material.NOWHEN,
        holders_known=HoldersKnown.UNKNOWN_SMALL, holders=None,
        content=versions.Content(), settings=current_app.config["SETTINGS"],
    )  # fmt: skip
    log = build_exhibit.exhibit(b"203.0.113.7 GET /outlook.pdf 11:30\n", title="Requests by address")
    goes_on(Stage.INVESTIGATION)
    build_case.open_line_of_inquiry(people.person("ines"))
    build_case.settle_all()
    cause = build_finding.written(
        build_finding.drafted(allegation="The site served the file before its hour to whoever guessed it.")
    )
    cited(cause, log, Cited.EXHIBIT)
    goes_on(Stage.RIGHT_OF_REPLY, Stage.REVIEW)
    build_case.close_line_of_inquiry(people.person("ines"), newest(build_case.LineOfInquiry))
    build_finding.approved(build_finding.submitted(cause))
    axes = {"happened": Happened.ACCIDENTAL_PUBLICATION, "source": Source.PROCESS_OR_SYSTEM, "breach": Breach.NONE}
    build_case.draft(**axes)
    build_case.approve()
    build_case.close()
    assert (newest(Outcome).happened, newest(Outcome).sources[0].source) == (axes["happened"], axes["source"])
    assert db.session().scalars(sa.select(Finding.person_id)).all() == [None]
    assert db.session().scalars(Person.of(people.case())).all() == []
    assert "unknown (small)" in read(browse, "/materials/1").lower()
    assert Source.PROCESS_OR_SYSTEM.label in read(browse)
