"""Files of the store against the record: what a row names stays, what none names goes, what is damaged is named."""

import io
import threading

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests import world as people
from tests.builders.build_exhibit import exhibit, kept
from tests.builders.build_material import material, version
from tests.machinery.damage import flip_bit
from tracker.actions.disclosure.versions import Content
from tracker.actions.inquiry import custody
from tracker.audit.verify import chain
from tracker.audit.verify import files as filecheck
from tracker.audit.verify.files import damaged_files, is_named, named_files
from tracker.base import db
from tracker.imports import worker
from tracker.web import uploads


@pytest.fixture
def store(app):
    return app.extensions["files"]


@pytest.fixture
def verify(command):
    """Run `tracker audit verify`, or other words."""
    return lambda *words: command(*(words or ("audit", "verify")))


def disposed(made):
    custody.confirm_disposal(
        people.person("lena"), custody.propose_disposal(people.person("ines"), made, reason="Returned")
    )


def damaged(store):
    with db.session().get_bind().connect() as connection:
        return list(damaged_files(connection, store))


def by_hand(statement, **values):
    db.session().rollback()
    with db.writer().connect() as connection:
        connection.execute(sa.text(statement), values)
        connection.commit()


DAMAGES = {
    "one bit": flip_bit,
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_verify_names_the_first_exhibit_whose_file_is_damaged_and_records_it(store, verify, entries, damage):
    exhibit(b"sound")
    bad, worse = (exhibit(content).sha256 for content in (b"bad", b"worse"))
    assert verify()[0] == 0
    for sha256 in (bad, worse):
        DAMAGES[damage](store.path(sha256))
    code, printed = verify()
    assert (code, "Exhibit 2 of LK-AAAA: its file was changed or lost" in printed) == (1, True)
    assert "Exhibit 3" not in printed
    entry = entries("file.damaged")[-1]
    told = (entry["out"], entry["case"], entry["obj"], entry["d"]["sha256"])
    assert told == ("failed", "LK-AAAA", "exhibit:2", bad)


def test_verify_names_and_records_every_exhibit_of_the_damaged_file(store, verify, entries):
    made, _ = exhibit(), exhibit(again=True)
    flip_bit(store.path(made.sha256))
    code, printed = verify()
    assert (code, printed.count("its file was changed or lost")) == (1, 2)
    assert [entry["obj"] for entry in entries("file.damaged")] == ["exhibit:1", "exhibit:2"]


def test_a_file_that_took_the_place_of_another_is_found(store, verify):
    one, other = exhibit(b"one"), exhibit(b"other")
    store.path(one.sha256).write_bytes(store.path(other.sha256).read_bytes())
    assert [str(found)[:9] for found in damaged(store)] == ["Exhibit 1"]
    assert verify()[0] == 1


@pytest.mark.cases("verifies by the command")
@pytest.mark.furnished
@pytest.mark.parametrize("kind", ["access_log", "capture", "exhibit", "snapshot", "version"])
def test_a_lost_file_of_any_kind_is_named_by_its_row(store, verify, entries, kind):
    column = "file_sha256" if kind == "version" else "sha256"
    key, sha256 = db.session().execute(sa.text(f"SELECT id, {column} FROM {kind} ORDER BY id DESC LIMIT 1")).one()
    assert verify()[0] == 0
    store.path(sha256).unlink()
    assert f"{kind}:{key}" in {found.record for found in damaged(store)}
    code, printed = verify()
    assert (code, f"({kind}:{key})" in printed) == (1, True)
    assert f"{kind}:{key}" in {entry["obj"] for entry in entries("file.damaged")}


def test_every_column_with_the_hash_of_a_file_is_known():
    """A new one is verified by itself; here it is seen that it is meant so."""
    known = {f"{column.table.name}.{column.name}" for column, _ in filecheck._list_columns()}
    assert known == {
        "access_log.sha256", "capture.sha256", "exhibit.sha256", "snapshot.sha256", "version.file_sha256",
    }  # fmt: skip


def test_check_says_that_a_file_is_damaged(store, verify):
    made = exhibit()
    assert "every stored file is unchanged" in verify("check")[1]
    flip_bit(store.path(made.sha256))
    code, printed = verify("check")
    assert (code, "FIX  Exhibit 1 of LK-AAAA" in printed) == (1, True)


def test_both_exhibits_of_one_file_are_named_and_it_is_read_once(store, monkeypatch):
    made, _ = exhibit(), exhibit(again=True)
    store.path(made.sha256).unlink()
    read = []
    monkeypatch.setattr(filecheck, "is_sound", lambda store, sha256: bool(read.append(sha256)))
    assert [found.number for found in damaged(store)] == [1, 2]
    assert read == [made.sha256]


def test_what_was_disposed_of_needs_no_file(store, verify):
    made = exhibit()
    disposed(made)
    uploads.forget(made.sha256)
    assert made.sha256 not in store
    assert (damaged(store), verify()[0]) == ([], 0)


@pytest.mark.parametrize("seal", [None, "0" * 64])
def test_a_disposal_that_no_action_made_hides_no_missing_file(store, verify, world, seal):
    made = exhibit()
    ines, lena = world.person("ines").id, world.person("lena").id
    by_hand(
        "INSERT INTO disposal (exhibit_id, case_id, number, reason, by_id, at, confirmed_by_id, confirmed_at, "
        "why_declined, seal) VALUES (:exhibit, :case, 1, 'x', :ines, :at, :lena, :at, '', :seal)",
        exhibit=made.id, case=made.case_id, ines=ines, lena=lena, at="2018-03-22T09:00:00.000000Z", seal=seal,
    )  # fmt: skip
    store.path(made.sha256).unlink()
    assert verify()[0] == 1


COLUMNS = {"from_holder": "x", "to_holder": "x", "why": "x", "seal_number": "x", "condition": "x", "by_id": 1,
           "number": 7, "recorded": "2018-01-01T00:00:00.000000Z", "at_earliest": "2018-01-01T00:00:00.000000Z",
           "at_offset": "+01:00", "case_id": 2, "exhibit_id": 2, "seal": None}  # fmt: skip


@pytest.mark.parametrize("column", COLUMNS)
def test_a_handover_that_was_changed_by_sql_is_named(world, column):
    made = exhibit()
    exhibit(b"another")
    by_hand("DELETE FROM custody_entry WHERE exhibit_id = 2") if column == "exhibit_id" else None
    by_hand(f"UPDATE custody_entry SET {column} = :value WHERE exhibit_id = :id", value=COLUMNS[column], id=made.id)
    assert f"custody_entry:{1}" in fault()


def test_a_handover_that_was_squeezed_in_is_named(world):
    made = exhibit()
    by_hand(
        "INSERT INTO custody_entry (exhibit_id, case_id, number, from_holder, to_holder, at_earliest, at_latest, "
        "at_precision, why, seal_number, condition, by_id, recorded) SELECT exhibit_id, case_id, 2, to_holder, 'me', "
        "at_earliest, at_latest, at_precision, why, '', '', by_id, recorded FROM custody_entry"
    )
    assert fault() == "custody_entry:2 has no seal, so no action created it."
    assert made.number == 1


def fault():
    db.session().rollback()
    with db.session().get_bind().connect() as connection:
        return chain.verify(connection).fault.sentence


def test_the_sweep_keeps_what_an_exhibit_names_and_removes_what_was_disposed_of(app, store, entries):
    stays, goes, shared = exhibit(b"stays"), exhibit(b"goes"), exhibit(b"shared")
    exhibit(b"shared", again=True)
    for one in (goes, shared):
        disposed(one)
    worker.sweep(app)
    assert [one.sha256 in store for one in (stays, goes, shared)] == [True, False, True]
    assert entries("files.swept")[0]["d"] == {"files": 1}


def test_a_hash_that_is_only_written_down_names_no_file(world, store):
    made = exhibit(b"the cards")
    version(material(), content=Content(file_sha256=made.sha256, text_sha256=made.sha256))
    disposed(made)
    assert (is_named(made.sha256), made.sha256 in named_files()) == (False, False)
    version(material("MORE"), content=Content(file=kept(b"the cards"), file_name="c.txt", reason="Needed"))
    assert is_named(made.sha256)


def test_no_file_is_removed_while_one_is_being_put_in(store):
    given = FileStorage(io.BytesIO(b"put in again"), filename="again.txt")
    with uploads.stored_while_written(given) as kept_now:
        removal = threading.Thread(target=store.remove, args=(kept_now.sha256, lambda _: False))
        removal.start()
        removal.join(0.3)
        assert (removal.is_alive(), kept_now.sha256 in store) == (True, True)
    removal.join(10)
    assert kept_now.sha256 not in store
