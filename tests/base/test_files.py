"""The file store: what goes in comes out, or is refused; nothing of it can be read from the disk alone."""

import io
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.machinery.damage import flip_bit
from tracker.base.files import Damaged, FileStore, TooLarge
from tracker.base.keys import make_key, read_key
from tracker.base.sealing import CHUNK

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files", KEY)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_goes_in_comes_out(store, size):
    data = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    stored = store.put(io.BytesIO(data))
    assert stored.size == size
    assert store.open(stored.sha256).read() == data
    assert stored.sha256 in store


def test_a_stream_is_read_piece_by_piece(store):
    stored = store.put(io.BytesIO(b"line one\nline two\n" * 100_000))
    with store.open(stored.sha256) as stream:
        assert stream.readline() == b"line one\n"
        assert stream.readline() == b"line two\n"


def test_nothing_of_a_file_can_be_read_on_the_disk(store):
    stored = store.put(io.BytesIO(b"DO NOT CONGRATULATE" * 50))
    assert b"CONGRATULATE" not in store.path(stored.sha256).read_bytes()
    assert stat.S_IMODE(store.path(stored.sha256).stat().st_mode) == 0o600


def test_two_files_are_sealed_under_different_keys(store):
    one, two = store.put(io.BytesIO(b"same beginning 1")), store.put(io.BytesIO(b"same beginning 2"))
    assert store.path(one.sha256).read_bytes()[21:30] != store.path(two.sha256).read_bytes()[21:30]


def test_the_same_bytes_are_kept_once(store):
    first, second = store.put(io.BytesIO(b"twice")), store.put(io.BytesIO(b"twice"))
    assert first == second
    assert len(list(store.root.glob("??/*"))) == 1


def test_more_than_the_limit_leaves_nothing(store):
    with pytest.raises(TooLarge):
        store.put(io.BytesIO(b"x" * 11), limit=10)
    assert [path.name for path in store.root.rglob("*")] == [".lock"]
    assert store.put(io.BytesIO(b"x" * 10), limit=10).size == 10


@pytest.mark.parametrize("place", [0, 4, 5, 20, 21, 30, -1, -17])
def test_one_flipped_bit_is_found(store, place):
    stored = store.put(io.BytesIO(b"an exhibit" * 10))
    flip_bit(store.path(stored.sha256), place)
    with pytest.raises(Damaged):
        store.check(stored.sha256)


@pytest.mark.parametrize("kept", [0, 5, 20, 40, CHUNK + 37])
def test_a_cut_file_is_found(store, kept):
    stored = store.put(io.BytesIO(b"y" * (2 * CHUNK)))
    path = store.path(stored.sha256)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(Damaged):
        store.check(stored.sha256)


def test_swapped_chunks_are_found(store):
    stored = store.put(io.BytesIO(b"1" * CHUNK + b"2" * CHUNK + b"3"))
    path = store.path(stored.sha256)
    data, sealed = path.read_bytes(), CHUNK + 16
    path.write_bytes(data[:21] + data[21 + sealed : 21 + 2 * sealed] + data[21 : 21 + sealed] + data[21 + 2 * sealed :])
    with pytest.raises(Damaged):
        store.check(stored.sha256)


def test_another_file_in_its_place_is_found(store):
    one, two = store.put(io.BytesIO(b"one")), store.put(io.BytesIO(b"two"))
    store.path(one.sha256).write_bytes(store.path(two.sha256).read_bytes())
    with pytest.raises(Damaged):
        store.check(one.sha256)


def test_a_missing_file_and_another_key_are_found(store, tmp_path):
    stored = store.put(io.BytesIO(b"here"))
    with pytest.raises(Damaged):
        FileStore(store.root, bytes(32)).check(stored.sha256)
    store.path(stored.sha256).unlink()
    with pytest.raises(Damaged):
        store.check(stored.sha256)


def test_the_sweep_removes_what_a_crash_left_and_nothing_else(store):
    kept, orphan = store.put(io.BytesIO(b"kept")), store.put(io.BytesIO(b"orphan"))
    (store.root / ".incoming-dead").write_bytes(b"half")
    known = {kept.sha256}
    assert store.sweep(lambda: known, known.__contains__) == [orphan.sha256]
    assert kept.sha256 in store
    assert orphan.sha256 not in store
    assert not list(store.root.glob(".incoming-*"))


def test_the_sweep_leaves_what_comes_meanwhile_and_what_gets_its_row_meanwhile(store):
    late = store.put(io.BytesIO(b"its row is written while the sweep goes on"))

    def named():
        new.append(store.put(io.BytesIO(b"put in while the sweep goes on")).sha256)
        return set()

    new = []
    assert store.sweep(named, {late.sha256}.__contains__) == []
    assert late.sha256 in store
    assert new[0] in store


@given(st.binary(max_size=300))
def test_any_bytes_come_back(tmp_path_factory, data):
    store = FileStore(tmp_path_factory.mktemp("store"), KEY)
    assert store.open(store.put(io.BytesIO(data)).sha256).read() == data


def test_a_key_is_made_once_and_only_for_its_owner(tmp_path):
    path = tmp_path / "instance.key"
    make_key(path)
    first = read_key(path)
    make_key(path)
    assert read_key(path) == first
    assert len(first) == 32
    path.chmod(0o644)
    with pytest.raises(Damaged, match="chmod 600"):
        read_key(path)
    path.unlink()
    with pytest.raises(Damaged, match="TRACKER_KEY_FILE"):
        read_key(path)
