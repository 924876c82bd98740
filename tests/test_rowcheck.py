"""Whoever has the database itself may change any row: `verify` names it, and the entry that spoke of it last."""

import json
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from tests import inserted, pieces, world
from tests.database import ON_POSTGRESQL
from tests.test_sealcheck import intruder  # noqa: F401  # a fixture
from tests.test_verify import verdict
from tracker import db, entries, rowcheck, sealcheck
from tracker.actions import people
from tracker.analysis.moments import sql_text
from tracker.db import UTC
from tracker.models.audit import AuditDetail, AuditEvent
from tracker.rowcheck import CAME, KEYS, MODELS

pytestmark = pytest.mark.furnished
WITHOUT = {"standard_text"}  # its rows came with the program
NOT_FURNISHED = {"account_alias", "export", "related_case"}


@pytest.fixture
def told(world):
    return inserted.told()


def faults():
    db.session().rollback()
    with db.session().get_bind().connect() as connection:
        return list(rowcheck.broken(connection))


def columns(kind):
    return [column for column in MODELS[kind].__table__.c if not column.info.get("derived")]


def other(column):
    """SQL of another value of a column, however it is typed."""
    name = f'"{column.name}"'
    if isinstance(column.type, sa.Enum):
        words = [f"'{word.value}'" for word in column.type.enum_class]
        return f"CASE WHEN {name} = {words[0]} THEN {words[-1]} ELSE {words[0]} END"
    if isinstance(column.type, sa.Boolean):
        return f"NOT {name}"
    if isinstance(column.type, sa.Integer):
        return f"coalesce({name}, 0) + 70000"
    if isinstance(column.type, UTC):
        return "'2001-01-01T00:00:00.000000Z'"
    if isinstance(column.type, sa.JSON):
        return "'{\"x\": 1}'"
    return f"'x{column.name}'"[: (column.type.length or 90)] + ("'" if (column.type.length or 90) < 3 else "")


class Undone(Exception):
    """Leaves the transaction of the intruder behind."""


@contextmanager
def tampered(settings, *statements):
    """Inside, the record is as the statements make it, for this connection alone; then it is as it was."""
    engine = sa.create_engine(settings.database_url, **({} if ON_POSTGRESQL else {"module": db.sqlite}))
    db.session().rollback()
    try:
        with engine.connect() as connection:
            if ON_POSTGRESQL:
                connection.exec_driver_sql("SET session_replication_role = replica")
            else:
                connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            for statement in statements:
                assert connection.exec_driver_sql(statement).rowcount == 1, statement
            yield connection
            connection.rollback()
    finally:
        engine.dispose()


def found(settings, statement):
    with tampered(settings, statement) as connection:
        return list(rowcheck.broken(connection))
