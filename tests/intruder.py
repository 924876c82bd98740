"""What somebody does who has the rights of the database, past every action: for tests of the walls behind the first.

Nothing is built with it: what a test stands on is built by actions.
"""

from typing import Any

import sqlalchemy as sa

from tests import world
from tracker import db
from tracker.audit.doors import now
from tracker.models.duties import Assignment
from tracker.models.words.duties import Duty


def run_past_the_program(statement: Any) -> None:
    """Change the record as another process does."""
    db.session().rollback()
    with db.session().get_bind().connect().execution_options(writing=True) as connection:
        connection.execute(statement)
        connection.commit()
    db.session().expire_all()


def put_past_the_program(row: Any) -> None:
    """Put a row into the record that no action would."""
    db.session().rollback()
    with sa.orm.Session(db.session().get_bind().execution_options(writing=True)) as session:
        session.add(row)
        session.commit()


def force_duty(who: str, duty: Duty) -> None:
    """Somebody has a duty in LK-AAAA that its lead could not give: the walls behind that one must hold as well."""
    moment, case, user = now(), world.case(), world.person(who)
    held = {"case_id": case.id, "user_id": user.id, "duty": duty, "proposed_at": moment, "accepted_at": moment}
    run_past_the_program(sa.insert(Assignment).values(declaration="None", end_reason="", **held))


def force_the_end_of_duties(who: str) -> None:
    """Somebody's duties in LK-AAAA are over, also those that must last."""
    those = (Assignment.case_id == world.case().id, Assignment.user_id == world.person(who).id)
    run_past_the_program(sa.update(Assignment).where(*those).values(ended_at=now()))
