"""A case in which there is nothing to investigate goes straight to review, and no step about a person is taken."""

import html
import json
import re

import pytest

from tests.builders import build_case
from tests.builders.build_case import change_the_claim, ready
from tracker.audit.doors import Refused
from tracker.models.case.stages import StageMove
from tracker.models.case.words import ProtectionResult, Stage
from tracker.models.findings.words import Breach, Happened, Source

HERE = "/cases/LK-AAAA"
pytestmark = pytest.mark.usefixtures("world")
S = Stage


@pytest.mark.parametrize("happened", [Happened.COMPROMISE, Happened.NOT_PROTECTED, None])
def test_only_three_endings_lead_straight_to_review(happened):
    build_case.claim()
    build_case.assess(happened)
    build_case.agree()
    with pytest.raises(Refused, match="cannot move from intake to review"):
        build_case.move(S.REVIEW)


@pytest.mark.parametrize("stage", [S.INTAKE, S.INQUIRY])
@pytest.mark.parametrize("happened", [Happened.NO_DISCLOSURE, Happened.AUTHORISED_RELEASE, Happened.ALREADY_PUBLIC])
def test_where_there_is_nothing_to_investigate_the_case_goes_straight_to_review(stage, happened):
    if stage is S.INQUIRY:
        build_case.move(S.INQUIRY)
    build_case.claim()
    build_case.assess(happened)
    with pytest.raises(Refused, match="Preliminary assessment 1 is with the reviewer"):
        build_case.move(S.REVIEW)
    build_case.agree()
    build_case.move(S.REVIEW)
    assert build_case.case().protection_check is None


def test_what_was_public_is_recorded_first_and_a_false_alarm_need_not_be():
    build_case.assess(Happened.ALREADY_PUBLIC)
    build_case.agree()
    with pytest.raises(Refused, match="Record at least one claim of a disclosure"):
        build_case.move(S.REVIEW)
    build_case.assess(Happened.NO_DISCLOSURE)
    build_case.agree()
    build_case.move(S.REVIEW)


def test_what_has_nothing_to_investigate_is_not_investigated():
    ready(S.INQUIRY, "assessed", "agreed")
    build_case.assess(Happened.ALREADY_PUBLIC)
    build_case.agree()
    with pytest.raises(Refused, match=r"leads straight to review\. Move it on, or assess it again"):
        build_case.move(S.INVESTIGATION)


def test_a_claim_changed_after_the_short_way_shuts_the_closing():
    went_short()
    build_case.draft(happened=Happened.ALREADY_PUBLIC)
    build_case.approve()
    change_the_claim()
    with pytest.raises(Refused, match="A claim has changed since preliminary assessment 1"):
        build_case.close()
    build_case.assess(None)
    build_case.agree()
    with pytest.raises(Refused, match=r"Preliminary assessment 2 leads to an investigation\. Move the case back"):
        build_case.close()


def went_short():
    build_case.claim()
    build_case.assess(Happened.ALREADY_PUBLIC)
    build_case.agree()
    build_case.move(S.REVIEW)


def test_it_is_closed_without_a_protection_check_a_line_or_a_hypothesis():
    went_short()
    build_case.draft(happened=Happened.ALREADY_PUBLIC, source=Source.NOT_PURSUED, reason="It was public.")
    build_case.approve()
    build_case.close()
    assert (build_case.case().stage, build_case.case().happened) == (S.CLOSED, "already_public")


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        (None, "Protected-disclosure check: not done."),
        (ProtectionResult.STOP_AND_REFER, "Protected-disclosure check: stop and refer."),
        (ProtectionResult.PROCEED, "Protected-disclosure check: proceed."),
    ],
)
def test_how_counsels_protection_check_stands_is_told_and_blocks_nothing(browse, result, sentence):
    if result:
        build_case.protection_check(result)
    went_short()
    build_case.draft(happened=Happened.ALREADY_PUBLIC)
    build_case.approve()
    told = f"{sentence} This step does not need it, because it concerns no person."
    for who, url in (("lena", HERE), ("dora", f"{HERE}/outcomes/1/close")):
        page = html.unescape(browse(who).get(url).text)
        assert f"Note: </span>{told}" in page
        assert page.count("This step does not need it") == 1
    build_case.close()
    assert told in [text for _, text in json.loads(build_case.newest(StageMove).checklist)]


@pytest.mark.parametrize(
    ("axes", "sentence"),
    [
        ({"happened": Happened.COMPROMISE}, "Choose no disclosure, authorised release or already public"),
        ({"happened": Happened.ALREADY_PUBLIC, "source": Source.PERSON_ADMITTED}, "Do not name a person as the source"),
    ],
)
def test_its_outcome_says_no_more_than_the_assessment_did(axes, sentence):
    went_short()
    with pytest.raises(Refused, match=sentence):
        build_case.draft(breach=Breach.NONE, **axes)


def test_who_is_criticised_on_the_short_way_is_heard_all_the_same():
    build_case.claim()
    build_case.assess(Happened.ALREADY_PUBLIC)
    build_case.agree()
    build_case.find()
    with pytest.raises(Refused, match="Finding 1 criticises a person"):
        build_case.move(S.REVIEW)


def test_reopened_it_goes_back_to_the_inquiry():
    went_short()
    build_case.draft(happened=Happened.ALREADY_PUBLIC)
    build_case.approve()
    build_case.close()
    build_case.reopen()
    assert build_case.case().stage is S.INQUIRY
    assert build_case.newest(StageMove).reason == "A new paper came up."


def test_back_from_it_the_page_offers_only_where_the_case_was(browse):
    went_short()
    page = browse("lena").get("/cases/LK-AAAA/stage").text
    assert re.findall(r'<option[^>]* value="(\w+)"', page) == ["intake", "inquiry"]
    build_case.move(S.INTAKE, "A paper came up.")
    ready(S.RIGHT_OF_REPLY)
    page = browse("lena").get("/cases/LK-AAAA/stage").text
    assert re.findall(r'<option[^>]* value="(\w+)"', page) == ["intake", "inquiry", "investigation", "review"]
