"""The shapes of three real inquiries, entered without a lie: posts only, invented words.

The first heard 97 people in 126 interviews and identified nobody; the second was of a meeting that people heard, with
two rival counts of how many were asked; in the third a system had let strangers in, and no person was the cause.
"""

import html

import pytest
import sqlalchemy as sa
from flask import current_app

from tests import accessed, drafts, interviewed, judged, pieces, preserved
from tests import world as people
from tests.accessed import utc
from tests.drafts import cited
from tests.interviewed import accounted, closed, engaged, planned, seal
from tests.judged import newest
from tracker import db
from tracker.actions import findings, interviews, replies, rivals, versions
from tracker.gates.evidence import ALONE
from tracker.models.findings import Finding
from tracker.models.interviews import Interview
from tracker.models.outcomes import Outcome
from tracker.models.people import Person
from tracker.models.words.accesses import Channel, Level
from tracker.models.words.cases import Stage
from tracker.models.words.citations import Bearing, Cited
from tracker.models.words.findings import Conclusion
from tracker.models.words.interviews import InterviewState
from tracker.models.words.materials import HoldersKnown
from tracker.models.words.outcomes import Breach, Happened, Source
from tracker.models.words.rivals import Confidence
from tracker.refusals import Refused

HERE = "/cases/LK-AAAA"
pytestmark = pytest.mark.usefixtures("world")


def read(browse, url="", who="lena"):
    """The words of a page, on one line."""
    return " ".join(html.unescape(browse(who).get(f"{HERE}{url}").text).split())


def goes_on(*stages):
    """The lead moves the case."""
    for stage in stages:
        judged.move(stage)


# 126 interviews of 97 people, in three classes; nobody is identified.


def asked(person, klass, number):
    """One interview: some are only held, some signed and sealed."""
    one = engaged(planned(person, questions=interviewed.text(klass)))
    if number % 9:
        interviews.hold_interview(people.person("ines"), one)
        return
    interviews.hold_interview(people.person("ines"), accounted(one))
    seal(closed(one))


def test_a_hundred_and_twenty_six_interviews_of_ninety_seven_people_identify_nobody(browse):
    judged.ready(Stage.INQUIRY)
    goes_on(Stage.INVESTIGATION)
    classes = ("recipient", "handler", "general")
    staff = [pieces.person(post="Clerk") for _ in range(97)]
    for number in range(126):
        asked(staff[number % 97], classes[number % 97 % 3], number)
    planned(staff[0])  # one more that never took place
    judged.open_line(people.person("ines"))
    judged.settle_all()
    nobody = drafts.drafted(allegation="One of those who had the draft passed it on.")
    drafts.written(nobody, **drafts.WHOLE, missing="No log of the printers was kept.")
    drafts.cited(nobody, newest_sealed(), Cited.INTERVIEW, Bearing.CONTRADICTS)
    goes_on(Stage.REPLY, Stage.REVIEW)
    judged.close_line(people.person("ines"), newest(judged.LineOfInquiry))
    drafts.approved(drafts.submitted(nobody))
    judged.draft(happened=Happened.COMPROMISE, source=Source.NOT_IDENTIFIED, note="126 interviews named nobody.")
    judged.approve()
    judged.close()
    assert "126 interviews with 97 people" in read(browse, "/interviews/fairness")
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
    judged.ready(Stage.INQUIRY)
    return pieces.person(post="Adviser to the council")


def test_what_was_heard_in_a_meeting_is_confirmed_access_to_what_was_said(adviser, browse):
    meeting = accessed.material("MEETING", title="What was said in the council", created=utc("2019-04-23 16:00"))
    heard = accessed.access(
        adviser, meeting, level=Level.E5, channel=Channel.MEETING, since=utc("2019-04-23 16:00"), source="Attendance",
    )  # fmt: skip
    page = read(browse, f"/access/{heard.number}")
    assert "E5" in page
    assert "heard it" in page


def call(adviser):
    return preserved.contact(adviser, at="2019-04-24 17:31", explanation="About another matter.")


def test_a_call_of_eleven_minutes_that_was_volunteered_says_nothing_of_what_was_said(adviser, browse):
    page = read(browse, f"/contacts/{call(adviser).number}")
    for words in ("11", "Volunteered", "About another matter."):
        assert words in page
    with pytest.raises(Refused, match="or choose that it is known what was said"):
        preserved.contact(adviser, content="The decision of the council.")


def test_opportunity_is_no_ground_for_a_finding_about_the_person_however_much_of_it_there_is(adviser, browse):
    heard = accessed.access(adviser, level=Level.E5, channel=Channel.MEETING)
    finding = drafts.written(drafts.drafted(about=adviser, allegation="Told a reporter what the council had decided."))
    cited(finding, heard, Cited.ACCESS)
    cited(finding, call(adviser), Cited.CONTACT)
    with pytest.raises(Refused) as refused:
        drafts.submitted(finding)
    assert str(refused.value) == ALONE
    assert ALONE in read(browse, f"/findings/{finding.number}/submission")
    cited(finding, preserved.exhibit(), Cited.EXHIBIT)
    assert findings.what_blocks(finding) == []


def test_two_counts_of_who_was_asked_stand_beside_each_other_with_their_sources(adviser, browse):
    for value, source in (("About 60", "A news agency"), ("More than 300", "A minister's answer")):
        about = {"field": "interviews", "value": value, "source": source, "confidence": Confidence.LOW}
        rivals.record_rival(people.person("ines"), people.case(), **about)
    page = read(browse, "/interviews")
    for words in ("0 interviews were held", "About 60", "A news agency", "More than 300", "A minister's answer"):
        assert words in page


def test_two_hours_stand_out_beside_five_and_twenty_minutes(adviser, browse):
    for person, until in ((adviser, "12:00"), *((pieces.person(post="Minister"), "10:25") for _ in range(4))):
        one = interviewed.held(person)
        closed(one, ended=utc(f"2018-03-22 {until}"))
    page = read(browse, "/interviews/fairness")
    assert "Interview 1: length 120 minutes. Class median: 25 minutes." in page


def test_who_is_criticised_is_heard_and_the_answer_stands_beside_the_passage(adviser, browse):
    finding = drafts.written(drafts.drafted(about=adviser), **{**drafts.WHOLE, "conclusion": Conclusion.SUBSTANTIATED})
    cited(finding, preserved.exhibit(), Cited.EXHIBIT)
    ines = people.person("ines")
    put = replies.put_passage(ines, finding, passage=finding.allegation, put_at=utc("2018-04-01"), days=7)
    said = "I spoke of something else, and never of the council."
    replies.record_answer(ines, put, row=put.row, answer=said, answered_at=utc("2018-04-03"))
    replies.respond(ines, put, row=put.row, response="Nobody else was present; the conclusion rests on the claim.")
    page = read(browse, f"/findings/{finding.number}/replies")
    assert [words in page for words in (put.passage, said, "Nobody else was present")] == [True] * 3


# A log of addresses, a system that answered them, and no person.


def test_a_system_is_the_cause_and_no_person_is_in_the_case(browse):
    judged.ready(Stage.INQUIRY)
    book = accessed.material("OUTLOOK", title="The outlook before it was published")
    versions.record_version(
        people.person("ines"), book, label="final", made=pieces.NOWHEN, holders_known=HoldersKnown.UNKNOWN_SMALL,
        holders=None, content=versions.Content(), settings=current_app.config["SETTINGS"],
    )  # fmt: skip
    log = preserved.exhibit(b"203.0.113.7 GET /outlook.pdf 11:30\n", title="Requests by address")
    goes_on(Stage.INVESTIGATION)
    judged.open_line(people.person("ines"))
    judged.settle_all()
    cause = drafts.written(drafts.drafted(allegation="The site served the file before its hour to whoever guessed it."))
    cited(cause, log, Cited.EXHIBIT)
    goes_on(Stage.REPLY, Stage.REVIEW)
    judged.close_line(people.person("ines"), newest(judged.LineOfInquiry))
    drafts.approved(drafts.submitted(cause))
    axes = {"happened": Happened.ACCIDENTAL_PUBLICATION, "source": Source.PROCESS_OR_SYSTEM, "breach": Breach.NONE}
    judged.draft(**axes)
    judged.approve()
    judged.close()
    assert (newest(Outcome).happened, newest(Outcome).source) == (axes["happened"], axes["source"])
    assert db.session().scalars(sa.select(Finding.person_id)).all() == [None]
    assert db.session().scalars(Person.of(people.case())).all() == []
    assert "unknown (small)" in read(browse, "/materials/1").lower()
    assert Source.PROCESS_OR_SYSTEM.label in read(browse)
