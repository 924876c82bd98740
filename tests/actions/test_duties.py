"""Duties: proposed, accepted with a declaration, ended with a reason; who cannot combine with whom; who leads."""

import pytest
import sqlalchemy as sa

from tests.build_material import person
from tracker import db
from tracker.actions import accounts, duties
from tracker.audit.doors import Denied, Refused
from tracker.models.duties import WallMatch
from tracker.models.staffing import duties_of
from tracker.models.words.duties import Duty, MatchState
from tracker.models.words.people import IdentifierKind

LENA, INES, NORA = "lena@tracker.example", "ines@tracker.example", "nora@tracker.example"
DECLARED = "I had no access to what came out."


def proposed(world, duty=Duty.INVESTIGATOR, email=NORA):
    return duties.assign_user(world.person("lena"), world.case(), email=email, duty=duty)


def held(world, who, duty):
    of_duty = (one for one in world.case().assignments if one.duty is duty and not one.is_over)
    return next(one for one in of_duty if one.user.email.startswith(who))


def end(world, who, duty, reason="On leave."):
    duties.end_duty(world.person("lena"), held(world, who, duty), reason=reason)


def duties_now(world, who):
    db.session().info.pop("duties", None)
    return duties_of(world.person(who), world.case())


def asleep(world, who, duty):
    """Somebody's duty after a reset; she has a password again."""
    user = world.person(who)
    token = accounts.reset_user(world.person("ada"), user, hours=1)
    world.join(who, token)
    return held(world, who, duty)


def match_of(world, who):
    return db.session().scalars(sa.select(WallMatch).where(WallMatch.user_id == world.person(who).id)).one()


def walled(world, who, badge="B-1"):
    """A person of the case with a badge of this user's."""
    aide = person(("badge", badge), who="ines" if who != "ines" else "lena")
    accounts.add_alias(world.person("ada"), world.person(who), kind=IdentifierKind.BADGE, value=badge)
    return aide


def test_a_duty_begins_when_it_is_accepted(world, last_entry):
    proposal = proposed(world)
    assert (proposal.state, last_entry()["act"]) == ("offered", "duty.proposed")
    assert duties_now(world, "nora") == frozenset()
    duties.accept_duty(world.person("nora"), proposal, declaration=DECLARED)
    assert (proposal.state, proposal.declaration, last_entry()["act"]) == ("active", DECLARED, "duty.accepted")
    assert duties_now(world, "nora") == {Duty.INVESTIGATOR}


def test_nobody_begins_without_a_declaration(world):
    with pytest.raises(Refused, match="Enter your declaration"):
        duties.accept_duty(world.person("nora"), proposed(world), declaration="  ")


def test_nobody_answers_for_somebody_else(world):
    with pytest.raises(Denied):
        duties.accept_duty(world.person("ines"), proposed(world), declaration=DECLARED)


def test_a_proposal_can_be_declined_once(world, last_entry):
    proposal = proposed(world)
    duties.decline_duty(world.person("nora"), proposal, reason="A conflict.")
    assert (proposal.state, proposal.end_reason, last_entry()["act"]) == ("declined", "A conflict.", "duty.declined")
    with pytest.raises(Refused, match="answered or withdrawn"):
        duties.accept_duty(world.person("nora"), proposal, declaration=DECLARED)
    with pytest.raises(Refused, match="has already ended"):
        duties.end_duty(world.person("lena"), proposal, reason="x")


def test_a_proposal_can_be_withdrawn(world):
    proposal = proposed(world)
    duties.end_duty(world.person("lena"), proposal, reason="")
    assert proposal.state == "withdrawn"


@pytest.mark.parametrize("email", ["nobody@tracker.example", "ada@tracker.example", "otto@tracker.example"])
def test_a_duty_is_for_member_accounts_that_are_not_disabled(world, email):
    accounts.disable_user(world.person("ada"), world.person("otto"))
    with pytest.raises(Refused, match="address of a member account"):
        proposed(world, email=email)


def test_a_duty_is_offered_once(world):
    proposed(world)
    with pytest.raises(Refused, match="already has this role, or an offer of it"):
        proposed(world)


def test_the_lead_is_handed_over_and_not_proposed(world):
    with pytest.raises(Refused, match="Hand over the lead role"):
        proposed(world, Duty.LEAD)


def test_only_the_lead_proposes(world):
    with pytest.raises(Denied):
        duties.assign_user(world.person("ines"), world.case(), email=NORA, duty=Duty.OBSERVER)


@pytest.mark.parametrize(
    ("who", "duty"),
    [
        ("lena", Duty.REVIEWER), ("lena", Duty.COUNSEL), ("lena", Duty.DECIDER),
        ("ines", Duty.REVIEWER), ("ines", Duty.COUNSEL), ("ines", Duty.DECIDER),
        ("rhea", Duty.INVESTIGATOR), ("rhea", Duty.DECIDER),
        ("cora", Duty.INVESTIGATOR), ("dora", Duty.INVESTIGATOR), ("dora", Duty.REVIEWER),
    ],
)  # fmt: skip
def test_who_worked_a_case_does_not_judge_it(world, who, duty):
    with pytest.raises(Refused, match="hoose somebody else"):
        proposed(world, duty, f"{who}@tracker.example")


def test_what_somebody_once_did_in_a_case_still_counts(world):
    end(world, "ines", Duty.INVESTIGATOR)
    end(world, "rhea", Duty.REVIEWER)
    with pytest.raises(Refused, match="current or past investigator cannot be reviewer here"):
        proposed(world, Duty.REVIEWER, INES)


def test_two_offers_that_do_not_combine_are_told_apart_when_the_second_is_accepted(world):
    end(world, "rhea", Duty.REVIEWER)
    first, second = proposed(world, Duty.REVIEWER), proposed(world, Duty.INVESTIGATOR)
    duties.accept_duty(world.person("nora"), first, declaration=DECLARED)
    with pytest.raises(Refused, match="hoose somebody else"):
        duties.accept_duty(world.person("nora"), second, declaration=DECLARED)


def test_three_people_suffice(world):
    for email, duty in [(LENA, Duty.REVIEWER), (NORA, Duty.COUNSEL), (NORA, Duty.DECIDER), (NORA, Duty.OBSERVER)]:
        duties.assign_user(world.person("ivo"), world.case("LK-BBBB"), email=email, duty=duty)
    for one in world.case("LK-BBBB").assignments[1:]:
        duties.accept_duty(one.user, one, declaration=DECLARED)
    found = duties_of(world.person("nora"), world.case("LK-BBBB"))
    assert found == {Duty.COUNSEL, Duty.DECIDER, Duty.OBSERVER}


def test_counsel_reviewer_and_decider_are_replaced_with_a_reason(world, last_entry):
    with pytest.raises(Refused, match=r"Cora has this role\. End that assignment first, with the reason"):
        proposed(world, Duty.COUNSEL)
    with pytest.raises(Refused, match="Enter the reason"):
        end(world, "cora", Duty.COUNSEL, reason=" ")
    end(world, "cora", Duty.COUNSEL)
    assert (last_entry()["act"], duties_now(world, "cora")) == ("duty.ended", frozenset())
    assert proposed(world, Duty.COUNSEL).is_waiting


def test_of_two_who_were_asked_the_first_to_accept_has_the_duty(world):
    end(world, "dora", Duty.DECIDER)
    first, second = proposed(world, Duty.DECIDER), proposed(world, Duty.DECIDER, "cora@tracker.example")
    duties.accept_duty(world.person("nora"), first, declaration=DECLARED)
    with pytest.raises(Refused, match="Nora has this role"):
        duties.accept_duty(world.person("cora"), second, declaration=DECLARED)


def test_a_duty_ends_once_and_the_lead_is_never_just_ended(world):
    lead, own = held(world, "lena", Duty.LEAD), held(world, "ines", Duty.INVESTIGATOR)
    end(world, "ines", Duty.INVESTIGATOR, reason="")
    with pytest.raises(Refused, match="has already ended"):
        duties.end_duty(world.person("lena"), own, reason="x")
    with pytest.raises(Refused, match="Hand over the lead role"):
        duties.end_duty(world.person("lena"), lead, reason="x")


def test_anybody_but_the_lead_steps_down(world, last_entry):
    own = held(world, "rhea", Duty.REVIEWER)
    duties.step_down(world.person("rhea"), own, reason="A conflict came up.")
    assert (own.state, own.end_reason, last_entry()["act"]) == ("ended", "A conflict came up.", "duty.stepped_down")
    with pytest.raises(Refused, match="Hand over the lead role"):
        duties.step_down(world.person("lena"), held(world, "lena", Duty.LEAD), reason="x")
    with pytest.raises(Refused, match="Decline the offer"):
        duties.step_down(world.person("nora"), proposed(world), reason="x")


def test_a_sleeping_duty_opens_nothing_until_the_lead_wakes_it(world, last_entry):
    duty = asleep(world, "ines", Duty.INVESTIGATOR)
    assert duties_now(world, "ines") == frozenset()
    duties.wake_duty(world.person("lena"), duty)
    assert (duties_now(world, "ines"), last_entry()["act"]) == ({Duty.INVESTIGATOR}, "duty.woken")
    with pytest.raises(Refused, match="is not inactive"):
        duties.wake_duty(world.person("lena"), duty)


def test_a_duty_is_not_woken_before_its_owner_can_sign_in(world):
    accounts.reset_user(world.person("ada"), world.person("ines"), hours=1)
    with pytest.raises(Refused, match="cannot sign in yet"):
        duties.wake_duty(world.person("lena"), held(world, "ines", Duty.INVESTIGATOR))


def test_a_sleeping_proposal_is_not_accepted(world):
    proposal = proposed(world)
    world.join("nora", accounts.reset_user(world.person("ada"), world.person("nora"), hours=1))
    assert proposal.asleep_at is not None
    with pytest.raises(Refused, match="inactive since your account was reset"):
        duties.accept_duty(world.person("nora"), proposal, declaration=DECLARED)
    duties.wake_duty(world.person("lena"), proposal)
    duties.accept_duty(world.person("nora"), proposal, declaration=DECLARED)


@pytest.mark.parametrize("waker", ["cora", "dora"])
def test_a_sleeping_lead_is_woken_by_counsel_or_decider(world, waker):
    lead = asleep(world, "lena", Duty.LEAD)
    with pytest.raises(Denied):
        duties.wake_duty(world.person("ines"), lead)
    duties.wake_duty(world.person(waker), lead)
    assert duties_now(world, "lena") == {Duty.LEAD}


def test_a_match_is_settled_by_the_lead_and_the_lead_s_own_by_counsel(world, last_entry):
    walled(world, "ines")
    match = match_of(world, "ines")
    with pytest.raises(Refused, match="Choose whether it is the same person"):
        duties.settle_wall(world.person("lena"), match, state=MatchState.OPEN, reason="x")
    duties.settle_wall(world.person("lena"), match, state=MatchState.REJECTED, reason="Another badge.")
    assert (duties_now(world, "ines"), last_entry()["act"]) == ({Duty.INVESTIGATOR}, "wall.settled")
    assert (match.settled_by.name, match.reason) == ("Lena", "Another badge.")
    with pytest.raises(Refused, match="already recorded"):
        duties.settle_wall(world.person("lena"), match, state=MatchState.REJECTED, reason="x")


@pytest.mark.parametrize("settler", ["cora", "dora"])
def test_the_lead_does_not_settle_her_own_match(world, settler):
    walled(world, "lena")
    match = match_of(world, "lena")
    for who in ("lena", "ines", "rhea", "ada"):
        with pytest.raises(Denied):
            duties.settle_wall(world.person(who), match, state=MatchState.REJECTED, reason="x")
    duties.settle_wall(world.person(settler), match, state=MatchState.CONFIRMED, reason="It is her badge.")
    assert duties_now(world, "lena") == frozenset()


def test_nobody_accepts_behind_a_wall(world):
    proposal = proposed(world)
    walled(world, "nora")
    with pytest.raises(Refused, match="cannot begin"):
        duties.accept_duty(world.person("nora"), proposal, declaration=DECLARED)
