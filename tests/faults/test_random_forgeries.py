"""Whoever has the database changes any column of any row: `verify` names it, or the database refuses.

Each forgery is made on a connection of its own and taken back. On the program as it was, imported people and files of
logs, sessions, and rows of entries over many records could be changed unseen.
"""

import random
from itertools import islice

import pytest
import sqlalchemy as sa

from tests import world as people_of
from tests.audit.test_proof_across_versions import newcomers
from tests.audit.test_records import other, tampered
from tests.builders import build_everything
from tests.machinery.database import FULL
from tests.readers.browse import begun
from tracker.audit.entries import HOUSEKEEPING
from tracker.audit.verify import chain
from tracker.base import db
from tracker.base.db import Base
from tracker.models.access.words import LogKind

pytestmark = [pytest.mark.furnished, pytest.mark.gate("verifies once for each forgery")]
TIMES = 4000 if FULL else 60
BOUND = {"token_hash", "account_id", "started_at"}  # of a session, in the entry of its sign-in
TABLES = [table for table in Base.metadata.sorted_tables if table.name not in HOUSEKEEPING - {"login_session"}]


@pytest.fixture
def everything(told, settings):
    """Something of every kind, imports of both kinds, and a session."""
    newcomers("stranger@office.example", "other@office.example")
    path = settings.instance / "doors.csv"
    path.write_text("Since,Person,Place\n2018-03-20T18:11:00Z,stranger@office.example,Room 1\n")
    build_everything.import_log(people_of.case(), "ines", path, LogKind.WHEREABOUTS)
    begun(people_of.person("ines").id)


def forgeries(chance):
    """Statements that change one column of one row, without end."""
    while True:
        table = chance.choice(TABLES)
        keys = [f'"{column.name}"' for column in table.primary_key]
        rows = db.session().execute(sa.text(f'SELECT {", ".join(keys)} FROM "{table.name}"')).all()
        columns = [one for one in table.columns if table.name != "login_session" or one.name in BOUND]
        column = chance.choice(columns)
        if rows and not column.primary_key:
            same = " AND ".join(f"{key} = {value!r}" for key, value in zip(keys, chance.choice(rows), strict=True))
            yield f'UPDATE "{table.name}" SET "{column.name}" = {other(column)} WHERE {same}'


def is_named(settings, statement):
    """Whether it is named; None if the database does not let it be."""
    try:
        with tampered(settings, statement) as connection:
            return first_fault(connection) is not None
    except sa.exc.DBAPIError:
        return None


def first_fault(connection):
    """What `verify` finds in the transaction of the forger, who has not committed."""
    facts = chain.read_facts(connection)
    verdict = chain.verify_entries(connection, facts.erased, chain.silent, None)
    return verdict.fault or chain.first_record_fault(connection, facts, chain.silent, None)


def test_random_forgeries_are_named(everything, settings):
    found = {}
    for statement in islice(forgeries(random.Random(1)), TIMES):
        db.session().rollback()
        found[statement] = is_named(settings, statement)
    assert [statement for statement, named in found.items() if named is False] == []
    assert sum(named is True for named in found.values()) > len(found) / 2
