"""What leaves is in a file first: nobody else can open it, and what is told of it is what was read."""

import hashlib
import stat

import pytest

from tracker.exports.spool import Spool, empty_spool, spool_folder


@pytest.fixture
def folder(tmp_path):
    return spool_folder(tmp_path)


def spooled(folder, *chunks):
    spool = Spool(folder)
    for rows, chunk in enumerate(chunks):
        spool.append(chunk, rows)
    spool.rewind()
    return spool


def test_it_has_no_name_and_is_for_its_owner_alone(folder):
    spool = spooled(folder, b"head", b"row")
    assert list(folder.iterdir()) == []
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    spool.close()


def test_what_a_crash_left_is_removed(folder):
    (folder / "left").write_bytes(b"names")
    assert list(empty_spool(folder.parent).iterdir()) == []


@pytest.mark.parametrize(("taken", "rows"), [(0, 0), (4, 0), (5, 0), (8, 1), (10, 1), (12, 2)])
def test_rows_and_hash_are_of_what_was_read(folder, taken, rows):
    told = []
    spool = spooled(folder, b"head", b"row1", b"row2")
    spool.ended = lambda read: told.append((read.is_whole, read.rows, read.digest()))
    spool.read(taken)
    spool.close()
    spool.close()
    assert told == [(taken == 12, rows, hashlib.sha256(b"headrow1row2"[:taken]).hexdigest())]
