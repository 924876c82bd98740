"""Roles: proposed, accepted with a declaration, ended with a reason; who cannot combine with whom; who leads."""

import pytest
import sqlalchemy as sa

from tests.builders.build_material import person
from tracker.actions.case import roles
from tracker.actions.register import accounts
from tracker.audit.doors import Denied, Refused
from tracker.base import db
from tracker.models.access.words import IdentifierKind
from tracker.models.case.assignments import RecusalMatch
from tracker.models.case.staffing import roles_of
from tracker.models.case.words import Role

LENA, INES, NORA = "lena@tracker.example", "ines@tracker.example", "nora@tracker.example"
DECLARED = "I had no access to what came out."


def proposed(world, role=Role.INVESTIGATOR, email=NORA):
    return roles.offer_role(world.person("lena"), world.case(), email=email, role=role)


def held(world, who, role):
    of_role = (one for one in world.case().assignments if one.role is role and not one.is_over)
    return next(one for one in of_role if one.account.email.startswith(who))


def end(world, who, role, reason="On leave."):
    roles.end_assignment(world.person("lena"), held(world, who, role), reason=reason)


def roles_now(world, who):
    db.session().info.pop("roles", None)
    return roles_of(world.person(who), world.case())


def inactive(world, who, role):
    """Somebody's role after a reset; she has a password again."""
    account = world.person(who)
    token = accounts.reset_account(world.person("ada"), account, hours=1)
    world.join(who, token)
    return held(world, who, role)


def match_of(world, who):
    return db.session().scalars(sa.select(RecusalMatch).where(RecusalMatch.account_id == world.person(who).id)).one()


def recused(world, who, badge="B-1"):
    """A person of the case with a badge of this account's."""
    aide = person(("badge", badge), who="ines" if who != "ines" else "walt")
    accounts.add_alias(world.person("ada"), world.person(who), kind=IdentifierKind.BADGE, value=badge)
    return aide


def test_a_role_begins_when_it_is_accepted(world, last_entry):
    proposal = proposed(world)
    assert (proposal.state, last_entry()["act"]) == ("offered", "role.offered")
    assert roles_now(world, "nora") == frozenset()
    roles.accept_role(world.person("nora"), proposal, declaration=DECLARED)
    assert (proposal.state, proposal.declaration, last_entry()["act"]) == ("active", DECLARED, "role.accepted")
    assert roles_now(world, "nora") == {Role.INVESTIGATOR}


def test_nobody_begins_without_a_declaration(world):
    with pytest.raises(Refused, match="Enter your declaration"):
        roles.accept_role(world.person("nora"), proposed(world), declaration="  ")


def test_nobody_answers_for_somebody_else(world):
    with pytest.raises(Denied):
        roles.accept_role(world.person("ines"), proposed(world), declaration=DECLARED)


def test_a_proposal_can_be_declined_once(world, last_entry):
    proposal = proposed(world)
    roles.decline_role(world.person("nora"), proposal, reason="A conflict.")
    assert (proposal.state, proposal.end_reason, last_entry()["act"]) == ("declined", "A conflict.", "role.declined")
    with pytest.raises(Refused, match="answered or withdrawn"):
        roles.accept_role(world.person("nora"), proposal, declaration=DECLARED)
    with pytest.raises(Refused, match="has already ended"):
        roles.end_assignment(world.person("lena"), proposal, reason="x")


def test_a_proposal_can_be_withdrawn(world):
    proposal = proposed(world)
    roles.end_assignment(world.person("lena"), proposal, reason="")
    assert proposal.state == "withdrawn"


@pytest.mark.parametrize("email", ["nobody@tracker.example", "ada@tracker.example", "otto@tracker.example"])
def test_a_role_is_for_member_accounts_that_are_not_disabled(world, email):
    accounts.disable_account(world.person("ada"), world.person("otto"))
    with pytest.raises(Refused, match="address of a member account"):
        proposed(world, email=email)


def test_a_role_is_offered_once(world):
    proposed(world)
    with pytest.raises(Refused, match="already has this role, or an offer of it"):
        proposed(world)


def test_the_lead_is_handed_over_and_not_proposed(world):
    with pytest.raises(Refused, match="Hand over the lead role"):
        proposed(world, Role.LEAD)


def test_only_the_lead_proposes(world):
    with pytest.raises(Denied):
        roles.offer_role(world.person("ines"), world.case(), email=NORA, role=Role.OBSERVER)


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("lena", Role.REVIEWER), ("lena", Role.COUNSEL), ("lena", Role.DECIDING_OFFICIAL),
        ("ines", Role.REVIEWER), ("ines", Role.COUNSEL), ("ines", Role.DECIDING_OFFICIAL),
        ("rhea", Role.INVESTIGATOR), ("rhea", Role.DECIDING_OFFICIAL),
        ("cora", Role.INVESTIGATOR), ("dora", Role.INVESTIGATOR), ("dora", Role.REVIEWER),
    ],
)  # fmt: skip
def test_who_worked_a_case_does_not_judge_it(world, who, role):
    with pytest.raises(Refused, match="hoose somebody else"):
        proposed(world, role, f"{who}@tracker.example")


def test_what_somebody_once_did_in_a_case_still_counts(world):
    end(world, "ines", Role.INVESTIGATOR)
    end(world, "rhea", Role.REVIEWER)
    with pytest.raises(Refused, match="current or past investigator cannot be reviewer here"):
        proposed(world, Role.REVIEWER, INES)


def test_two_offers_that_do_not_combine_are_told_apart_when_the_second_is_accepted(world):
    end(world, "rhea", Role.REVIEWER)
    first, second = proposed(world, Role.REVIEWER), proposed(world, Role.INVESTIGATOR)
    roles.accept_role(world.person("nora"), first, declaration=DECLARED)
    with pytest.raises(Refused, match="hoose somebody else"):
        roles.accept_role(world.person("nora"), second, declaration=DECLARED)


def test_three_people_suffice(world):
    for email, role in [
        (LENA, Role.REVIEWER),
        (NORA, Role.COUNSEL),
        (NORA, Role.DECIDING_OFFICIAL),
        (NORA, Role.OBSERVER),
    ]:
        roles.offer_role(world.person("ivo"), world.case("LK-BBBB"), email=email, role=role)
    for one in world.case("LK-BBBB").assignments[1:]:
        roles.accept_role(one.account, one, declaration=DECLARED)
    found = roles_of(world.person("nora"), world.case("LK-BBBB"))
    assert found == {Role.COUNSEL, Role.DECIDING_OFFICIAL, Role.OBSERVER}


def test_counsel_reviewer_and_deciding_official_are_replaced_with_a_reason(world, last_entry):
    with pytest.raises(Refused, match=r"Cora has this role\. End that assignment first, with the reason"):
        proposed(world, Role.COUNSEL)
    with pytest.raises(Refused, match="Enter the reason"):
        end(world, "cora", Role.COUNSEL, reason=" ")
    end(world, "cora", Role.COUNSEL)
    assert (last_entry()["act"], roles_now(world, "cora")) == ("assignment.ended", frozenset())
    assert proposed(world, Role.COUNSEL).is_waiting


def test_of_two_who_were_asked_the_first_to_accept_has_the_role(world):
    end(world, "dora", Role.DECIDING_OFFICIAL)
    first, second = (
        proposed(world, Role.DECIDING_OFFICIAL),
        proposed(world, Role.DECIDING_OFFICIAL, "cora@tracker.example"),
    )
    roles.accept_role(world.person("nora"), first, declaration=DECLARED)
    with pytest.raises(Refused, match="Nora has this role"):
        roles.accept_role(world.person("cora"), second, declaration=DECLARED)
