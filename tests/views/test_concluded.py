"""What stands on the pages of an outcome beside its words: each allegation, and who was replaced on the way."""

import pytest

from tests import judged
from tests.actions.test_duties import end
from tests.drafts import drafted
from tests.judged import newest, ready
from tests.pages import Page
from tests.test_short_way import went_short
from tests.views.test_judgement import text
from tracker.models.findings import Finding
from tracker.models.people import Person
from tracker.models.words.cases import Stage
from tracker.models.words.duties import Duty
from tracker.models.words.findings import Conclusion
from tracker.models.words.outcomes import Happened
from tracker.models.words.screening import ScreenResult
from tracker.views.concluded import Allegations

S = Stage
HERE = "/cases/LK-AAAA"


def test_a_closed_outcome_prints_who_was_replaced_before_that_closing_and_why(browse, world):
    ready(S.REVIEW, "approved", "outcome approved")
    end(world, "rhea", Duty.REVIEWER, "She went on leave.")
    one = f"{HERE}/outcomes/1"
    assert "She went on leave." not in text(browse, "otto", one)
    judged.stages.forgo_review(world.person("cora"), world.case(), reason="Nobody else.")
    judged.close()
    end(world, "cora", Duty.COUNSEL, "The year was over.")
    page = text(browse, "otto", one)
    assert "She went on leave." in page
    assert "The year was over." not in page


PAGES = [("otto", "outcomes/1"), ("dora", "outcomes/1/close"), ("rhea", "outcomes/1/approval")]


@pytest.mark.parametrize("result", [ScreenResult.PROCEED, ScreenResult.STOP])
@pytest.mark.parametrize(("who", "url"), PAGES)
def test_each_finding_stands_on_the_pages_of_an_outcome_with_its_conclusion(browse, who, url, result):
    ready(S.REVIEW, "outcome approved")
    drafted()
    judged.screen(result)
    words = " ".join(Page(browse(who).get(f"{HERE}/{url}").text).root.text.split())
    about = newest(Person).pseudonym
    assert f"Finding 1, about {about}: Inconclusive (approved)" in words
    assert "Finding 2, about a process or a system: No conclusion yet (draft)" in words
    listed = text(browse, who, f"{HERE}/findings")
    assert about in listed
    assert "Inconclusive" in listed


def test_a_closed_case_says_in_short_what_its_findings_conclude(browse):
    ready(S.REVIEW)
    judged.close()
    line = f'<a href="{HERE}/findings">1 finding: 1 inconclusive</a>'
    for url in (HERE, f"{HERE}/outcomes"):
        assert line in text(browse, "otto", url)
    judged.reopen()
    assert "Allegations, as they stand now" in text(browse, "otto", f"{HERE}/outcomes")


def test_where_there_is_no_finding_nothing_is_said_of_allegations(browse):
    went_short()
    judged.draft(happened=Happened.ALREADY_PUBLIC)
    judged.approve()
    judged.close()
    for url in ("", "/outcomes", "/outcomes/1"):
        assert "allegation" not in text(browse, "otto", f"{HERE}{url}").lower()


def test_allegations_are_counted_by_their_conclusions():
    words = [Conclusion.SUBSTANTIATED, Conclusion.UNFOUNDED, Conclusion.SUBSTANTIATED, None]
    found = [Finding(conclusion=word) for word in words]
    assert Allegations(found).in_short == "4 findings: 2 substantiated, 1 unfounded, 1 not concluded"


def test_a_closed_case_waits_for_no_reviewer(browse, world):
    ready(S.REVIEW, "approved", "outcome approved")
    end(world, "rhea", Duty.REVIEWER, "She went on leave.")
    assert "Not assigned" in text(browse, "otto")
    judged.stages.forgo_review(world.person("cora"), world.case(), reason="Nobody else.")
    judged.close()
    assert "Not assigned" not in text(browse, "otto")
    assert "<dt>Reviewer</dt><dd>Nobody</dd>" in text(browse, "otto")
