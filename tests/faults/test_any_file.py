"""Whatever file is handed in: it is refused in a sentence or read to its end, and it is imported whole or not at all.

Files of every kind are built, and mutated, cut, spliced and packed; 100,000 of them at full size.
"""

import gzip
import random

import pytest
from flask import current_app

from tests import world
from tests.analysis.logs.files.building import EVERY_KIND, archive
from tests.builders.build_material import material
from tests.imports.logs import NO_RELIABILITY, counts
from tests.machinery.database import FULL
from tracker.analysis.logs.access_log import CsvFault, MappingFault
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.imports.check import check
from tracker.imports.plan import initial_plan
from tracker.imports.reading import inspect_file
from tracker.imports.whole_import import import_log, receive_file
from tracker.models.access.words import LogKind, LogState

pytestmark = pytest.mark.gate("reads some hundred files")
FILES = 100_000 if FULL else 300
TEXTS = ["#Fields: a b", "[[[[" * 500, '{"a":' * 500, "Total", "%PDF-", "From a 10:00\n", "BEGIN:VEVENT\n", "9" * 400,
         "x" * 5_000, "a," * 1_500, "=?utf-8?b?//?=", "2020-03-10", "1e999", "\r\n", "\u2028"]  # fmt: skip
BYTES = [
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xff",
    b"\xc3",
    b"\x85",
    b"\xed\xa0\x80",
    b"\xe9\0",
    b"PK\x03\x04",
    b"\x1f\x8b",
]
TOKENS = [*(text.encode() for text in [*"\"'\\\0\x1a\r\n,;\t| #{}[]", *TEXTS]), *BYTES]
SLOW = {"xlsx", "ods"}  # a process each


def files(chance):
    """Files without end: one of a kind, changed in a few places."""
    quick = [content for kind, content in EVERY_KIND.items() if kind not in SLOW]
    while True:
        slow = chance.random() < 0.01
        data = bytearray(EVERY_KIND[chance.choice(sorted(SLOW))] if slow else chance.choice(quick))
        for _ in range(chance.choice([0, 1, 1, 2, 3, 8])):
            mutate(data, chance, quick)
        yield packed(bytes(data), chance)


def mutate(data, chance, others):
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice([1, 2, 10, 100]))
    how = chance.randrange(7)
    if how == 0:
        data[at:at] = chance.choice(TOKENS)
    elif how == 1:
        data[at:end] = chance.choice(TOKENS)
    elif how == 2:
        del data[at:end]
    elif how == 3:
        data[at:at] = data[at:end] * chance.choice([1, 2, 60])
    elif how == 4:
        del data[at:]
    elif how == 5:
        data[at:end] = chance.randbytes(end - at)
    else:
        data += chance.choice(others)


def packed(data, chance):
    how = chance.random()
    if how < 0.05:
        return gzip.compress(data)
    return archive({"a.csv": data, "b.txt": b"x"}) if how < 0.1 else data


def tried(path, *, whole):
    """What became of a file: a sentence, or the number of its lines; the `whole` of it may be imported at once."""
    case = world.case()
    try:
        reading = inspect_file(path)
        if reading.encoding is None:
            reading = inspect_file(path, encoding="cp1252")
        fixed = {"material": "M-1"}
        plan = initial_plan(case, LogKind.ACCESS, path, reading, fixed=fixed, zone="UTC", system="")
        report = check(path, plan, case)
    except (Refused, CsvFault, MappingFault) as refusal:
        return str(refusal)
    if whole and report.rows and not report.unsure:
        import_all(path, plan, report)
    return report.lines


def import_all(source, plan, report):
    """Import a file that could be read: all of it is there afterwards, or nothing."""
    before, ines = counts(), world.person("ines")
    try:
        log = receive_file(files_of(), ines, world.case(), LogKind.ACCESS, source, plan, NO_RELIABILITY)
    except Refused:  # the same bytes once more
        return
    import_log(files_of(), ines, log, report)
    assert (log.state is LogState.VISIBLE) != (counts() == before)


def files_of():
    return current_app.extensions["files"]


def test_whatever_is_handed_in_is_refused_in_a_sentence_or_read_to_its_end(app, tmp_path):
    material(identifier="M-1")
    chance = random.Random(20_201_130)
    told = []
    for number, content in zip(range(FILES), files(chance), strict=False):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(content)  # which stays where it lies if this fails
        told.append(tried(path, whole=number % 5 == 0))
        db.session().rollback()
        path.unlink()
    sentences = [one for one in told if isinstance(one, str)]
    assert all(one.rstrip().endswith((".", "?", ")")) or "\n" in one for one in sentences), sentences[:5]
    assert len(sentences) < FILES * 0.9
