"""Findings: what their texts must hold before they are submitted."""

import pytest

from tests import world as people
from tests.actions.findings.test_findings import submit
from tests.builders import build_exhibit
from tests.builders.build_access import access, person_level
from tests.builders.build_finding import about_somebody, cited, drafted, state_of, written
from tracker.actions.findings import findings
from tracker.actions.findings.citations import withdraw_citation
from tracker.audit.doors import Denied, Refused
from tracker.gates import evidence
from tracker.models.findings.words import Bearing, Cited, Conclusion


def test_a_finding_about_a_person_waits_for_the_protection_check(world):
    finding = about_somebody()
    cited(finding, build_exhibit.exhibit(), Cited.EXHIBIT)
    with pytest.raises(Refused, match="protected-disclosure check"):
        submit(finding)
    person_level()
    submit(finding)
    assert state_of(finding) == "submitted 3"


@pytest.mark.parametrize("conclusion", Conclusion)
def test_access_alone_is_never_submitted_about_a_person(world, conclusion):
    person_level()
    finding = about_somebody(conclusion=conclusion)
    assert findings.open_points(finding) == [evidence.ALONE]
    cited(finding, access(finding.person), Cited.ACCESS_RECORD)
    with pytest.raises(Refused, match="cannot rest on access or eliminations alone"):
        submit(finding)
    assert state_of(finding).startswith("draft")


def test_a_citation_that_was_withdrawn_carries_nothing(world):
    person_level()
    finding = about_somebody()
    citation = cited(finding, build_exhibit.exhibit(), Cited.EXHIBIT)
    assert findings.open_points(finding) == []
    withdraw_citation(people.person("ines"), citation, reason="Another claim was meant")
    assert findings.open_points(finding) == [evidence.ALONE]


@pytest.mark.parametrize("conclusion", Conclusion)
def test_what_is_held_against_a_person_is_supported_by_something_beyond_access(world, conclusion):
    person_level()
    finding = about_somebody(conclusion=conclusion)
    cited(finding, build_exhibit.exhibit(), Cited.EXHIBIT, bearing=Bearing.CONTRADICTS)
    cited(finding, access(finding.person), Cited.ACCESS_RECORD)
    needs_more = conclusion in {"substantiated", "referred", "inconclusive"}
    assert findings.open_points(finding) == ([evidence.UNSUPPORTED] if needs_more else [])


def test_reading_is_recorded_with_the_revision_and_so_is_reading_an_earlier_text(world, last_entry):
    finding = written(drafted())
    findings.read_finding(people.person("otto"), finding)
    entry = last_entry()
    assert (entry["act"], entry["obj"], entry["d"]) == ("finding.read", f"finding:{finding.id}", {"revision": 2})
    findings.read_revision(people.person("otto"), finding.revisions[0])
    assert (last_entry()["act"], last_entry()["d"]["revision"]) == ("revision.read", 1)


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo", "nora"])
def test_only_the_team_writes_findings(world, who):
    finding = drafted()
    with pytest.raises(Denied):
        drafted(who=who)
    with pytest.raises(Denied):
        written(finding, who=who)


@pytest.mark.parametrize("who", ["ines", "rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_lead_submits_and_takes_back(world, who):
    finding = written(drafted())
    with pytest.raises(Denied):
        submit(finding, who=who)
    submit(finding)
    with pytest.raises(Denied):
        findings.withdraw_finding(people.person(who), finding)


@pytest.mark.parametrize("name", ["state", "standard", "revision", "text_sha256", "author_id", "person_id"])
def test_a_part_of_the_text_is_written_and_nothing_else(world, name):
    finding = written(drafted())
    with pytest.raises(TypeError, match=name):
        written(finding, **{name: "approved"})
    assert (state_of(finding), finding.lock_version) == ("draft 2", 2)


def test_what_is_alleged_can_be_worded_anew_which_is_another_text(world):
    assert state_of(written(drafted(), allegation="The cards were read out")) == "draft 2"
