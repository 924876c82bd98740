"""What carries a finding about a person: sealed interviews, rows nobody corrected, and each named exactly."""

import pytest
import sqlalchemy as sa

from tests import world as people
from tests.actions.findings.test_citations import press_contact
from tests.actions.findings.test_subject_status import correct
from tests.builders import build_exhibit, build_interview
from tests.builders.build_access import person_level
from tests.builders.build_finding import about_somebody, cited, drafted
from tests.machinery.intruder import run_past_the_program
from tracker.actions.findings import findings
from tracker.audit.doors import Refused
from tracker.gates import evidence
from tracker.models.findings.words import Cited
from tracker.models.inquiry.interviews import Interview
from tracker.models.words import Answer


def submit(finding):
    findings.submit_finding(people.person("lena"), finding, revision=finding.revision)


def press_contact_cited(finding):
    """A contact whose content is known, cited for it."""
    return cited(finding, press_contact(people, Answer.YES), Cited.PRESS_CONTACT)


def test_a_row_that_was_corrected_since_carries_nothing(world):
    person_level()
    finding = about_somebody()
    one = press_contact_cited(finding)
    assert (findings.open_points(finding), one.carries) == ([], True)
    correct(people.person("ines"), one.press_contact)
    assert (findings.open_points(finding), one.carries, one.is_void) == ([evidence.ALONE], False, True)
    with pytest.raises(Refused, match="corrected citations do not count"):
        submit(finding)


def test_only_a_sealed_interview_is_cited_and_the_text_says_which(world):
    person_level()
    finding = about_somebody()
    held = build_interview.ready(finding.person)
    with pytest.raises(Refused, match="seal this interview first"):
        cited(finding, held, Cited.INTERVIEW)
    build_interview.seal(held)
    one = cited(finding, held, Cited.INTERVIEW)
    assert one.carries
    said = finding.revisions[-1].said["cites"][0]
    assert (said["kind"], said["number"]) == ("interview", 1)
    assert (said["person"], said["seal"]) == (held.person.number, held.seal)
    submit(finding)


@pytest.mark.parametrize("state", ["planned", "held", "stopped", "cancelled"])
def test_an_interview_that_was_never_signed_carries_nothing_however_it_came_to_be_cited(world, state):
    person_level()
    finding = about_somebody()
    one = cited(finding, build_interview.sealed(finding.person), Cited.INTERVIEW)
    run_past_the_program(sa.update(Interview).values(state=state))
    assert (one.carries, one.is_unsealed, findings.open_points(finding)) == (False, True, [evidence.ALONE])


def test_an_exhibit_is_cited_by_its_hash(world):
    finding = drafted()
    thing = build_exhibit.exhibit()
    assert cited(finding, thing, Cited.EXHIBIT).spell()["sha256"] == thing.sha256
    assert finding.revisions[-1].said["cites"][0]["sha256"] == thing.sha256
