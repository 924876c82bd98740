"""What stands on the pages of an outcome beside its words: each allegation, and who was replaced on the way."""

import pytest

from tests.actions.case.test_roles import end
from tests.builders import build_case
from tests.builders.build_case import newest, ready
from tests.builders.build_finding import drafted
from tests.policy.test_short_way import went_short
from tests.readers.pages import Page
from tests.views.case.test_assessment_pages import text
from tracker.models.access.people import Person
from tracker.models.case.words import ProtectionResult, Role, Stage
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import Conclusion, Happened
from tracker.views.findings.outcome_parts import Allegations

S = Stage
HERE = "/cases/LK-AAAA"


def test_a_closed_outcome_prints_who_was_replaced_before_that_closing_and_why(browse, world):
    ready(S.REVIEW, "approved", "outcome approved")
    end(world, "rhea", Role.REVIEWER, "She went on leave.")
    one = f"{HERE}/outcomes/1"
    assert "She went on leave." not in text(browse, "otto", one)
    build_case.stages.waive_review(world.person("cora"), world.case(), reason="Nobody else.")
    build_case.close()
    end(world, "cora", Role.COUNSEL, "The year was over.")
    page = text(browse, "otto", one)
    assert "She went on leave." in page
    assert "The year was over." not in page


PAGES = [("otto", "outcomes/1"), ("dora", "outcomes/1/close"), ("rhea", "outcomes/1/approval")]


@pytest.mark.parametrize("result", [ProtectionResult.PROCEED, ProtectionResult.STOP_AND_REFER])
@pytest.mark.parametrize(("who", "url"), PAGES)
def test_each_finding_stands_on_the_pages_of_an_outcome_with_its_conclusion(browse, who, url, result):
    ready(S.REVIEW, "outcome approved")
    drafted()
    build_case.protection_check(result)
    words = " ".join(Page(browse(who).get(f"{HERE}/{url}").text).root.text.split())
    about = newest(Person).pseudonym
    assert f"Finding 1, about {about}: Inconclusive (approved)" in words
    assert "Finding 2, about a process or a system: No conclusion yet (draft)" in words
    listed = text(browse, who, f"{HERE}/findings")
    assert about in listed
    assert "Inconclusive" in listed


def test_a_closed_case_says_in_short_what_its_findings_conclude(browse):
    ready(S.REVIEW)
    build_case.close()
    line = f'<a href="{HERE}/findings">1 finding: 1 inconclusive</a>'
    for url in (HERE, f"{HERE}/outcomes"):
        assert line in text(browse, "otto", url)
    build_case.reopen()
    assert line in text(browse, "otto", f"{HERE}/outcomes")  # as they stood on that day


def test_where_there_is_no_finding_nothing_is_said_of_allegations(browse):
    went_short()
    build_case.draft(happened=Happened.ALREADY_PUBLIC)
    build_case.approve()
    build_case.close()
    for url in ("", "/outcomes", "/outcomes/1"):
        assert "allegation" not in text(browse, "otto", f"{HERE}{url}").lower()


def test_allegations_are_counted_by_their_conclusions():
    words = [Conclusion.SUBSTANTIATED, Conclusion.UNFOUNDED, Conclusion.SUBSTANTIATED, None]
    found = [Finding(conclusion=word) for word in words]
    assert Allegations(found).in_short == "4 findings: 2 substantiated, 1 unfounded, 1 not concluded"


def test_a_closed_case_waits_for_no_reviewer(browse, world):
    ready(S.REVIEW, "approved", "outcome approved")
    end(world, "rhea", Role.REVIEWER, "She went on leave.")
    assert "Not assigned" in text(browse, "otto")
    build_case.stages.waive_review(world.person("cora"), world.case(), reason="Nobody else.")
    build_case.close()
    assert "Not assigned" not in text(browse, "otto")
    assert "<dt>Reviewer</dt><dd>Nobody</dd>" in text(browse, "otto")
