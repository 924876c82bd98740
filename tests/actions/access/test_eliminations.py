"""Eliminations: evidence by the team, a verdict by somebody who never worked on it, and a way back at any time."""

import pytest
import sqlalchemy as sa

from tests.builders.build_access import claim, disclosure, lay_out, person_level
from tests.builders.build_inquiry import confirmed, eliminated, same_person
from tests.builders.build_material import person
from tracker.actions.access import access_logs, eliminations
from tracker.actions.access.people import add_person
from tracker.actions.case import roles
from tracker.audit.doors import Denied, Refused, action
from tracker.base import db
from tracker.models.access.eliminations import Elimination
from tracker.models.access.words import Ground, LogKind, LogState, Strength
from tracker.models.case.words import ProtectionResult, Role
from tracker.policy import Permission

SHUT = "[Pp]rotected-disclosure check"


@pytest.fixture
def open_protection_check(world):
    """A case about whose people questions may be asked."""
    person_level()
    return world


def test_a_proposed_elimination_is_sealed_and_waits_for_a_reviewer(open_protection_check, last_entry):
    one = eliminated()
    assert (one.number, one.state, one.is_sealed, one.seal) == (1, "proposed", True, one.text_sha256)
    entry = last_entry()
    assert (entry["act"], entry["obj"]) == ("elimination.proposed", f"elimination:{one.id}")
    assert entry["d"]["seals"] == {f"elimination:{one.id}": one.seal}


@action(Permission.PROPOSE_ELIMINATION, "elimination.rewritten")
def rewrite(actor, elimination):
    elimination.evidence = "Something stronger."


def test_its_words_never_change(open_protection_check):
    with pytest.raises(RuntimeError, match="sealed and cannot change"):
        rewrite(open_protection_check.person("ines"), eliminated())


def test_a_reviewer_confirms_exactly_the_text_she_read(open_protection_check, last_entry):
    one = eliminated()
    with pytest.raises(Refused, match="not the text you were shown"):
        eliminations.confirm_elimination(open_protection_check.person("rhea"), one, text_sha256="0" * 64)
    assert one.state == "proposed"
    review = eliminations.confirm_elimination(
        open_protection_check.person("rhea"), one, text_sha256=one.text_sha256, note="Read."
    )
    assert (one.state, one.confirmation, review.is_sealed) == ("confirmed", review, True)
    assert (review.text_sha256, review.kind, review.number) == (one.text_sha256, "elimination", 1)
    entry = last_entry()
    assert (entry["act"], entry["d"]["text_sha256"]) == ("elimination.confirmed", one.text_sha256)
    assert entry["d"]["seals"] == {f"review:{review.id}": review.seal}


def test_a_reviewer_returns_it_with_what_is_missing_and_that_is_final(open_protection_check, last_entry):
    one, rhea = eliminated(), open_protection_check.person("rhea")
    with pytest.raises(Refused, match="Enter what is missing"):
        eliminations.return_elimination(rhea, one, text_sha256=one.text_sha256, note=" ")
    eliminations.return_elimination(rhea, one, text_sha256=one.text_sha256, note="Which door?")
    assert (one.state, one.confirmation, last_entry()["act"]) == ("returned", None, "elimination.returned")
    with pytest.raises(Refused, match=r"is returned\. Only a proposed elimination"):
        confirmed(one)


def test_nothing_is_confirmed_twice_or_after_it_was_withdrawn(open_protection_check):
    one, other = confirmed(eliminated()), eliminated()
    with pytest.raises(Refused, match=r"is confirmed\. Only a proposed elimination"):
        confirmed(one)
    eliminations.withdraw_elimination(open_protection_check.person("ines"), other, reason="Mistaken.")
    with pytest.raises(Refused, match=r"is withdrawn\. Only a proposed elimination"):
        confirmed(other)


@pytest.mark.parametrize("verdict", [None, confirmed])
def test_proposed_or_confirmed_it_is_taken_back_with_a_reason(open_protection_check, last_entry, verdict):
    one = eliminated()
    if verdict:
        verdict(one)
    with pytest.raises(Refused, match="Enter the reason for the withdrawal"):
        eliminations.withdraw_elimination(open_protection_check.person("lena"), one, reason=" ")
    eliminations.withdraw_elimination(open_protection_check.person("lena"), one, reason="The clock was wrong.")
    assert (one.state, one.confirmation, one.withdrawn_by.name) == ("withdrawn", None, "Lena")
    assert last_entry()["act"] == "elimination.withdrawn"
    with pytest.raises(Refused, match="already withdrawn"):
        eliminations.withdraw_elimination(open_protection_check.person("lena"), one, reason="Again.")


@pytest.mark.parametrize("who", ["lena", "ines", "cora", "dora", "otto", "ivo"])
def test_only_the_reviewer_answers(open_protection_check, who):
    one = eliminated()
    with pytest.raises(Denied):
        confirmed(one, who=who)
    with pytest.raises(Denied):
        eliminations.return_elimination(open_protection_check.person(who), one, text_sha256=one.text_sha256, note="No.")


@pytest.mark.parametrize("author", ["ines", "lena"])
def test_the_author_does_not_confirm_it_under_a_second_account(open_protection_check, author):
    one = eliminated(by=author)
    same_person(author, "rhea")
    with pytest.raises(Denied):
        confirmed(one)


def test_somebody_of_the_team_does_not_confirm_what_another_one_wrote(open_protection_check):
    one = eliminated(by="lena")
    same_person("ines", "rhea")
    with pytest.raises(Denied):
        confirmed(one)


def test_a_reviewer_who_became_one_afterwards_confirms_it(open_protection_check):
    one = eliminated()
    held = next(held for held in open_protection_check.case().assignments if held.role is Role.REVIEWER)
    roles.end_assignment(open_protection_check.person("lena"), held, reason="Ill.")
    with pytest.raises(Denied):
        confirmed(one)
    offered = roles.offer_role(
        open_protection_check.person("lena"),
        open_protection_check.case(),
        email=open_protection_check.email("nora"),
        role=Role.REVIEWER,
    )
    roles.accept_role(open_protection_check.person("nora"), offered, declaration="None.")
    assert confirmed(one, who="nora").state == "confirmed"


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_team_proposes_and_withdraws(open_protection_check, who):
    one = eliminated()
    with pytest.raises(Denied):
        eliminated(by=who)
    with pytest.raises(Denied):
        eliminations.withdraw_elimination(open_protection_check.person(who), one, reason="Mine.")


def test_nothing_is_proposed_or_answered_while_the_protection_check_is_shut_but_it_is_taken_back(world):
    with pytest.raises(Refused, match=SHUT):
        eliminated()
    person_level()
    one = eliminated()
    person_level(ProtectionResult.STOP_AND_REFER)
    with pytest.raises(Refused, match=SHUT):
        confirmed(one)
    with pytest.raises(Refused, match=SHUT):
        eliminations.return_elimination(world.person("rhea"), one, text_sha256=one.text_sha256, note="No.")
    eliminations.withdraw_elimination(world.person("ines"), one, reason="It was answered otherwise.")
    assert one.is_withdrawn


@pytest.mark.parametrize("evidence", ["No row shows it.", "No row of L2.", "No row of L01, L9 or XL1."])
def test_a_missing_row_excludes_nobody_without_the_log_that_would_show_it(open_protection_check, evidence):
    log = lay_out(open_protection_check.person("ines"), open_protection_check.case())
    lay_out(open_protection_check.person("ines"), open_protection_check.case(), state=LogState.REVERTED)
    with pytest.raises(Refused, match="A missing record eliminates nobody"):
        eliminated(ground=Ground.ABSENT_WITH_LOG, evidence=evidence)
    one = eliminated(ground=Ground.ABSENT_WITH_LOG, evidence=f"L{log.number} shows every door, and not hers.")
    assert one.ground is Ground.ABSENT_WITH_LOG


def test_without_evidence_nobody_is_eliminated(open_protection_check):
    with pytest.raises(Refused, match="Nobody is eliminated without evidence"):
        eliminated(evidence=" ")


def test_a_claim_of_another_disclosure_and_things_of_another_case_are_refused(open_protection_check):
    one, other = disclosure(), claim(disclosure("A site"))
    with pytest.raises(Refused, match="Choose a claim of disclosure 1, or no claim"):
        eliminated(of=one, claim=other)
    with pytest.raises(Refused, match="of this case"):
        eliminated(who=foreign(open_protection_check))


def foreign(world):
    return add_person(world.person("ivo"), world.case("LK-BBBB"), name="", post="", unit="", identifiers=[])


def test_the_same_is_not_proposed_twice_but_another_ground_or_claim_is(open_protection_check):
    who, of = person(), disclosure()
    one = eliminated(who, of)
    with pytest.raises(Refused, match="Elimination 1 already says this"):
        eliminated(who, of, strength=Strength.X1)
    eliminated(who, of, claim(of))
    eliminated(who, of, ground=Ground.CREATED_AFTER)
    eliminations.withdraw_elimination(open_protection_check.person("ines"), one, reason="Reworded.")
    assert eliminated(who, of).number == 4
    assert db.session().scalar(sa.select(sa.func.count(Elimination.id))) == 4


ABSENT = {"ground": Ground.ABSENT_WITH_LOG, "evidence": "L1 shows every door, and not hers."}


def test_a_log_of_whereabouts_shows_no_access(open_protection_check):
    lay_out(open_protection_check.person("ines"), open_protection_check.case(), kind=LogKind.WHEREABOUTS)
    with pytest.raises(Refused, match="A missing record eliminates nobody"):
        eliminated(**ABSENT)


def test_on_a_log_that_was_reverted_nobody_is_confirmed_as_eliminated(open_protection_check):
    log = lay_out(open_protection_check.person("ines"), open_protection_check.case())
    one = eliminated(**ABSENT)
    access_logs.revert_log(open_protection_check.person("ines"), log, why="The wrong file.")
    with pytest.raises(Refused, match=r"Return the elimination\. Its access logs no longer count"):
        confirmed(one)
    eliminations.return_elimination(
        open_protection_check.person("rhea"), one, text_sha256=one.text_sha256, note="L1 was reverted."
    )
    assert one.state == "returned"
