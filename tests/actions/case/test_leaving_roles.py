"""Roles that end: who steps down, who is replaced, and for which reason."""

import pytest

from tests.actions.case.test_roles import DECLARED, end, held, inactive, match_of, proposed, recused, roles_now
from tracker.actions.case import roles
from tracker.actions.register import accounts
from tracker.audit.doors import Denied, Refused
from tracker.models.access.words import IdentifierKind
from tracker.models.case.words import MatchState, Role


def test_a_role_ends_once_and_the_lead_is_never_just_ended(world):
    lead, own = held(world, "lena", Role.LEAD), held(world, "ines", Role.INVESTIGATOR)
    end(world, "ines", Role.INVESTIGATOR, reason="")
    with pytest.raises(Refused, match="has already ended"):
        roles.end_assignment(world.person("lena"), own, reason="x")
    with pytest.raises(Refused, match="Hand over the lead role"):
        roles.end_assignment(world.person("lena"), lead, reason="x")


def test_anybody_but_the_lead_steps_down(world, last_entry):
    own = held(world, "rhea", Role.REVIEWER)
    roles.step_down(world.person("rhea"), own, reason="A conflict came up.")
    assert (own.state, own.end_reason, last_entry()["act"]) == ("ended", "A conflict came up.", "assignment.left")
    with pytest.raises(Refused, match="Hand over the lead role"):
        roles.step_down(world.person("lena"), held(world, "lena", Role.LEAD), reason="x")
    with pytest.raises(Refused, match="Decline the offer"):
        roles.step_down(world.person("nora"), proposed(world), reason="x")


def test_a_sleeping_role_opens_nothing_until_the_lead_wakes_it(world, last_entry):
    role = inactive(world, "ines", Role.INVESTIGATOR)
    assert roles_now(world, "ines") == frozenset()
    roles.reactivate_role(world.person("lena"), role)
    assert (roles_now(world, "ines"), last_entry()["act"]) == ({Role.INVESTIGATOR}, "assignment.reactivated")
    with pytest.raises(Refused, match="is not inactive"):
        roles.reactivate_role(world.person("lena"), role)


def test_a_role_is_not_woken_before_its_owner_can_sign_in(world):
    accounts.reset_account(world.person("ada"), world.person("ines"), hours=1)
    with pytest.raises(Refused, match="cannot sign in yet"):
        roles.reactivate_role(world.person("lena"), held(world, "ines", Role.INVESTIGATOR))


def test_a_role_is_not_woken_whose_owner_turns_out_to_be_of_the_team(world):
    role = inactive(world, "rhea", Role.REVIEWER)
    email = world.email("ines")
    accounts.add_alias(world.person("ada"), world.person("rhea"), kind=IdentifierKind.EMAIL, value=email)
    with pytest.raises(Refused, match="current or past investigator cannot be reviewer"):
        roles.reactivate_role(world.person("lena"), role)
    assert role.inactive_since is not None


def test_a_sleeping_proposal_is_not_accepted(world):
    proposal = proposed(world)
    world.join("nora", accounts.reset_account(world.person("ada"), world.person("nora"), hours=1))
    assert proposal.inactive_since is not None
    with pytest.raises(Refused, match="inactive since your account was reset"):
        roles.accept_role(world.person("nora"), proposal, declaration=DECLARED)
    roles.reactivate_role(world.person("lena"), proposal)
    roles.accept_role(world.person("nora"), proposal, declaration=DECLARED)


@pytest.mark.parametrize("waker", ["cora", "dora"])
def test_a_sleeping_lead_is_woken_by_counsel_or_deciding_official(world, waker):
    lead = inactive(world, "lena", Role.LEAD)
    with pytest.raises(Denied):
        roles.reactivate_role(world.person("ines"), lead)
    roles.reactivate_role(world.person(waker), lead)
    assert roles_now(world, "lena") == {Role.LEAD}


def test_a_match_is_settled_by_the_lead_and_the_lead_s_own_by_counsel(world, last_entry):
    recused(world, "ines")
    match = match_of(world, "ines")
    with pytest.raises(Refused, match="Choose whether it is the same person"):
        roles.settle_recusal(world.person("lena"), match, state=MatchState.OPEN, reason="x")
    roles.settle_recusal(world.person("lena"), match, state=MatchState.REJECTED, reason="Another badge.")
    assert (roles_now(world, "ines"), last_entry()["act"]) == ({Role.INVESTIGATOR}, "recusal.settled")
    assert (match.settled_by.name, match.reason) == ("Lena", "Another badge.")
    with pytest.raises(Refused, match="already recorded"):
        roles.settle_recusal(world.person("lena"), match, state=MatchState.REJECTED, reason="x")


@pytest.mark.parametrize("settler", ["cora", "dora"])
def test_the_lead_does_not_settle_her_own_match(world, settler):
    recused(world, "lena")
    match = match_of(world, "lena")
    for who in ("lena", "ines", "rhea", "ada"):
        with pytest.raises(Denied):
            roles.settle_recusal(world.person(who), match, state=MatchState.REJECTED, reason="x")
    roles.settle_recusal(world.person(settler), match, state=MatchState.CONFIRMED, reason="It is her badge.")
    assert roles_now(world, "lena") == frozenset()


def test_nobody_accepts_behind_a_recusal(world):
    proposal = proposed(world)
    recused(world, "nora")
    with pytest.raises(Refused, match="cannot begin"):
        roles.accept_role(world.person("nora"), proposal, declaration=DECLARED)
