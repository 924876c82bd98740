"""Whether the index holds what the record says and nothing else, and the database finds it by each of its words."""

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa

from tracker.audit.search.documents import TABLE, difference, models, ranges
from tracker.audit.search.schema import missing
from tracker.audit.verify.reading import stream
from tracker.audit.verify.scope import EVERYTHING, Scope

ADVICE = "Make it again with 'tracker audit reindex'."
AT_ONCE = 2_000  # rows of the record, and of the index


def faults(connection: sa.Connection, scope: Scope = EVERYTHING) -> Iterator[tuple[None, str]]:
    """A sentence for every text of the index that does not follow from the record."""
    if gone := missing(connection):
        yield None, f"The database no longer keeps the search index: {', '.join(gone)} is missing or altered."
        return
    for kind, model in models().items():
        for rows in ranges(connection, model, AT_ONCE):
            found = difference(connection, model, rows, scope)
            wrong = sorted({(one.part_id, one.field) for one in (*found.lacks, *found.surplus.values())})
            for key, field in wrong:
                yield None, f"The search index does not say of {kind}:{key} ({field}) what the record does. {ADVICE}"
    unknown = sa.select(TABLE.c.part, TABLE.c.part_id).where(TABLE.c.part.not_in(list(models())))
    for kind, key in connection.execute(unknown):
        yield None, f"The search index holds {kind}:{key}, which is not searched. {ADVICE}"
    if connection.dialect.name == "sqlite":
        yield from _term_faults(connection)


def _term_faults(connection: sa.Connection) -> Iterator[tuple[None, str]]:
    """What SQLite finds by each word: in how many texts, and how often. PostgreSQL computes it from the words."""
    texts, times = Counter[str](), Counter[str]()
    for (words,) in stream(connection, "SELECT words FROM search_text"):
        said = words.split(" ")
        texts.update(set(said))
        times.update(said)
    for term, in_texts, in_all in stream(connection, "SELECT term, doc, cnt FROM search_index_terms"):
        if (texts.pop(term, 0), times.pop(term, 0)) != (in_texts, in_all):
            yield None, f"The search index finds a word where no text has it. {ADVICE}"
    if texts:
        yield None, f"The search index does not find {len(texts):,} words of the record. {ADVICE}"
