"""Independence: people are compared and not accounts, history counts, and nobody judges her own words."""

import pytest
import sqlalchemy as sa

from tests import world
from tests.audit.test_sealing import change
from tests.builders import build_columns
from tracker.actions.case import roles
from tracker.actions.case.role_conflicts import conflict
from tracker.actions.checks import next_number
from tracker.actions.register import accounts
from tracker.audit.doors import Refused, action
from tracker.base import db
from tracker.models.access.words import IdentifierKind
from tracker.models.case.assignments import Assignment
from tracker.models.case.independence import is_same, same_people, writers_of
from tracker.models.case.words import Role
from tracker.models.case.work_conditions import SAME
from tracker.models.findings.revisions import FindingRevision
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind
from tracker.policy import Permission, allows

DECLARED = "I have no conflict of interest."
REVIEWED = {one: Permission[f"REVIEW_{one.upper()}"] for one in ("finding", "elimination", "assessment", "outcome")}


def second(name="Somebody", who="second"):
    """One more account of a member."""
    _, token = accounts.invite_account(
        world.person("ada"), None, email=f"{who}@tracker.example", name=name, kind=Kind.MEMBER, hours=1
    )
    world.join(who, token)
    return world.person(who)


def alias(account, kind, value):
    return accounts.add_alias(world.person("ada"), account, kind=kind, value=value)


def by_an_alias_of_the_other_s_address():
    alias(second(), IdentifierKind.EMAIL, " INES@tracker.example ")
    return world.person("second")


def by_an_alias_of_ines():
    alias(world.person("ines"), IdentifierKind.EMAIL, second().email.upper())
    return world.person("second")


def by_a_badge_that_both_have():
    other = second()
    alias(other, IdentifierKind.BADGE, "b-77")
    alias(world.person("ines"), IdentifierKind.BADGE, "B-77")
    return other


def by_the_same_name():
    return second(name=" \uff29NES ")  # in another width and case


def as_a_disabled_account():
    other = by_a_badge_that_both_have()
    accounts.disable_account(world.person("ada"), other)
    return other


SECOND_ACCOUNTS = [
    by_an_alias_of_the_other_s_address, by_an_alias_of_ines, by_a_badge_that_both_have, by_the_same_name,
    as_a_disabled_account,
]  # fmt: skip


@pytest.mark.parametrize("made", SECOND_ACCOUNTS)
def test_a_second_account_is_the_same_person(world, made):
    other = made()
    ines, rhea = world.person("ines"), world.person("rhea")
    assert same_people(db.session(), ines, [other.id, rhea.id, ines.id]) == {other.id, ines.id}
    assert (is_same(ines, other.id), is_same(other, ines.id), is_same(rhea, other.id)) == (True, True, False)
    as_sql = sa.text(
        str(sa.select(SAME.c.id).compile(db.session().connection(), compile_kwargs={"literal_binds": True}))
    )
    assert set(db.session().scalars(as_sql, {"me": ines.id})) == {other.id, ines.id}


def test_everybody_is_own_and_nobody_else(world):
    ids = set(db.session().scalars(sa.select(Account.id)))
    for who in world.PEOPLE:
        assert same_people(db.session(), world.person(who), ids) == {world.person(who).id}


@pytest.mark.parametrize("made", SECOND_ACCOUNTS)
def test_no_second_account_of_who_worked_the_case_takes_up_another_side(world, made):
    other = made()
    for role in (Role.REVIEWER, Role.DECIDING_OFFICIAL, Role.COUNSEL):
        assert conflict(world.case(), other, role) == (
            f"A current or past investigator cannot be {role.label.lower()} here. Choose somebody else."
        )
    assert conflict(world.case(), other, Role.OBSERVER) is None


def test_a_second_account_found_out_after_the_offer_does_not_accept_it(world):
    roles.end_assignment(world.person("lena"), held("rhea", Role.REVIEWER), reason="On leave.")
    other = second()
    offer = roles.offer_role(world.person("lena"), world.case(), email=other.email, role=Role.REVIEWER)
    alias(other, IdentifierKind.EMAIL, "ines@tracker.example")
    with pytest.raises(Refused, match="current or past investigator"):
        roles.accept_role(other, offer, declaration=DECLARED)


def test_the_reviewer_s_second_account_does_not_decide(world):
    roles.end_assignment(world.person("lena"), held("dora", Role.DECIDING_OFFICIAL), reason="On leave.")
    other = second(name="Rhea")
    with pytest.raises(Refused, match="current or past reviewer cannot be deciding official here"):
        roles.offer_role(world.person("lena"), world.case(), email=other.email, role=Role.DECIDING_OFFICIAL)


def held(who, role):
    return next(one for one in world.case().assignments if one.role is role and one.account.name == who.capitalize())


# At the moment of the judgement: whatever let somebody have the role, it is asked again.


def may(who, thing, permission=None):
    db.session().info.pop("roles", None)
    return allows(who, permission or REVIEWED[thing.__tablename__], thing)


@pytest.mark.parametrize("kind", sorted(REVIEWED))
def test_the_reviewer_judges_what_she_did_not_write(told, kind):
    assert may(world.person("rhea"), told[kind])
    assert {who for who in world.PEOPLE if may(world.person(who), told[kind])} == {"rhea"}


@pytest.mark.parametrize("kind", sorted(REVIEWED))
def test_nobody_judges_her_own_words(told, kind):
    column = "author_id" if kind == "finding" else "by_id"
    as_if(f"UPDATE {kind} SET {column} = :id", id=world.person("rhea").id)
    assert not may(world.person("rhea"), told[kind])


def as_if(statement, **values):
    """Behind the program's back, as no action would let it be."""
    db.session().rollback()
    with db.writer().connect() as connection:
        connection.execute(sa.text(statement), values)
        connection.commit()


@pytest.mark.parametrize("newest", [True, False], ids=["last editor", "co-author"])
def test_who_wrote_any_text_of_a_finding_does_not_review_it(told, newest):
    def write(finding):
        for revision, who in ((2, "rhea" if not newest else "ines"), (3, "rhea" if newest else "ines")):
            told_of = {"finding_id": finding.id, "revision": revision, "text": "{}"}
            db.session().add(build_columns.filled(FindingRevision, world.person(who), finding.case, "", **told_of))

    change(world.person("ines"), told["finding"], what=write)
    assert writers_of(told["finding"]) == {world.person("ines").id, world.person("rhea").id}
    assert not may(world.person("rhea"), told["finding"])
    assert may(world.person("rhea"), told["elimination"])


def test_nor_does_her_second_account(told):
    other = second()
    as_if("UPDATE finding SET author_id = :id", id=other.id)
    assert may(world.person("rhea"), told["finding"])
    alias(other, IdentifierKind.EMAIL, "rhea@tracker.example")
    assert not may(world.person("rhea"), told["finding"])


@pytest.mark.parametrize("made", SECOND_ACCOUNTS[:-1])
def test_a_reviewer_who_investigated_under_another_account_reviews_nothing(told, made):
    rhea = world.person("rhea")
    as_if("UPDATE assignment SET account_id = :id WHERE account_id = :rhea", id=made().id, rhea=rhea.id)
    assert {kind for kind in REVIEWED if may(world.person("second"), told[kind])} == set()


def given(who, role, *, ended=False, accepted=True):
    """A role that no action would give."""

    @action(Permission.READ_CASE, "trial.given")
    def give(reader, case):
        facts = {
            "accepted_at": build_columns.now() if accepted else None,
            "ended_at": build_columns.now() if ended else None,
            "number": next_number(Assignment, case_id=case.id),
        }
        db.session().add(
            Assignment(case=case, account=world.person(who), role=role, proposed_at=build_columns.now(), **facts)
        )

    give(world.person("lena"), world.case())


@pytest.mark.parametrize("role", [Role.LEAD, Role.INVESTIGATOR])
def test_whoever_ever_worked_the_case_reviews_nothing_of_it(told, role):
    given("rhea", role, ended=True)
    assert {kind for kind in REVIEWED if may(world.person("rhea"), told[kind])} == set()


def test_a_role_that_was_only_offered_counts_for_nothing(told):
    given("rhea", Role.INVESTIGATOR, accepted=False)
    assert may(world.person("rhea"), told["finding"])


def test_the_role_given_afterwards_to_the_author_lets_her_review_nothing(told):
    roles.end_assignment(world.person("lena"), held("rhea", Role.REVIEWER), reason="On leave.")
    given("ines", Role.REVIEWER)
    assert not may(world.person("ines"), told["finding"])


DECIDING = [Permission.DRAFT_OUTCOME, Permission.CLOSE_CASE, Permission.REOPEN_CASE]
