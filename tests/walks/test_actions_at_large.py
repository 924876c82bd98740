"""What holds for every action: a closed case is read only, what is gone is not found, a deadlock is tried once more."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from tests.builders.build_material import person
from tracker.actions.access.people import remove_identifier
from tracker.actions.case.cases import edit_case, read_case
from tracker.audit.doors import Gone, Refused, action
from tracker.base import db
from tracker.models.case.words import Stage
from tracker.policy import Permission


class Deadlock(Exception):
    """What PostgreSQL says of one."""

    sqlstate = "40P01"


def behind_the_programs_back(statement, **values):
    db.session().rollback()
    with db.writer().connect() as connection:
        connection.execute(sa.text(statement), values)
        connection.commit()


def test_a_closed_case_can_be_read_and_not_changed(world, last_entry):
    behind_the_programs_back("UPDATE cases SET stage = :closed WHERE reference = 'LK-AAAA'", closed=Stage.CLOSED.value)
    lena, case = world.person("lena"), world.case()
    with pytest.raises(Refused, match="closed and can only be read"):
        edit_case(lena, case, lock_version=case.lock_version, title="Another title")
    read_case(lena, case)
    assert last_entry()["act"] == "case.read"


def test_what_is_gone_meanwhile_is_not_found(world, entries):
    badge = person(("badge", "B-9")).identifiers[0]
    before = len(entries())
    behind_the_programs_back("DELETE FROM identifier WHERE id = :id", id=badge.id)
    with pytest.raises(Gone):
        remove_identifier(world.person("ines"), badge)
    assert len(entries()) == before


@pytest.mark.parametrize(("fault", "calls"), [(Deadlock(), 2), (Exception("disk"), 1)])
def test_a_deadlock_is_tried_once_more_and_nothing_else_is(world, entries, fault, calls):
    tried = []

    @action(Permission.SIGNED_IN, "trial.made")
    def make_trial(actor, account):
        tried.append(1)
        if len(tried) == 1:
            raise OperationalError("a statement", {}, fault)

    lena = world.person("lena")
    if calls == 2:
        make_trial(lena, lena)
    else:
        with pytest.raises(OperationalError):
            make_trial(lena, lena)
    assert len(tried) == calls
    assert len(entries("trial.made")) == calls - 1
