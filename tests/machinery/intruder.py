"""What somebody does who has the rights of the database, past every action: for tests of the recusals behind the first.

Nothing is built with it: what a test stands on is built by actions. The audit log is made to believe it, or the next
action on the same row would be refused for the change itself (tests/audit/test_forgeries.py), and not by the wall that
is tried.
"""

from typing import Any

import sqlalchemy as sa

from tests import world
from tracker.actions.checks import next_number
from tracker.audit.doors import action, now
from tracker.audit.integrity import find_thing
from tracker.audit.verify.records import MODELS, table_faults
from tracker.base import db
from tracker.models.case.assignments import Assignment
from tracker.models.case.words import Role
from tracker.policy import SYSTEM, Permission


@action(Permission.ANYONE, "test.believed", when_closed=True)
def believe(_program: Any, _register: None) -> None:
    """Let the audit log say of every row what it is now."""
    session = db.session()
    for kind in MODELS:
        for _, sentence in list(table_faults(session.connection(), kind)):
            if (thing := find_thing(session, sentence.partition(" ")[0])) is not None:
                session.info["entry"].commit_to(thing)


def run_past_the_program(statement: Any) -> None:
    """Change the record as another process does."""
    db.session().rollback()
    with db.writer().connect() as connection:
        connection.execute(statement)
        connection.commit()
    db.session().expire_all()
    believe(SYSTEM, None)


def put_past_the_program(row: Any) -> None:
    """Put a row into the record that no action would."""
    db.session().rollback()
    with sa.orm.Session(db.writer()) as session:
        session.add(row)
        session.commit()
    believe(SYSTEM, None)


def force_role(who: str, role: Role) -> None:
    """Somebody has a role in LK-AAAA that its lead could not give: the recusals behind that one must hold as well."""
    moment, case, account = now(), world.case(), world.person(who)
    held = {
        "case_id": case.id,
        "account_id": account.id,
        "role": role,
        "proposed_at": moment,
        "number": next_number(Assignment, case_id=case.id),
        "accepted_at": moment,
    }
    run_past_the_program(sa.insert(Assignment).values(declaration="None", end_reason="", **held))


def force_the_end_of_roles(who: str) -> None:
    """Somebody's roles in LK-AAAA are over, also those that must last."""
    those = (Assignment.case_id == world.case().id, Assignment.account_id == world.person(who).id)
    run_past_the_program(sa.update(Assignment).where(*those).values(ended_at=now()))
