"""An account to which somebody of the team had the link while the case was under way is not somebody else's eyes."""

import pytest

from tests.actions.test_duties import end, held, proposed
from tracker.actions import accounts, duties
from tracker.actions.combining import conflict
from tracker.audit.doors import Refused
from tracker.models.words.accounts import Kind
from tracker.models.words.duties import Duty
from tracker.models.words.people import IdentifierKind

OUTSIDE = [Duty.REVIEWER, Duty.COUNSEL, Duty.DECIDER]
HOLDERS = {Duty.REVIEWER: "rhea", Duty.COUNSEL: "cora", Duty.DECIDER: "dora"}


def invited(world):
    """A member whom Ada invites."""
    return accounts.invite_user(
        world.person("ada"), None, email="rita@office.example", name="Rita", kind=Kind.MEMBER, hours=1
    )[0]


def ada_is(world, who):
    """Ada administers with one account and works with another."""
    for one in ("ada", who):
        accounts.add_alias(world.person("ada"), world.person(one), kind=IdentifierKind.BADGE, value="B-77")


@pytest.mark.parametrize("who", ["lena", "ines"])
@pytest.mark.parametrize("duty", OUTSIDE, ids=str)
def test_it_neither_reviews_nor_screens_nor_decides(world, who, duty):
    ada_is(world, who)
    end(world, HOLDERS[duty], duty)
    with pytest.raises(Refused, match="created the link to this account, so it cannot be"):
        proposed(world, duty, invited(world).email)
    proposed(world, duty)  # Nora was there before


def test_it_may_investigate_and_observe(world):
    ada_is(world, "ines")
    rita = invited(world)
    assert [conflict(world.case(), rita, duty) for duty in (Duty.INVESTIGATOR, Duty.OBSERVER)] == [None, None]


@pytest.mark.parametrize("duty", OUTSIDE, ids=str)
def test_who_was_invited_by_somebody_outside_the_team_may_do_all(world, duty):
    ada_is(world, "cora")
    assert conflict(world.case(), invited(world), duty) is None


def reset(world, administrator, who):
    """The administrator makes a new link, and whoever has it sets a password."""
    world.join(who, accounts.reset_user(world.person(administrator), world.person(who), hours=1))


@pytest.mark.parametrize("duty", OUTSIDE, ids=str)
def test_a_duty_outside_the_team_sleeps_on_when_the_team_made_the_new_link(world, duty):
    ada_is(world, "lena")
    reset(world, "ada", HOLDERS[duty])
    with pytest.raises(Refused, match="created the link to this account, so the role stays inactive"):
        duties.wake_duty(world.person("lena"), held(world, HOLDERS[duty], duty))


def test_a_link_by_somebody_else_takes_the_account_out_of_the_team_s_hands(world):
    accounts.add_alias(world.person("ada"), world.person("ines"), kind=IdentifierKind.BADGE, value="B-77")
    other, token = accounts.invite_user(
        world.person("ada"), None, email="otto@office.example", name="Otto", kind=Kind.ADMINISTRATOR, hours=1
    )
    world.join("otto", token)
    accounts.add_alias(world.person("ada"), other, kind=IdentifierKind.BADGE, value="B-77")
    duty = held(world, "rhea", Duty.REVIEWER)
    world.join("rhea", accounts.reset_user(other, world.person("rhea"), hours=1))
    with pytest.raises(Refused, match="stays inactive"):
        duties.wake_duty(world.person("lena"), duty)
    reset(world, "ada", "rhea")
    duties.wake_duty(world.person("lena"), duty)
    assert duty.is_working


def test_who_was_reset_by_the_team_is_offered_no_duty_outside_it(world):
    ada_is(world, "lena")
    end(world, "rhea", Duty.REVIEWER)
    reset(world, "ada", "nora")
    with pytest.raises(Refused, match="Ask another administrator to reset the account"):
        proposed(world, Duty.REVIEWER)


def test_a_duty_of_the_team_wakes_whoever_made_the_link(world):
    ada_is(world, "lena")
    reset(world, "ada", "ines")
    duties.wake_duty(world.person("lena"), held(world, "ines", Duty.INVESTIGATOR))
