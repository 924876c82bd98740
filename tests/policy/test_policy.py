"""The policy: one rule for each permission, a sentence for each rule, and nothing allowed on what does not exist."""

from html import unescape

import pytest

from tests.world import PEOPLE
from tracker.actions.register import accounts
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.case.staffing import roles_of
from tracker.models.case.words import Role
from tracker.policy import RULES, SYSTEM, Permission, allows
from tracker.policy.drawing import CONDITIONS, draw_cell, draw_incompatible
from tracker.policy.roles import incompatible_with
from tracker.policy.rules import HOLDERS, SETTLES, Way, condition

EVERYWHERE = {Permission.ANYONE, Permission.SIGNED_IN}
OF_A_CASE = [
    needs for needs in Permission
    if needs not in {*EVERYWHERE, Permission.FOUND_REGISTER, Permission.MANAGE_ACCOUNTS, Permission.READ_AUDIT_LOG,
                     Permission.ACKNOWLEDGE_MISMATCH, Permission.OPEN_CASE, Permission.SEARCH, Permission.ANSWER_OFFER,
                     Permission.NAME_LEAD, Permission.MANAGE_TEXTS, Permission.READ_TEXTS,
                     Permission.SETTLE_RECUSAL, Permission.ANSWER_RECUSAL}  # of a recusal: test_near_recusal.py
]  # fmt: skip


def test_every_permission_has_a_rule_and_every_rule_a_sentence():
    assert set(RULES) == set(Permission)
    assert all(rule.ways for needs, rule in RULES.items() if needs is not Permission.FOUND_REGISTER)
    assert all(sentence.endswith(".") and sentence[0].isupper() for sentence in CONDITIONS)


@pytest.mark.parametrize("who", PEOPLE)
def test_what_is_allowed_on_a_case_exists_for_whoever_may_do_it(world, who):
    account = world.person(who)
    for reference in ("LK-AAAA", "LK-BBBB"):
        subject = held_by(world, reference)
        allowed = {needs for needs in OF_A_CASE if allows(account, needs, subject)}
        exists = db.session().scalar(Case.locate(account, case=reference)) is not None
        assert exists or not allowed, allowed


def held_by(world, reference):
    """A role of the case: the rules about roles and recusals look at whom it concerns."""
    return world.case(reference).assignments[-1]


@pytest.mark.parametrize("who", ["ada", "aldo"])
def test_administrators_and_auditors_do_nothing_in_a_case(world, who):
    assert not [needs for needs in OF_A_CASE if allows(world.person(who), needs, world.case().assignments[1])]


def test_a_disabled_account_does_nothing(world):
    lena = world.person("lena")
    accounts.disable_account(world.person("ada"), lena)
    assert [needs for needs in Permission if allows(lena, needs, world.case())] == [Permission.ANYONE]


def test_the_program_itself_founds_the_register_and_no_more(world):
    assert {needs for needs in Permission if allows(SYSTEM, needs, world.case())} == {
        Permission.ANYONE,
        Permission.FOUND_REGISTER,
    }


def test_nobody_is_nobody(world):
    assert {needs for needs in Permission if allows(None, needs, None)} == {Permission.ANYONE}


def test_rules_are_joined_as_their_sentences_say(world):
    lena, case = world.person("lena"), world.case()
    leads, counsels = RULES[Permission.EDIT_CASE], RULES[Permission.RECORD_PROTECTION_CHECK]
    assert (leads | counsels).holds(lena, case)
    assert not (leads & counsels).holds(lena, case)
    assert not (~condition("It is so.", leads.holds)).holds(lena, case)
    assert (leads & counsels).ways == ()
    assert (leads | counsels).ways == (*leads.ways, *counsels.ways)
    (settles, other) = SETTLES.ways
    assert settles == Way(frozenset({Role.LEAD}), ("It does not concern the lead investigator.",))
    assert other.conditions == ("It concerns the lead investigator.", "It is not their own.")


def test_the_page_of_the_rules_shows_each_of_them(browse):
    page = unescape(browse("nora").get("/permissions").text)
    assert all(needs.value[1:] in page for needs in Permission)
    assert all(sentence in page for sentence in CONDITIONS)


def test_a_cell_says_no_yes_or_under_which_conditions():
    drawn = {one: draw_cell(RULES[Permission.READ_NAMES], one) for one in HOLDERS}
    (revealed,) = drawn[Role.REVIEWER][0]
    assert CONDITIONS[revealed - 1].startswith("After a reveal")
    assert (drawn[Role.LEAD], drawn[Role.OBSERVER]) == ([[]], None)


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "walt"])
def test_the_table_says_what_the_rules_say(world, who):
    """Whoever may do something has a column that says so, and whose column says no may not."""
    account = world.person(who)
    subject = held_by(world, "LK-AAAA")
    columns = roles_of(account, world.case()) | ({account.kind} & set(HOLDERS)) or {None}
    for needs in OF_A_CASE:
        drawn = [draw_cell(RULES[needs], one) for one in columns]
        if all(one is None for one in drawn):
            assert not allows(account, needs, subject), needs
        elif [[]] in drawn:
            assert allows(account, needs, subject), needs


def test_roles_eliminate_each_other_as_the_product_says():
    team, judges = {Role.LEAD, Role.INVESTIGATOR}, {Role.REVIEWER, Role.COUNSEL, Role.DECIDING_OFFICIAL}
    assert {role: set(others) for role, others in draw_incompatible().items()} == {
        Role.LEAD: judges, Role.INVESTIGATOR: judges, Role.REVIEWER: team | {Role.DECIDING_OFFICIAL},
        Role.COUNSEL: team,
        Role.DECIDING_OFFICIAL: team | {Role.REVIEWER},
    }  # fmt: skip
    assert all((one in incompatible_with(other)) is (other in incompatible_with(one)) for one in Role for other in Role)
