"""A guard that is gone, and what acts on a table and is none of the program's, are named by the commands."""

import pytest

from tests.audit.test_chain import intruder  # noqa: F401  # a fixture
from tests.machinery.database import ON_POSTGRESQL
from tracker.base import db

DONE = {
    f"DROP TRIGGER audit_next{' ON audit' if ON_POSTGRESQL else ''}": "trigger audit_next is missing or altered",
    (
        "CREATE RULE mine AS ON DELETE TO claim DO INSTEAD NOTHING"
        if ON_POSTGRESQL
        else "CREATE TRIGGER mine BEFORE DELETE ON claim BEGIN SELECT RAISE(IGNORE); END"
    ): f"{'rule' if ON_POSTGRESQL else 'trigger'} mine on claim is not known",
}


@pytest.mark.parametrize("statement", DONE)
def test_what_somebody_did_to_the_guards_is_named(intruder, command, statement):  # noqa: F811
    db.session().rollback()
    with intruder.begin() as connection:
        connection.exec_driver_sql(statement)
    for words in (("audit", "verify"), ("check",)):
        code, printed = command(*words)
        assert (code, DONE[statement] in printed) == (1, True)
