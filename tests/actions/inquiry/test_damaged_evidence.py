"""A file that was found damaged: nothing is submitted, approved, signed or closed upon that rests on it."""

import pytest

from tests.builders import build_access, build_case, build_inquiry
from tests.builders.build_case import facts, newest, ready, review_finding, submit_finding
from tests.builders.build_exhibit import exhibit
from tests.builders.build_finding import cited, drafted, written
from tracker.actions.findings import citations, findings, subject_status
from tracker.actions.inquiry import exhibits
from tracker.audit.doors import Refused, witness
from tracker.gates.closure import stands
from tracker.models.case.words import Stage
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import Cited, Conclusion

DAMAGED = "Cited exhibit 1 is damaged"


def alarm(world, made):
    """Its file was hashed, and is not what was put in."""
    witness("file.damaged", world.person("ines"), outcome="failed", case=made.case, record=f"exhibit:{made.id}")


def put_back(world, made):
    """Its file is right again."""
    exhibits.verify_exhibit(world.person("ines"), made)


@pytest.fixture
def paper(world):
    build_access.person_level()
    return exhibit()


def test_a_finding_that_cites_it_is_not_submitted_until_the_file_is_right(world, paper):
    finding = written(drafted())
    cited(finding, paper, Cited.EXHIBIT)
    alarm(world, paper)
    assert DAMAGED in findings.open_points(finding)[0]
    with pytest.raises(Refused, match=DAMAGED):
        submit_finding(world.person("lena"), finding)
    put_back(world, paper)
    submit_finding(world.person("lena"), finding)


def test_it_is_not_approved_until_the_citation_is_withdrawn(world, paper):
    finding = written(drafted())
    link = cited(finding, paper, Cited.EXHIBIT)
    submit_finding(world.person("lena"), finding)
    alarm(world, paper)
    with pytest.raises(Refused, match=f"Return the finding, so that its authors correct it. {DAMAGED}"):
        review_finding(world.person("rhea"), finding)
    citations.withdraw_citation(world.person("ines"), link, reason="Its file is lost.")
    assert findings.open_points(finding) == []


def test_whoever_is_let_go_is_let_go_whatever_became_of_the_file(world, paper):
    finding = written(drafted())
    cited(finding, paper, Cited.EXHIBIT)
    build_case.change_finding(world.person("ines"), finding, conclusion=Conclusion.WITHDRAWN)
    alarm(world, paper)
    assert findings.open_points(finding) == []


def test_counsel_signs_no_subject_status_that_cites_it(world, paper):
    made = build_inquiry.designated()
    build_inquiry.cite(made, paper)
    alarm(world, paper)
    with pytest.raises(Refused, match=DAMAGED):
        subject_status.sign_subject_status(world.person("cora"), made, text_sha256=made.text_sha256)
    put_back(world, paper)
    subject_status.sign_subject_status(world.person("cora"), made, text_sha256=made.text_sha256)
    assert made.is_sealed


def test_an_approved_finding_carries_no_closing_while_its_exhibit_is_damaged(world):
    ready(Stage.REVIEW, "submitted", "approved", "drafted", "outcome approved")
    finding, paper = newest(Finding), exhibit(b"another paper")
    cited(finding, paper, Cited.EXHIBIT)
    submit_finding(world.person("lena"), finding)
    review_finding(world.person("rhea"), finding)
    assert stands(finding, facts())
    alarm(world, paper)
    assert not stands(finding, facts())
    put_back(world, paper)
    assert stands(finding, facts())
