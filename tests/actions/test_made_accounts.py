"""An account that somebody of the team made while the case was under way is not somebody else's eyes."""

import pytest

from tests.actions.test_duties import end, proposed
from tracker.actions import accounts
from tracker.actions.combining import conflict
from tracker.ledger import Refused
from tracker.models.words.accounts import Kind
from tracker.models.words.duties import Duty
from tracker.models.words.people import IdentifierKind

OUTSIDE = [Duty.REVIEWER, Duty.COUNSEL, Duty.DECIDER]


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
    end(world, {Duty.REVIEWER: "rhea", Duty.COUNSEL: "cora", Duty.DECIDER: "dora"}[duty], duty)
    with pytest.raises(Refused, match="made this account after the case was opened, so it cannot be its"):
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
