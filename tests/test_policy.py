"""The policy: one rule for each permission, a sentence for each rule, and nothing allowed on what does not exist."""

from html import unescape

import pytest

from tests.world import PEOPLE
from tracker import db
from tracker.actions import accounts
from tracker.models.cases import Case
from tracker.policy import RULES, SYSTEM, Permission, allows

EVERYWHERE = {Permission.ANYONE, Permission.SIGNED_IN}
OF_A_CASE = [
    needs for needs in Permission
    if needs not in {*EVERYWHERE, Permission.FOUND_REGISTER, Permission.MANAGE_ACCOUNTS, Permission.READ_LEDGER,
                     Permission.OPEN_CASE, Permission.ANSWER_DUTY, Permission.NAME_LEAD, Permission.MANAGE_TEXTS,
                     Permission.READ_TEXTS}
]  # fmt: skip


def test_every_permission_has_a_rule_and_every_rule_a_sentence():
    assert set(RULES) == set(Permission)
    assert all(rule.says and not rule.says.startswith("not ") for rule in RULES.values())


@pytest.mark.parametrize("who", PEOPLE)
def test_what_is_allowed_on_a_case_exists_for_whoever_may_do_it(world, who):
    user = world.person(who)
    for reference in ("LK-AAAA", "LK-BBBB"):
        subject = held_by(world, reference)
        allowed = {needs for needs in OF_A_CASE if allows(user, needs, subject)}
        exists = db.session().scalar(Case.located(user, case=reference)) is not None
        assert exists or not allowed, allowed


def held_by(world, reference):
    """A duty of the case: the rules about duties and walls look at whom it concerns."""
    return world.case(reference).assignments[-1]


@pytest.mark.parametrize("who", ["ada", "aldo"])
def test_administrators_and_auditors_do_nothing_in_a_case(world, who):
    assert not [needs for needs in OF_A_CASE if allows(world.person(who), needs, world.case().assignments[1])]


def test_a_disabled_account_does_nothing(world):
    lena = world.person("lena")
    accounts.disable_user(world.person("ada"), lena)
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
    leads, counsels = RULES[Permission.EDIT_CASE], RULES[Permission.SCREEN_CASE]
    assert (leads | counsels).holds(lena, case)
    assert not (leads & counsels).holds(lena, case)
    assert not (~leads).holds(lena, case)
    assert (leads & ~counsels).says == f"{leads.says}, and not {counsels.says}"


def test_the_page_of_the_rules_shows_each_of_them(browse):
    page = unescape(browse("nora").get("/rules").text)
    assert all(needs.value in page for needs in Permission)
