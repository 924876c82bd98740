"""The exact bytes of what was sealed: no database gives them up, and `verify` names whoever goes round that."""

import pytest
import sqlalchemy as sa

from tests.audit.test_chain import verdict
from tests.machinery.database import ON_POSTGRESQL
from tracker.audit import guards, schema
from tracker.audit.doors import witness
from tracker.base import db
from tracker.models.register.audit_log import AuditDetail
from tracker.models.sealed import SealedText
from tracker.policy import SYSTEM

OF_INTERVIEW = "WHERE kind = 'interview' AND record_id = 1"
COLUMNS = "kind, record_id, format, bytes, sha256"


@pytest.fixture
def owner(settings, told):
    """Run statements with the rights of the owner, whose hands no guard binds."""

    def run(*statements, guarded=False):
        db.session().rollback()
        with schema.owner(settings.database_url) as connection:
            if not guarded:
                guards.take_off(connection)
            for statement in statements:
                connection.exec_driver_sql(statement)
            if not guarded:
                guards.put_on(connection)

    return run


@pytest.fixture
def sealing(told, entries):
    """The number of the entry that sealed the interview."""
    return next(line["seq"] for line in entries() if "interview:1" in line["d"].get("seals", {}))


def test_every_seal_has_its_bytes(told, entries):
    seals = {name: seal for line in entries() for name, seal in line["d"].get("seals", {}).items()}
    kept = db.session().execute(sa.select(SealedText.kind, SealedText.record_id, SealedText.sha256))
    assert {f"{kind}:{key}": sha256 for kind, key, sha256 in kept} == seals
    assert len(seals) > 10


def test_no_entry_quotes_them(told):
    values = db.session().scalars(sa.select(AuditDetail.values)).all()
    assert not any("sealed_text" in text or '"format"' in text for text in values)


def test_whoever_may_read_the_record_reads_them(told):
    interview = told["interview"]
    assert interview.statement() == interview.stored_text.bytes
    assert interview.is_intact


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sealed_text SET bytes = '{}'",
        "UPDATE sealed_text SET bytes = NULL",
        "DELETE FROM sealed_text",
        f"INSERT OR REPLACE INTO sealed_text ({COLUMNS}) SELECT {COLUMNS} FROM sealed_text",
        "TRUNCATE sealed_text",
    ],
)
def test_the_database_itself_refuses(owner, statement):
    only_here = {"INSERT OR REPLACE": False, "TRUNCATE": True}
    if any(statement.startswith(words) and ON_POSTGRESQL is not there for words, there in only_here.items()):
        pytest.skip("this database does not know the statement")
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        owner(statement, guarded=True)
    assert verdict().fault is None


@pytest.mark.skipif(ON_POSTGRESQL, reason="the authorizer is SQLite's")
@pytest.mark.parametrize("statement", ["UPDATE sealed_text SET bytes = NULL", "DELETE FROM sealed_text"])
def test_the_programs_own_connections_are_not_even_allowed_to_try(app, statement):
    with pytest.raises(sa.exc.DBAPIError, match="not authorized"), db.writer().connect() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (f"UPDATE sealed_text SET bytes = replace(bytes, 'A ', 'B ') {OF_INTERVIEW}", "was changed later."),
        (f"UPDATE sealed_text SET bytes = bytes || ' ' {OF_INTERVIEW}", "was changed later."),
        (f"DELETE FROM sealed_text {OF_INTERVIEW}", "is missing."),
        (f"UPDATE sealed_text SET bytes = NULL {OF_INTERVIEW}", "is missing, and no erasure lists it."),
    ],
)
def test_bytes_that_were_changed_or_removed_are_named(owner, sealing, change, sentence):
    owner(change)
    fault = verdict().fault
    assert (fault.seq, fault.sentence) == (sealing, f"the sealed text of interview:1 {sentence}")


@pytest.mark.parametrize(
    ("column", "what"), [("sha256", "hash of the sealed text"), ("format", "format")]
)  # fmt: skip
def test_what_is_said_of_the_bytes_is_held_against_them(owner, sealing, column, what):
    owner(f"UPDATE sealed_text SET {column} = 'x' {OF_INTERVIEW}")
    fault = verdict().fault
    assert (fault.seq, fault.sentence) == (sealing, f"the {what} of interview:1 was changed later.")


def test_bytes_that_no_entry_sealed_are_named(owner):
    owner(f"INSERT INTO sealed_text ({COLUMNS}) SELECT kind, 77, format, bytes, sha256 FROM sealed_text {OF_INTERVIEW}")
    fault = verdict().fault
    sentence = "the sealed text of interview:77 exists, but no entry of the audit log sealed it."
    assert (fault.seq, fault.sentence) == (None, sentence)


def test_an_erasure_takes_the_bytes_and_leaves_the_hash(owner, sealing):
    witness("erasure.done", SYSTEM, outcome="ok", erased=[sealing - 1])
    owner(f"UPDATE sealed_text SET bytes = NULL {OF_INTERVIEW}")
    assert verdict().fault.sentence.endswith("no erasure lists it.")
    witness("erasure.done", SYSTEM, outcome="ok", erased=[sealing])
    assert verdict().fault is None
    owner(f"UPDATE sealed_text SET sha256 = 'x' {OF_INTERVIEW}")
    assert verdict().fault.sentence == "the hash of the sealed text of interview:1 was changed later."
