"""Comments: about words that stand in the text, bound to its revision, answered by somebody else."""

import pytest

from tests import world as people
from tests.builders.build_finding import drafted, written
from tests.machinery.intruder import force_role
from tracker.actions.findings import comments
from tracker.audit.doors import Denied, Refused
from tracker.models.case.words import Role


@pytest.fixture
def finding(world):
    return written(drafted(), evidence_for="The portal shows\nthat the cards were opened.")


def comment(finding, passage="shows that the cards", *, who="rhea", field="evidence_for"):
    return comments.comment_on(people.person(who), finding, field=field, passage=passage, text="By whom?")


def test_a_comment_names_field_passage_and_revision(finding, last_entry):
    made = comment(finding)
    assert (made.number, made.revision, made.field, made.by.name) == (1, 2, "evidence_for", "Rhea")
    assert made.is_current
    assert (last_entry()["act"], last_entry()["obj"]) == ("comment.made", f"comment:{made.id}")
    assert comment(finding).number == 2


@pytest.mark.parametrize(("field", "passage"), [("evidence_for", "was closed"), ("reasoning", "shows that the cards")])
def test_words_that_do_not_stand_there_cannot_be_quoted(finding, field, passage):
    with pytest.raises(Refused, match="are not in this part"):
        comment(finding, passage, field=field)


def test_a_closed_list_is_quoted_as_it_reads(finding):
    assert comment(finding, "Balance of probabilities", field="standard").is_current


def test_a_passage_that_is_gone_is_no_longer_current_and_one_that_moved_is(finding):
    gone, kept, whole = comment(finding), comment(finding, "were opened"), comment(finding, "")
    assert whole.is_current
    written(finding, evidence_for="Twelve cards were opened.")
    assert [one.is_current for one in (gone, kept, whole)] == [False, True, False]


def test_somebody_else_answers_once(finding, last_entry):
    made = comment(finding)
    comments.answer_comment(people.person("ines"), made, answer="By the account of P-001")
    assert (made.answer, made.answered_by.name, last_entry()["act"]) == (
        "By the account of P-001", "Ines", "comment.answered",
    )  # fmt: skip
    with pytest.raises(Refused, match="already answered"):
        comments.answer_comment(people.person("lena"), made, answer="Again")


def test_nobody_answers_her_own_comment(finding):
    with pytest.raises(Refused, match="Someone else must answer"):
        comments.answer_comment(people.person("rhea"), comment(finding), answer="Myself")


@pytest.mark.parametrize("who", ["dora", "otto", "ivo", "nora"])
def test_who_has_no_part_in_it_does_not_comment(finding, who):
    made = comment(finding)
    with pytest.raises(Denied):
        comment(finding, who=who)
    with pytest.raises(Denied):
        comments.answer_comment(people.person(who), made, answer="No")


def test_a_second_reviewer_may_answer_the_first(finding):
    force_role("nora", Role.REVIEWER)
    comments.answer_comment(people.person("nora"), comment(finding), answer="By nobody")
