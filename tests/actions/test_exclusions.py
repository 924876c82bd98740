"""Exclusions: evidence by the team, a verdict by somebody who never worked on it, and a way back at any time."""

import pytest
import sqlalchemy as sa

from tests.build_access import claim, disclosure, lay_out, screened
from tests.build_inquiry import confirmed, excluded, same_person
from tests.build_material import person
from tracker import db
from tracker.actions import duties, exclusions, logs
from tracker.actions.people import add_person
from tracker.audit.doors import Denied, Refused, action
from tracker.models.exclusions import Exclusion
from tracker.models.words.duties import Duty
from tracker.models.words.exclusions import Ground, Strength
from tracker.models.words.logs import LogKind, LogState
from tracker.models.words.screening import ScreenResult
from tracker.policy import Permission

SHUT = "[Pp]rotected-disclosure check"


@pytest.fixture
def open_screen(world):
    """A case about whose people questions may be asked."""
    screened()
    return world


def test_a_proposed_exclusion_is_sealed_and_waits_for_a_reviewer(open_screen, last_entry):
    one = excluded()
    assert (one.number, one.state, one.is_sealed, one.seal) == (1, "proposed", True, one.text_sha256)
    entry = last_entry()
    assert (entry["act"], entry["obj"]) == ("exclusion.proposed", f"exclusion:{one.id}")
    assert entry["d"]["seals"] == {f"exclusion:{one.id}": one.seal}


@action(Permission.PROPOSE_EXCLUSION, "exclusion.rewritten")
def rewrite(actor, exclusion):
    exclusion.evidence = "Something stronger."


def test_its_words_never_change(open_screen):
    with pytest.raises(RuntimeError, match="sealed and cannot change"):
        rewrite(open_screen.person("ines"), excluded())


def test_a_reviewer_confirms_exactly_the_text_she_read(open_screen, last_entry):
    one = excluded()
    with pytest.raises(Refused, match="not the text you were shown"):
        exclusions.confirm_exclusion(open_screen.person("rhea"), one, text_sha256="0" * 64)
    assert one.state == "proposed"
    review = exclusions.confirm_exclusion(open_screen.person("rhea"), one, text_sha256=one.text_sha256, note="Read.")
    assert (one.state, one.confirmation, review.is_sealed) == ("confirmed", review, True)
    assert (review.text_sha256, review.kind, review.number) == (one.text_sha256, "exclusion", 1)
    entry = last_entry()
    assert (entry["act"], entry["d"]["text_sha256"]) == ("exclusion.confirmed", one.text_sha256)
    assert entry["d"]["seals"] == {f"review:{review.id}": review.seal}


def test_a_reviewer_returns_it_with_what_is_missing_and_that_is_final(open_screen, last_entry):
    one, rhea = excluded(), open_screen.person("rhea")
    with pytest.raises(Refused, match="Enter what is missing"):
        exclusions.return_exclusion(rhea, one, text_sha256=one.text_sha256, note=" ")
    exclusions.return_exclusion(rhea, one, text_sha256=one.text_sha256, note="Which door?")
    assert (one.state, one.confirmation, last_entry()["act"]) == ("returned", None, "exclusion.returned")
    with pytest.raises(Refused, match=r"is returned\. Only a proposed elimination"):
        confirmed(one)


def test_nothing_is_confirmed_twice_or_after_it_was_withdrawn(open_screen):
    one, other = confirmed(excluded()), excluded()
    with pytest.raises(Refused, match=r"is confirmed\. Only a proposed elimination"):
        confirmed(one)
    exclusions.withdraw_exclusion(open_screen.person("ines"), other, reason="Mistaken.")
    with pytest.raises(Refused, match=r"is withdrawn\. Only a proposed elimination"):
        confirmed(other)


@pytest.mark.parametrize("verdict", [None, confirmed])
def test_proposed_or_confirmed_it_is_taken_back_with_a_reason(open_screen, last_entry, verdict):
    one = excluded()
    if verdict:
        verdict(one)
    with pytest.raises(Refused, match="Enter the reason for the withdrawal"):
        exclusions.withdraw_exclusion(open_screen.person("lena"), one, reason=" ")
    exclusions.withdraw_exclusion(open_screen.person("lena"), one, reason="The clock was wrong.")
    assert (one.state, one.confirmation, one.withdrawn_by.name) == ("withdrawn", None, "Lena")
    assert last_entry()["act"] == "exclusion.withdrawn"
    with pytest.raises(Refused, match="already withdrawn"):
        exclusions.withdraw_exclusion(open_screen.person("lena"), one, reason="Again.")


@pytest.mark.parametrize("who", ["lena", "ines", "cora", "dora", "otto", "ivo"])
def test_only_the_reviewer_answers(open_screen, who):
    one = excluded()
    with pytest.raises(Denied):
        confirmed(one, who=who)
    with pytest.raises(Denied):
        exclusions.return_exclusion(open_screen.person(who), one, text_sha256=one.text_sha256, note="No.")


@pytest.mark.parametrize("author", ["ines", "lena"])
def test_the_author_does_not_confirm_it_under_a_second_account(open_screen, author):
    one = excluded(by=author)
    same_person(author, "rhea")
    with pytest.raises(Denied):
        confirmed(one)


def test_somebody_of_the_team_does_not_confirm_what_another_one_wrote(open_screen):
    one = excluded(by="lena")
    same_person("ines", "rhea")
    with pytest.raises(Denied):
        confirmed(one)


def test_a_reviewer_who_became_one_afterwards_confirms_it(open_screen):
    one = excluded()
    held = next(held for held in open_screen.case().assignments if held.duty is Duty.REVIEWER)
    duties.end_duty(open_screen.person("lena"), held, reason="Ill.")
    with pytest.raises(Denied):
        confirmed(one)
    offered = duties.assign_user(
        open_screen.person("lena"), open_screen.case(), email=open_screen.email("nora"), duty=Duty.REVIEWER
    )
    duties.accept_duty(open_screen.person("nora"), offered, declaration="None.")
    assert confirmed(one, who="nora").state == "confirmed"


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_team_proposes_and_withdraws(open_screen, who):
    one = excluded()
    with pytest.raises(Denied):
        excluded(by=who)
    with pytest.raises(Denied):
        exclusions.withdraw_exclusion(open_screen.person(who), one, reason="Mine.")


def test_nothing_is_proposed_or_answered_while_the_screen_is_shut_but_it_is_taken_back(world):
    with pytest.raises(Refused, match=SHUT):
        excluded()
    screened()
    one = excluded()
    screened(ScreenResult.STOP)
    with pytest.raises(Refused, match=SHUT):
        confirmed(one)
    with pytest.raises(Refused, match=SHUT):
        exclusions.return_exclusion(world.person("rhea"), one, text_sha256=one.text_sha256, note="No.")
    exclusions.withdraw_exclusion(world.person("ines"), one, reason="It was answered otherwise.")
    assert one.is_withdrawn


@pytest.mark.parametrize("evidence", ["No row shows it.", "No row of L2.", "No row of L01, L9 or XL1."])
def test_a_missing_row_excludes_nobody_without_the_log_that_would_show_it(open_screen, evidence):
    log = lay_out(open_screen.person("ines"), open_screen.case())
    lay_out(open_screen.person("ines"), open_screen.case(), state=LogState.UNDONE)
    with pytest.raises(Refused, match="A missing record eliminates nobody"):
        excluded(ground=Ground.ABSENT_WITH_LOG, evidence=evidence)
    one = excluded(ground=Ground.ABSENT_WITH_LOG, evidence=f"L{log.number} shows every door, and not hers.")
    assert one.ground is Ground.ABSENT_WITH_LOG


def test_without_evidence_nobody_is_excluded(open_screen):
    with pytest.raises(Refused, match="Nobody is eliminated without evidence"):
        excluded(evidence=" ")


def test_a_claim_of_another_disclosure_and_things_of_another_case_are_refused(open_screen):
    one, other = disclosure(), claim(disclosure("A site"))
    with pytest.raises(Refused, match="Choose a claim of disclosure 1, or no claim"):
        excluded(of=one, claim=other)
    with pytest.raises(Refused, match="of this case"):
        excluded(who=foreign(open_screen))


def foreign(world):
    return add_person(world.person("ivo"), world.case("LK-BBBB"), name="", post="", unit="", identifiers=[])


def test_the_same_is_not_proposed_twice_but_another_ground_or_claim_is(open_screen):
    who, of = person(), disclosure()
    one = excluded(who, of)
    with pytest.raises(Refused, match="Elimination 1 already says this"):
        excluded(who, of, strength=Strength.X1)
    excluded(who, of, claim(of))
    excluded(who, of, ground=Ground.CREATED_AFTER)
    exclusions.withdraw_exclusion(open_screen.person("ines"), one, reason="Reworded.")
    assert excluded(who, of).number == 4
    assert db.session().scalar(sa.select(sa.func.count(Exclusion.id))) == 4


ABSENT = {"ground": Ground.ABSENT_WITH_LOG, "evidence": "L1 shows every door, and not hers."}


def test_a_log_of_whereabouts_shows_no_access(open_screen):
    lay_out(open_screen.person("ines"), open_screen.case(), kind=LogKind.WHEREABOUTS)
    with pytest.raises(Refused, match="A missing record eliminates nobody"):
        excluded(**ABSENT)


def test_on_a_log_that_was_undone_nobody_is_confirmed_as_excluded(open_screen):
    log = lay_out(open_screen.person("ines"), open_screen.case())
    one = excluded(**ABSENT)
    logs.undo_log(open_screen.person("ines"), log, why="The wrong file.")
    with pytest.raises(Refused, match=r"Return the elimination\. Its access logs no longer count"):
        confirmed(one)
    exclusions.return_exclusion(open_screen.person("rhea"), one, text_sha256=one.text_sha256, note="L1 was undone.")
    assert one.state == "returned"
