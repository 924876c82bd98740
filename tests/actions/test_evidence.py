"""What carries a finding about a person: sealed interviews, rows nobody corrected, and each named exactly."""

import pytest
import sqlalchemy as sa

from tests import interviewed, preserved
from tests import world as people
from tests.accessed import screened
from tests.actions.test_citations import contact
from tests.actions.test_designations import correct
from tests.drafts import about_somebody, behind_the_programs_back, cited, drafted
from tracker.actions import findings
from tracker.gates import evidence
from tracker.ledger import Refused
from tracker.models.interviews import Interview
from tracker.models.words import Answer
from tracker.models.words.citations import Cited


def submit(finding):
    findings.submit_finding(people.person("lena"), finding, revision=finding.revision)


def contact_cited(finding):
    """A contact whose content is known, cited for it."""
    return cited(finding, contact(people, Answer.YES), Cited.CONTACT)


def test_a_row_that_was_corrected_since_carries_nothing(world):
    screened()
    finding = about_somebody()
    one = contact_cited(finding)
    assert (findings.what_blocks(finding), one.carries) == ([], True)
    correct(people.person("ines"), one.contact)
    assert (findings.what_blocks(finding), one.carries, one.is_void) == ([evidence.ALONE], False, True)
    with pytest.raises(Refused, match="corrected citations do not count"):
        submit(finding)


def test_only_a_sealed_interview_is_cited_and_the_text_says_which(world):
    screened()
    finding = about_somebody()
    held = interviewed.ready(finding.person)
    with pytest.raises(Refused, match="seal this interview first"):
        cited(finding, held, Cited.INTERVIEW)
    interviewed.seal(held)
    one = cited(finding, held, Cited.INTERVIEW)
    assert one.carries
    (label, _bearing, _note, exactly) = finding.revisions[-1].said["cites"][0]
    assert (label, exactly) == ("Interview 1", f"of {held.person.pseudonym}, seal {held.seal}")
    submit(finding)


@pytest.mark.parametrize("state", ["planned", "held", "stopped", "cancelled"])
def test_an_interview_that_was_never_signed_carries_nothing_however_it_came_to_be_cited(world, state):
    screened()
    finding = about_somebody()
    one = cited(finding, interviewed.sealed(finding.person), Cited.INTERVIEW)
    behind_the_programs_back(sa.update(Interview).values(state=state))
    assert (one.carries, one.is_unsealed, findings.what_blocks(finding)) == (False, True, [evidence.ALONE])


def test_an_exhibit_is_cited_by_its_hash(world):
    finding = drafted()
    thing = preserved.exhibit()
    assert cited(finding, thing, Cited.EXHIBIT).exactly == f"SHA-256 {thing.sha256}"
    assert finding.revisions[-1].said["cites"][0][-1] == f"SHA-256 {thing.sha256}"
