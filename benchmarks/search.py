"""Search: a word in many cases and texts against the bare query of the index, and what the index adds to a change.

    python -m benchmarks.search [CASES] [TEXTS]

An instance of its own is made in a temporary folder, by default with 1,000 cases of Lena's and 10,000 captured texts.
The word stands in a thousand texts. The floor of the search is the index alone, without cases, rights or counts.
"""

import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlite

from benchmarks.figures import Figure, ratio, side_by_side, typical
from benchmarks.scratch import Size, found_instance, grow_instance, insert_rows, opened, read_row
from tests import world
from tracker.actions.disclosure import claims
from tracker.analysis.search.queries import parse
from tracker.audit import doors
from tracker.audit.doors import housekeeping
from tracker.audit.search.finding import Search
from tracker.audit.search.writing import rebuild
from tracker.base import db
from tracker.base.config import Settings
from tracker.models.disclosure.claims import Claim

CASES, TEXTS, WORDS, HITS, TIMES = 1_000, 10_000, 60, 1_000, 100
ALPHABET = "abcdefghijklmnoprstuvw"


def main(cases: int = CASES, texts: int = TEXTS) -> None:
    """Print the figures, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        settings = grow_instance(found_instance(Path(folder)), Size(1, cases))
        _multiply_texts(settings, texts)
        with opened(settings):
            for figure in (*_searches(), *_changes()):
                print(figure, flush=True)


def _multiply_texts(settings: Settings, wanted: int) -> None:
    """More disclosures like the one that was recorded, dealt to all cases, and the index of all of them."""
    chance = random.Random(wanted)
    vocabulary = ["".join(chance.choices(ALPHABET, k=chance.randint(2, 9))) for _ in range(20_000)]
    plain = sqlite.connect(str(settings.instance / "tracker.db"))
    like = read_row(plain, "SELECT * FROM disclosure")
    cases = [key for (key,) in plain.execute("SELECT id FROM cases WHERE reference <> 'LK-BBBB' ORDER BY id")]

    def rows() -> Iterator[dict[str, Any]]:
        for number in range(like["id"] + 1, like["id"] + 1 + wanted):
            more = ["heron"] if number % max(1, wanted // HITS) == 0 else []
            text = " ".join([*chance.choices(vocabulary, k=WORDS), *more])
            yield like | {"id": number, "number": number, "case_id": cases[number % len(cases)], "text": text}

    with plain:
        insert_rows(plain, "disclosure", like, rows())
    plain.close()
    with opened(settings), housekeeping() as record:
        rebuild(record.connection())


def _searches() -> Iterator[Figure]:
    lena, session = world.person("lena"), db.session()
    bare = sa.text("SELECT rowid FROM search_index WHERE search_index MATCH '\"heron\"'")
    search = Search(parse("heron"))

    def find() -> None:
        counts, hits = search.first(session, lena, 2)
        assert counts["disclosure"] > len(hits)

    floor, found = typical(side_by_side(TIMES, lambda: session.execute(bare).all(), find))
    yield ratio("search a word: counts and first results", found, floor, "<= 5", "ms")
    yield Figure("search a word: counts and first results", f"{found:.1f} ms", "", found, "<= 50 ms")
    session.rollback()


def _changes() -> Iterator[Figure]:
    """Lena changes a claim again and again, with the index and as if there were none."""
    lena, claim = world.person("lena"), db.session().scalars(sa.select(Claim)).first()
    assert claim is not None
    write, numbers = doors.write_index, iter(range(1_000_000))

    def edit() -> None:
        claims.edit_claim(lena, claim, lock_version=claim.lock_version, quote=f"They read card {next(numbers)} aloud")

    def edit_without() -> None:
        doors.write_index = lambda *_: None  # type: ignore[assignment]
        try:
            edit()
        finally:
            doors.write_index = write

    floor, found = typical(side_by_side(TIMES, edit_without, edit))
    yield ratio("change of a claim, with the index", found, floor, "<= 1.3", "ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
