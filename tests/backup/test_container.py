"""The file of a backup: what goes in comes out, and whatever is cut, swapped, doubled or changed is found."""

import io

import pytest

from tracker.backup import container, secrets
from tracker.backup.container import ABOUT, DATABASE, Damaged, read_backup, write_backup
from tracker.base.sealing import CHUNK, TAG

KEY = secrets.from_key(bytes(range(32)))
FILE = f"files/ab/{'ab' * 32}"
MEMBERS = {ABOUT: b"{}", DATABASE: b"rows" * (CHUNK // 2), FILE: b"exhibit" * (CHUNK // 4)}
HEAD = 22
SEALED = CHUNK + TAG


def made(secret=KEY, members=MEMBERS):
    out = io.BytesIO()
    with write_backup(out, secret) as writer:
        for name, content in members.items():
            writer.add(name, io.BytesIO(content), len(content))
    return out.getvalue()


def read(data, secret=KEY):
    found = {}
    sums = read_backup(io.BytesIO(data), secret, lambda name, stream: found.update({name: stream.read()}))
    assert set(sums) == set(found)
    return found


@pytest.fixture(scope="module")
def whole():
    data = made()
    assert len(data) > HEAD + 3 * SEALED
    return data


def test_what_goes_in_comes_out(whole):
    assert read(whole) == MEMBERS


@pytest.mark.slow("a passphrase is made to cost its time")
def test_a_passphrase_opens_it_however_its_letters_are_composed():
    data = made(secrets.from_passphrase("a caf\u00e9 by the harbour"), {ABOUT: b"{}"})
    assert read(data, secrets.from_passphrase("a cafe\u0301 by the harbour")) == {ABOUT: b"{}"}
    with pytest.raises(Damaged, match="does not open"):
        read(data, secrets.from_passphrase("a cafe by the harbour"))
    with pytest.raises(Damaged, match="encrypted with a passphrase"):
        read(data)


def test_nothing_of_it_can_be_read_without_the_key(whole):
    assert b"exhibit" not in whole
    assert ABOUT.encode() not in whole
    with pytest.raises(Damaged, match="does not open"):
        read(whole, secrets.from_key(bytes(32)))


CHUNKS = {
    "cut at a chunk": lambda data: data[: HEAD + SEALED],
    "cut before the last chunk": lambda data: data[: -(len(data) - HEAD) % SEALED or -SEALED],
    "cut by one byte": lambda data: data[:-1],
    "two swapped": lambda data: data[:HEAD] + data[HEAD + SEALED :][:SEALED] + data[HEAD:][:SEALED]
    + data[HEAD + 2 * SEALED :],
    "one doubled": lambda data: data[: HEAD + SEALED] + data[HEAD:],
    "one left out": lambda data: data[:HEAD] + data[HEAD + SEALED :],
    "bytes at the end": lambda data: data + b"\0" * 512,
    "the last chunk again": lambda data: data + data[HEAD + (len(data) - HEAD) // SEALED * SEALED :],
    "another salt": lambda data: data[:6] + b"\0" * 16 + data[HEAD:],
    "the head alone": lambda data: data[:HEAD],
    "half a head": lambda data: data[:10],
    "nothing": lambda data: b"",
}  # fmt: skip


@pytest.mark.parametrize("how", CHUNKS)
def test_damage_is_found(whole, how):
    with pytest.raises(Damaged):
        read(CHUNKS[how](whole))


@pytest.mark.parametrize("place", [0, 5, 6, 21, 22, 30, HEAD + SEALED, HEAD + SEALED + 99, -1, -17, -5000])
def test_one_flipped_bit_is_found(whole, place):
    data = bytearray(whole)
    data[place] ^= 1
    with pytest.raises(Damaged):
        read(bytes(data))


@pytest.mark.parametrize("name", ["../escaped", "/etc/passwd", "files/ab/short", "tracker.db", "files/../../x"])
def test_a_name_that_leads_elsewhere_is_not_taken(name):
    with pytest.raises(Damaged, match="does not know"):
        read(made(members={ABOUT: b"{}", name: b"x"}))


def test_a_manifest_that_lists_something_else_is_found(monkeypatch):
    adding = container.Writer.add_json
    monkeypatch.setattr(container.Writer, "add_json", lambda self, name, _: adding(self, name, {ABOUT: ["0" * 64, 2]}))
    with pytest.raises(Damaged, match="not what its manifest lists"):
        read(made(members={ABOUT: b"{}"}))
