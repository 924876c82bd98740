"""How a case ends, entered as it is: stopped and referred, not determined, several sources, the record of that day."""

from functools import partial

import pytest

from tests.builders import build_case
from tests.builders.build_case import newest, ready
from tracker.actions.findings import recommendations, referrals
from tracker.analysis.moments import Moment, stated
from tracker.audit.doors import Denied, Refused
from tracker.gates import Facts, next_step
from tracker.models.case.words import ProtectionResult, Stage
from tracker.models.findings.closings import closing_of
from tracker.models.findings.findings import Finding
from tracker.models.findings.known_sources import KnownSource
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.recommendations import Recommendation
from tracker.models.findings.referrals import Referral
from tracker.models.findings.words import Breach, Ending, Happened, RecommendationState, Source

S = Stage
SENT = stated("2018-03-22 10:00", "UTC")
STOPPED = {"breach": Breach.NOT_DETERMINED, "source": Source.NOT_PURSUED, "reason": "The inspectorate inquires."}


def referred(world, who="lena"):
    return referrals.record_referral(
        world.person(who), world.case(), to="The inspectorate", reference="I-77", sent=SENT, reason="Counsel said so."
    )


@pytest.mark.parametrize("stage", [S.INTAKE, S.INQUIRY, S.INVESTIGATION, S.RIGHT_OF_REPLY])
def test_a_case_is_stopped_and_referred_from_wherever_it_stands(world, stage):
    build_case.reach(stage)
    build_case.protection_check(ProtectionResult.STOP_AND_REFER)
    with pytest.raises(Refused, match="Record to whom the case was referred"):
        build_case.move(S.REVIEW)
    referred(world)
    build_case.move(S.REVIEW)
    build_case.draft(**STOPPED)
    build_case.approve()
    one, case = build_case.close(), world.case()
    assert (one.ending, case.ending, case.breach, case.source) == (
        Ending.STOPPED_AND_REFERRED, "stopped_and_referred", "not_determined", "not_pursued",
    )  # fmt: skip
    assert case.protection_check.result is ProtectionResult.STOP_AND_REFER  # no answer was reversed
    build_case.reopen()
    assert world.case().stage is (S.INQUIRY if stage in {S.INTAKE, S.INQUIRY} else S.INVESTIGATION)
    assert world.case().ending is None


def test_a_stopped_case_goes_back_only_to_where_it_was_and_names_nobody(world):
    build_case.reach(S.INVESTIGATION)
    build_case.protection_check(ProtectionResult.STOP_AND_REFER)
    referred(world)
    build_case.move(S.REVIEW)
    with pytest.raises(Refused, match=r"was stopped and referred\. Do not name a person"):
        build_case.draft(**{**STOPPED, "source": Source.PERSON_ADMITTED})
    with pytest.raises(Refused, match="never in that stage"):
        build_case.move(S.RIGHT_OF_REPLY, "Past its gates.")
    build_case.draft(**STOPPED)
    build_case.protection_check()
    build_case.approve()
    with pytest.raises(Refused, match=r"Test each hypothesis|exculpatory|line of inquiry"):
        build_case.close()  # what was stopped is no longer, and nothing was investigated
    build_case.move(S.INVESTIGATION, "Counsel let it go on.")
    assert next_step(Facts(world.case())).end is S.RIGHT_OF_REPLY


def test_who_may_refer_and_what_came_of_it_is_recorded_also_when_the_case_is_closed(world):
    with pytest.raises(Denied):
        referred(world, "ines")
    with pytest.raises(Refused, match="lies in the future"):
        referrals.record_referral(
            world.person("lena"), world.case(), to="X", sent=stated("2999-01-01", "UTC"), reason="Y"
        )
    one = referred(world)
    said = {"to": "The ombudsman", "sent": SENT, "reason": "Counsel said so.", "reference": "I-77"}
    referrals.edit_referral(world.person("lena"), one, lock_version=one.lock_version, **said)
    ready(S.REVIEW)
    build_case.close()
    one = newest(Referral)
    answered = partial(
        referrals.record_referral_result, world.person("cora"), one, lock_version=one.lock_version, result="Taken over."
    )
    with pytest.raises(Refused, match="cannot have come before the referral") as refused:
        answered(resulted=stated("2001-01-01", "UTC"))
    assert refused.value.field == "resulted"
    answered(resulted=Moment.of())
    assert (one.result, one.to, one.reference) == ("Taken over.", "The ombudsman", "I-77")


def test_several_sources_hold_each_with_its_claims(world):
    ready(S.REVIEW, "drafted", "outcome approved")
    known = (KnownSource(Source.PROCESS_OR_SYSTEM, "The printer.", ("1/1",)), KnownSource(Source.NOT_IDENTIFIED))
    one = build_case.draft(sources=known)
    assert newest(Outcome).sources == known
    assert newest(Outcome).sources[0].words == "Process or system (claim C1 of disclosure 1): The printer."
    with pytest.raises(Refused, match="stands twice"):
        build_case.outcomes.edit_outcome(
            world.person("dora"), one, lock_version=one.lock_version, sources=(known[1], known[1])
        )
    build_case.approve()
    build_case.close()
    assert world.case().source == "process_or_system; not_identified"


def test_a_breach_that_is_not_determined_has_no_intent(world):
    ready(S.REVIEW, "drafted", "outcome approved")
    assert build_case.draft(breach=Breach.NOT_DETERMINED).intent is None


def test_a_closed_outcome_shows_the_findings_as_they_stood(world, browse):
    ready(S.REVIEW)
    finding = newest(Finding)
    one = build_case.close()
    before = closing_of(one.as_it_stood)
    assert [(each.number, each.revision, each.text_sha256) for each in before.findings] == [
        (finding.number, finding.revision, finding.text_sha256)
    ]
    assert before.counts["findings"] == 1
    build_case.reopen()
    build_case.change_finding(world.person("ines"), newest(Finding), reasoning="Wholly other words.", conclusion=None)
    page = browse("otto").get("/cases/LK-AAAA/outcomes/1").text
    assert "as they stood at the closing" in page
    assert f"/findings/1/revisions/{before.findings[0].revision}" in page
    assert "No conclusion yet" not in page
    assert ("1 finding" in page, "1 findings" in page) == (True, False)


def test_a_compromise_without_anything_behind_it_says_so(world):
    ready(S.REVIEW, "drafted", "outcome approved")
    with pytest.raises(Refused, match=r"The case has no interview and no access record\. Say on the outcome why"):
        build_case.draft(happened=Happened.COMPROMISE)
    axes = {**build_case.AXES, "happened": Happened.COMPROMISE, "why_bare": "The editor told us."}
    one = build_case.outcomes.draft_outcome(world.person("dora"), world.case(), submit=True, **axes)
    assert one.why_bare
    assert one.submitted_at


def test_a_recommendation_is_followed_up_after_the_closing(world):
    lena = world.person("lena")
    one = recommendations.add_recommendation(
        lena, world.case(), text="Log prints.", addressee="Print room", due=Moment.of(), owner=lena
    )
    with pytest.raises(Refused, match="Enter the addressee"):
        recommendations.add_recommendation(lena, world.case(), text="X", addressee=" ", due=Moment.of())
    with pytest.raises(Denied):
        recommendations.add_recommendation(world.person("otto"), world.case(), text="X", addressee="Y", due=Moment.of())
    with pytest.raises(Refused, match="Choose an owner with a role"):
        edited(world, one, owner=world.person("ada"))
    edited(world, one, text="Log every print.")
    ready(S.REVIEW)
    build_case.close()
    with pytest.raises(Refused, match="Choose accepted, rejected or done"):
        answered(world, RecommendationState.PROPOSED)
    one = answered(world, RecommendationState.REJECTED)
    assert (one.text, one.state, one.result) == ("Log every print.", RecommendationState.REJECTED, "Too dear.")


def test_a_recommendation_that_was_answered_stays_as_it_was(world):
    one = recommendations.add_recommendation(
        world.person("lena"), world.case(), text="Log prints.", addressee="Print room", due=Moment.of()
    )
    answered(world, RecommendationState.DONE)
    with pytest.raises(Refused, match="This recommendation is done"):
        edited(world, one)


def edited(world, one, text="Log prints.", owner=None):
    recommendations.edit_recommendation(
        world.person("lena"), one, lock_version=one.lock_version, text=text, addressee="Print room", due=Moment.of(),
        owner=owner,
    )  # fmt: skip


def answered(world, state):
    one = newest(Recommendation)
    recommendations.answer_recommendation(
        world.person("lena"), one, lock_version=one.lock_version, state=state, result="Too dear."
    )
    return one
