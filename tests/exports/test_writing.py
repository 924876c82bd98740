"""What leaves is the record of one moment, in pieces, and its end is told whatever happens on the way."""

import csv
import io
import json
import tracemalloc
import zipfile

import pytest
import sqlalchemy as sa

from tests import world as the_people
from tests.builders.build_material import material, person
from tracker.actions.access import access_records
from tracker.actions.register import exports
from tracker.analysis.moments import Moment, stated
from tracker.base import db
from tracker.exports import writing
from tracker.exports.bundle import Bundle, tables_for
from tracker.exports.columns import Table, plain, text
from tracker.exports.labels import Labels
from tracker.exports.streams import Stream
from tracker.exports.writing import Tally, lines
from tracker.models.access.words import Level
from tracker.models.register.exports import Export, Outcome
from tracker.web.lists import zip_tables

TABLES = {table.name: table for table in zip_tables()}


def stream(table="people", who="lena", make=None):
    case = the_people.case()
    export = exports.start_list(the_people.person(who), case, what=table, filter="")
    rows, case_id = TABLES[table].of(case), case.id

    def usual(connection, tally):
        return lines(Labels(connection, case_id, names=False), TABLES[table], rows, tally)

    return Stream(export, make or usual)


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def ended():
    db.session().rollback()
    return db.session().scalars(sa.select(Export).order_by(Export.id.desc())).first()


def test_the_header_leaves_before_any_row_is_read(world):
    person(post="Clerk")
    taken = stream()
    header = next(taken)
    assert header.startswith(b'"person","name","post","unit",')
    assert header.index(b"\r\n") == len(header) - 2
    taken.close()


def test_every_field_is_quoted_and_a_line_ends_as_the_standard_says(world):
    person(post='Clerk, "first"\nfloor')
    assert b'\r\n"P-001","","Clerk, ""first""\nfloor","","recipient",""' in (written := b"".join(stream()))
    assert written.endswith(b'"\r\n')


def test_rows_come_in_batches_and_none_is_lost(world, monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 2)
    for number in range(7):
        person(post=f"Clerk {number}")
    chunks = list(stream())
    assert len(chunks) > 4
    assert [row["post"] for row in rows_of(b"".join(chunks))] == [f"Clerk {number}" for number in range(7)]
    assert (ended().rows, ended().outcome) == (7, Outcome.OK)


def test_what_is_added_while_an_export_runs_is_not_in_it(world, monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 1)
    for post in ("Clerk 1", "Clerk 2", "Clerk 3"):
        person(post=post)
    taken = stream()
    begun = next(taken) + next(taken)
    person(post="Clerk 4")
    assert [row["post"] for row in rows_of(begun + b"".join(taken))] == ["Clerk 1", "Clerk 2", "Clerk 3"]


def test_a_zip_and_its_manifest_are_of_one_moment(world):
    person(post="Clerk 1")
    export = exports.start_case(the_people.person("lena"), the_people.case())
    tables = tables_for(zip_tables(), the_people.person("lena"), the_people.case())
    taken = Stream(export, Bundle.of(export, the_people.case(), tables).write)
    begun = next(taken) + next(taken)
    added = person(post="Clerk 2")
    archive = zipfile.ZipFile(io.BytesIO(begun + b"".join(taken)))
    assert added.pseudonym not in archive.read("people.csv").decode()
    newest, audit_log = (
        rows_of(archive.read("audit-log.csv"))[-1],
        json.loads(archive.read("manifest.json"))["audit_log"],
    )
    assert newest["action"] == "export.started"
    assert newest["entry_hash"] == audit_log["entry_hash"]


def test_a_fault_on_the_way_is_an_export_that_failed(world):
    def broken(connection, tally):
        yield b"begun"
        tally.rows = 3
        raise OSError("the disk is full")

    taken = stream(make=broken)
    with pytest.raises(OSError, match="full"):
        list(taken)
    taken.close()
    assert (ended().outcome, ended().rows) == (Outcome.FAILED, 3)


def test_an_export_that_nobody_took_has_failed(world):
    stream().close()
    assert (ended().outcome, ended().rows) == (Outcome.FAILED, 0)


def test_closing_after_the_last_byte_changes_nothing(world):
    taken = stream()
    assert b"".join(taken)
    taken.close()
    assert ended().outcome is Outcome.OK


def test_the_connection_is_given_back(world):
    pool = db.session().get_bind().pool
    before = pool.checkedout()
    taken = stream()
    next(taken)
    taken.close()
    assert pool.checkedout() == before


@pytest.mark.gate("writes many rows")
def test_memory_does_not_grow_with_the_rows(world):
    columns = (plain("n", sa.column("number", sa.Integer)), text("t", _word()))
    tally, table, peaks = Tally(), Table("numbers", _numbers, (sa.column("number"),), columns), []
    for rows in (20_000, 200_000):
        tracemalloc.start()
        with db.session().get_bind().connect() as connection:
            for _ in lines(Labels(connection, None, names=False), table, table.of(rows), tally):
                pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert tally.rows == 220_000
    assert peaks[1] < 2 * peaks[0]


def _word():
    return sa.literal_column("'word'", sa.String)


def _numbers(rows):
    first = sa.select(sa.literal(1).label("number")).cte("numbers", recursive=True)
    numbers = first.union_all(sa.select(first.c.number + 1).where(first.c.number < rows))
    return sa.select(numbers.c.number)


def test_a_corrected_row_and_its_correction_leave_with_their_numbers(world):
    cards, clerk, ines = material("CARDS"), person(post="Clerk"), the_people.person("ines")
    facts = {
        "person": clerk, "material": cards, "level": Level.E3, "channel": None, "until": Moment.of(),
        "since": stated("2018-03-20 19:15", "UTC"), "source": "", "note": "",
    }  # fmt: skip
    first = access_records.record_access(ines, the_people.case(), **facts)
    access_records.correct_access(
        ines, first, why_corrected="Another clock", **(facts | {"since": stated("2018-03-20 20:15", "UTC")})
    )
    rows = rows_of(b"".join(stream("access")))
    assert [(row["number"], row["corrects"], row["why_corrected"]) for row in rows] == [
        ("1", "", ""), ("2", "1", "Another clock"),
    ]  # fmt: skip
