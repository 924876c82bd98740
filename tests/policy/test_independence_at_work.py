"""Independence where it is asked: at the work itself, under every account of a person."""

import pytest
import sqlalchemy as sa

from tests import world
from tests.policy.test_independence import DECIDING, alias, as_if, given, may, second
from tracker.base import db
from tracker.models.access.words import IdentifierKind
from tracker.models.case.words import Role
from tracker.models.findings.findings import Finding
from tracker.policy import Permission
from tracker.policy.roles import is_independent, stands_apart


@pytest.mark.parametrize("role", [None, Role.LEAD, Role.INVESTIGATOR, Role.REVIEWER, Role.COUNSEL, Role.OBSERVER])
def test_the_deciding_official_never_investigated_nor_reviewed(told, role):
    if role:
        given("dora", role, ended=True)
    free = role in {None, Role.COUNSEL, Role.OBSERVER}
    assert stands_apart(world.person("dora"), world.case(), Role.DECIDING_OFFICIAL) is free
    assert {may(world.person("dora"), world.case(), needs) for needs in DECIDING} == {free}


def test_nor_under_another_account(told):
    assert may(world.person("dora"), world.case(), Permission.CLOSE_CASE)
    alias(world.person("dora"), IdentifierKind.EMAIL, "rhea@tracker.example")
    assert not may(world.person("dora"), world.case(), Permission.CLOSE_CASE)


@pytest.mark.parametrize("kind", ["subject_status", "disposal"])
def test_the_second_person_is_another_person(told, kind):
    needs = {"subject_status": Permission.SIGN_SUBJECT_STATUS, "disposal": Permission.CONFIRM_DISPOSAL}[kind]
    cora = world.person("cora")
    assert may(cora, told[kind], needs)
    other = second()
    as_if(f"UPDATE {kind} SET by_id = :id", id=other.id)
    assert may(cora, told[kind], needs)
    alias(cora, IdentifierKind.EMAIL, other.email)
    assert not may(cora, told[kind], needs)
    as_if(f"UPDATE {kind} SET by_id = :id", id=cora.id)
    assert not may(cora, told[kind], needs)


@pytest.mark.parametrize("many", [1, 12])
def test_it_is_asked_in_a_few_statements_however_many_worked_the_case(told, many):
    for number in range(many):
        second(who=f"clerk{number}", name=f"Clerk {number}")
        given(f"clerk{number}", Role.INVESTIGATOR)
    rhea, finding, asked = world.person("rhea"), db.session().scalars(sa.select(Finding)).one(), []
    sa.event.listen(sa.Engine, "before_cursor_execute", note := lambda *told: asked.append(told[2]))
    try:
        assert is_independent(rhea, finding)
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    assert len(asked) <= 5
