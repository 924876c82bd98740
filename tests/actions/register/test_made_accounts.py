"""An account to which somebody of the team had the link while the case was under way is not somebody else's eyes."""

import pytest

from tests.actions.case.test_roles import end, held, proposed
from tracker.actions.case import roles
from tracker.actions.case.role_conflicts import conflict
from tracker.actions.register import accounts
from tracker.audit.doors import Refused
from tracker.models.access.words import IdentifierKind
from tracker.models.case.words import Role
from tracker.models.register.words import Kind

OUTSIDE = [Role.REVIEWER, Role.COUNSEL, Role.DECIDING_OFFICIAL]
HOLDERS = {Role.REVIEWER: "rhea", Role.COUNSEL: "cora", Role.DECIDING_OFFICIAL: "dora"}


def invited(world):
    """A member whom Ada invites."""
    return accounts.invite_account(
        world.person("ada"), None, email="rita@office.example", name="Rita", kind=Kind.MEMBER, hours=1
    )[0]


def ada_is(world, who):
    """Ada administers with one account and works with another."""
    for one in ("ada", who):
        accounts.add_alias(world.person("ada"), world.person(one), kind=IdentifierKind.BADGE, value="B-77")


@pytest.mark.parametrize("who", ["lena", "ines"])
@pytest.mark.parametrize("role", OUTSIDE, ids=str)
def test_it_neither_reviews_nor_protection_checks_nor_decides(world, who, role):
    ada_is(world, who)
    end(world, HOLDERS[role], role)
    with pytest.raises(Refused, match="created the link to this account, so it cannot be"):
        proposed(world, role, invited(world).email)
    proposed(world, role)  # Nora was there before


def test_it_may_investigate_and_observe(world):
    ada_is(world, "ines")
    rita = invited(world)
    assert [conflict(world.case(), rita, role) for role in (Role.INVESTIGATOR, Role.OBSERVER)] == [None, None]


@pytest.mark.parametrize("role", OUTSIDE, ids=str)
def test_who_was_invited_by_somebody_outside_the_team_may_do_all(world, role):
    ada_is(world, "cora")
    assert conflict(world.case(), invited(world), role) is None


def reset(world, administrator, who):
    """The administrator makes a new link, and whoever has it sets a password."""
    world.join(who, accounts.reset_account(world.person(administrator), world.person(who), hours=1))


@pytest.mark.parametrize("role", OUTSIDE, ids=str)
def test_a_role_outside_the_team_sleeps_on_when_the_team_made_the_new_link(world, role):
    ada_is(world, "lena")
    reset(world, "ada", HOLDERS[role])
    with pytest.raises(Refused, match="created the link to this account, so the role stays inactive"):
        roles.reactivate_role(world.person("lena"), held(world, HOLDERS[role], role))


def test_a_link_by_somebody_else_takes_the_account_out_of_the_team_s_hands(world):
    accounts.add_alias(world.person("ada"), world.person("ines"), kind=IdentifierKind.BADGE, value="B-77")
    other, token = accounts.invite_account(
        world.person("ada"), None, email="otto@office.example", name="Otto", kind=Kind.ADMINISTRATOR, hours=1
    )
    world.join("otto", token)
    accounts.add_alias(world.person("ada"), other, kind=IdentifierKind.BADGE, value="B-77")
    role = held(world, "rhea", Role.REVIEWER)
    world.join("rhea", accounts.reset_account(other, world.person("rhea"), hours=1))
    with pytest.raises(Refused, match="stays inactive"):
        roles.reactivate_role(world.person("lena"), role)
    reset(world, "ada", "rhea")
    roles.reactivate_role(world.person("lena"), role)
    assert role.is_working


def test_who_was_reset_by_the_team_is_offered_no_role_outside_it(world):
    ada_is(world, "lena")
    end(world, "rhea", Role.REVIEWER)
    reset(world, "ada", "nora")
    with pytest.raises(Refused, match="Ask another administrator to reset the account"):
        proposed(world, Role.REVIEWER)


def test_a_role_of_the_team_wakes_whoever_made_the_link(world):
    ada_is(world, "lena")
    reset(world, "ada", "ines")
    roles.reactivate_role(world.person("lena"), held(world, "ines", Role.INVESTIGATOR))
