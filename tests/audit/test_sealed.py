"""Whoever has the database itself may change what is sealed: `verify` names the thing, and the entry that sealed it."""

import re
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from benchmarks import inquiry
from benchmarks.inquiry import Inquiry
from tests import world
from tests.audit.test_chain import verdict
from tests.audit.test_sealing import FIXED, KINDS, change
from tests.machinery.database import ON_POSTGRESQL
from tracker.audit.verify import sealed
from tracker.audit.verify.sealed import SEALED
from tracker.base import db
from tracker.base.connections import sqlite
from tracker.models.findings.words import FindingState


@pytest.fixture
def intruder(settings, told):
    """Run a statement with the database's own rights, and without its foreign keys; the audit log is not touched."""
    engine = sa.create_engine(settings.database_url, **({} if ON_POSTGRESQL else {"module": sqlite}))

    def run(statement, **values):
        db.session().rollback()
        with engine.begin() as connection:
            if ON_POSTGRESQL:
                connection.exec_driver_sql("SET session_replication_role = replica")
            result = connection.execute(sa.text(statement), values)
            if ON_POSTGRESQL:
                connection.exec_driver_sql("SET session_replication_role = DEFAULT")
            return result.rowcount

    yield run
    engine.dispose()


@contextmanager
def named(thing, sentence, entries):
    """Inside, somebody changes the thing behind the back; the entry that sealed it is named, and no line is changed."""
    lines = entries()
    assert verdict().fault is None
    yield
    is_named(thing, sentence, lines)
    assert entries() == lines


def is_named(thing, sentence, lines):
    fault, seal = verdict().fault, next(line["seq"] for line in lines if thing in line["d"].get("seals", {}))
    assert fault is not None
    assert (fault.seq, thing in fault.sentence) == (seal, True), fault
    assert re.search(sentence, fault.sentence)


def another(kind, name):
    """SQL of another value of a column; a word of a closed list stays one of the list."""
    column = SEALED[kind].__table__.c[name]
    if name.endswith("_precision"):
        return "'hour'"
    if isinstance(column.type, sa.Enum):
        words = [word.value for word in column.type.enum_class]
        return f"'{words[-1]}'"
    if isinstance(column.type, sa.Boolean):
        return "true" if ON_POSTGRESQL else "1"
    if isinstance(column.type, sa.Integer) or column.foreign_keys:
        return "2"
    if isinstance(column.type, sa.TypeDecorator):
        return "'2001-01-01T00:00:00.000000Z'"
    return "'x'"


IMPOSSIBLE = {  # a check of the database does not let it be
    ("exhibit", "form"), *(("review", f"{thing}_id") for thing in ("elimination", "assessment", "outcome")),
}  # fmt: skip
COLUMNS = [(kind, name) for kind, name in FIXED if name != "seal" and (kind, name) not in IMPOSSIBLE]


@pytest.mark.cases("verifies for each column")
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_fixed_column_changed_in_the_database_is_named(intruder, kind, entries):
    names = [name for of, name in COLUMNS if of == kind]
    lines = entries()
    assert names
    assert verdict().fault is None
    for name in names:
        (was,) = db.session().execute(sa.text(f'SELECT "{name}" FROM {kind} WHERE id = 1')).one()
        assert intruder(f'UPDATE {kind} SET "{name}" = {another(kind, name)} WHERE id = 1') == 1, name
        is_named(f"{kind}:1", "was changed (after this entry sealed it|later)", lines)
        assert intruder(f'UPDATE {kind} SET "{name}" = :was WHERE id = 1', was=was) == 1, name
    assert verdict().fault is None
    assert entries() == lines


@pytest.mark.gate("a copy of the record for each column, sound before it is changed")
@pytest.mark.parametrize(
    ("kind", "name"),
    [pytest.param(*one, marks=[pytest.mark.full] if place % 3 else []) for place, one in enumerate(COLUMNS)],
)
def test_a_fixed_column_changed_in_a_sound_record_is_named(intruder, kind, name, entries):
    with named(f"{kind}:1", "was changed after this entry sealed it", entries):
        assert intruder(f'UPDATE {kind} SET "{name}" = {another(kind, name)} WHERE id = 1') == 1


SEALS = [(kind, seal) for kind in sorted(KINDS) for seal in ("NULL", "'0000'")]
AT_ONCE = {(kind, "NULL") for kind in KINDS if SEALED[kind].SEALED_AT_ONCE}


@pytest.mark.cases("verifies for each change")
@pytest.mark.parametrize(("kind", "seal"), sorted(set(SEALS) - AT_ONCE))
def test_a_seal_taken_off_or_changed_in_the_database_is_named(intruder, kind, seal, entries):
    with named(f"{kind}:1", "seal of .* was changed later", entries):
        assert intruder(f"UPDATE {kind} SET seal = {seal} WHERE id = 1") == 1


def test_all_but_what_waits_for_a_signature_is_sealed_in_the_action_that_makes_it():
    assert {kind for kind, _ in AT_ONCE} == KINDS - {"interview", "subject_status", "disposal", "outcome"}


@pytest.mark.parametrize(("kind", "seal"), sorted(AT_ONCE))
def test_what_is_sealed_at_once_and_has_no_seal_is_named(intruder, kind, seal):
    assert intruder(f"UPDATE {kind} SET seal = {seal} WHERE id = 1") == 1
    assert verdict().fault.sentence == f"{kind}:1 has no seal, so no action created it."


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_removed_in_the_database_is_named(intruder, kind, entries):
    with named(f"{kind}:1", "is missing; this entry sealed it", entries):
        assert intruder(f"DELETE FROM {kind} WHERE id = 1") == 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_row_with_a_made_up_seal_is_named(intruder, kind):
    table = SEALED[kind].__table__
    others = [f'"{column.name}"' for column in table.c if column.name not in {"id", "number"}]
    names = ", ".join(others)
    assert intruder(f"INSERT INTO {kind} (id, number, {names}) SELECT 77, 77, {names} FROM {kind} WHERE id = 1") == 1
    fault = verdict().fault
    assert (fault.seq, fault.sentence) == (None, f"{kind}:77 is sealed, but no entry of the audit log sealed it.")


@pytest.mark.parametrize(
    ("statement", "thing"),
    [
        ("UPDATE presence SET who = 'Somebody else'", "interview:1"),
        ("DELETE FROM presence", "interview:1"),
        ("UPDATE standard_text SET text = 'Answer.' WHERE id = (SELECT advisement_id FROM interview)", "interview:1"),
        ("UPDATE interview SET planning = 'Otherwise'", "interview:1"),
        ("UPDATE citation SET bearing = 'contradicts' WHERE subject_status_id = 1", "subject_status:1"),
        ("UPDATE citation SET withdrawn_at = '2018-03-21T00:00:00.000000Z' WHERE subject_status_id = 1",
            "subject_status:1"),
    ],
)  # fmt: skip
def test_what_is_sealed_along_is_named_with_the_whole(intruder, statement, thing, entries):
    with named(thing, "was changed (after this entry sealed it|later)", entries):
        assert intruder(statement) >= 1


GARBAGE = [
    ("interview", "started_earliest", "yesterday"),
    ("interview", "started_earliest", "2030-01-01T00:00:00.000000Z"),
    ("interview", "started_offset", "Nowhere/Never"),
    ("decision", "at", "never"),
    ("subject_status", "until", ""),
]


@pytest.mark.parametrize(("kind", "name", "value"), GARBAGE)
def test_a_value_that_cannot_even_be_read_is_named_like_any_other(intruder, kind, name, value, entries):
    with named(f"{kind}:1", "was changed (after this entry sealed it|later)", entries):
        assert intruder(f"UPDATE {kind} SET {name} = :value WHERE id = 1", value=value) == 1


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL has no way round its checks")
def test_a_word_that_is_none_of_its_list_is_named(settings, told, entries):
    engine = sa.create_engine(settings.database_url, module=sqlite)
    with named("interview:1", "was changed (after this entry sealed it|later)", entries):
        db.session().rollback()
        with engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            connection.exec_driver_sql("UPDATE interview SET mode = 'by post'")
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE finding_revision SET text = replace(text, 'A finding', 'B finding')", "DELETE FROM finding_revision"],
)
def test_a_text_that_was_reviewed_stays_or_is_named(intruder, statement, entries):
    seal = next(line["seq"] for line in entries() if "review:1" in line["d"].get("seals", {}))
    assert intruder(statement) == 1
    assert (verdict().fault.seq, verdict().fault.sentence) == (
        seal, "the text that review:1 answers is missing or was changed later.",
    )  # fmt: skip


def test_a_verdict_that_no_entry_sealed_about_a_text_that_is_gone_is_said_in_words(intruder):
    """Both sentences come, one after the other: that the verdict came from nowhere, and that its text is not there."""
    names = ", ".join(f'"{column.name}"' for column in SEALED["review"].__table__.c if column.name not in NUMBERED)
    copied = f"INSERT INTO review (id, number, revision, {names}) SELECT 77, 77, 9, {names} FROM review WHERE id = 1"
    assert intruder(copied) == 1
    assert [sentence for _, sentence in sealed.faults(db.session().connection())] == [
        "review:77 is sealed, but no entry of the audit log sealed it.",
        "the text that review:77 answers is missing or was changed later.",
    ]


NUMBERED = {"id", "number", "revision"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE finding SET reasoning = 'Because'",
        "UPDATE finding SET conclusion = 'exonerated'",
        "UPDATE finding SET revision = 2",
        "UPDATE finding SET person_id = NULL",
        "UPDATE citation SET bearing = 'contradicts' WHERE finding_id = 1",
        "DELETE FROM citation WHERE finding_id = 1",
    ],
)
def test_an_approved_finding_whose_text_was_changed_is_named(intruder, statement):
    assert intruder(statement) == 1
    assert verdict().fault.sentence == "finding:1 is approved, but no review approves its text."


def test_a_finding_is_not_approved_by_the_database(intruder, told):
    change(world.person("ines"), told["finding"], what=lambda row: setattr(row, "state", FindingState.DRAFT))
    change(world.person("ines"), told["finding"], what=lambda row: setattr(row, "revision", 2))
    assert verdict().fault is None
    assert intruder("UPDATE finding SET state = 'approved'") == 1
    assert verdict().fault.sentence == "finding:1 is approved, but no review approves its text."


@pytest.mark.gate("seals many interviews")
def test_many_are_looked_at_together(told):
    """Ten times as many sealed things need not one statement more."""
    counts = []
    for size in (Inquiry(4, 3, 2, exhibits=4, findings=2), Inquiry(30, 25, 20, exhibits=40, findings=20)):
        inquiry.fill(world.case(), size)
        asked = []
        db.session().rollback()
        with db.session().get_bind().connect() as connection:
            event.listen(connection, "before_cursor_execute", lambda *told, asked=asked: asked.append(told[2]))
            assert list(sealed.faults(connection)) == []
        counts.append(len(asked))
    assert counts[0] == counts[1] < 60
