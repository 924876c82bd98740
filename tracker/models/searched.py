"""What search finds: each model says of its texts which are indexed, under which thing they are found, and for whom.

The index (`tracker.audit.search`) is made from these declarations and nothing else. tests/house/test_searched.py asks
of every text column whether it is indexed, or why not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from tracker.base.db import Base
from tracker.models.words import Word, one_of


class Reading(Word):
    """Who reads a text; `tracker.policy.search` says which roles that are."""

    CASE = "case"
    NAMES = "names"
    STATEMENT = "statement"
    EVALUATION = "evaluation"
    PRIVILEGED = "privileged"


@dataclass(frozen=True, eq=False)
class Searched:
    """Columns of a model that are indexed, by their names in the database.

    A text is found under the row itself or, with `under`, the row of that table whose id stands in the column `by`
    (`<table>_id` unless told). `at` is the time that search filters by, a moment or a plain time. `only` narrows to the
    rows that are indexed, as SQL. `follows` is a column with the id of a row whose changes make this one be read again.
    `spell` makes texts of columns that hold none.
    """

    fields: tuple[str, ...]
    reading: Reading = Reading.CASE
    under: str = ""
    by: str = ""
    at: str = ""
    only: Callable[[], sa.ColumnElement[bool]] = sa.true
    follows: str = ""
    spell: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)


SEARCH_TEXT = sa.Table(  # a piece of a text as the index holds it: its words, and where they stand. All is derived.
    "search_text",
    Base.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("record_id", sa.Integer, nullable=False),
    sa.Column("part", sa.String(32), nullable=False),
    sa.Column("part_id", sa.Integer, nullable=False),
    sa.Column("field", sa.String(40), nullable=False),
    sa.Column("piece", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("length", sa.Integer, nullable=False),
    sa.Column("reading", one_of(Reading), nullable=False),
    sa.Column("at", sa.String(27)),
    sa.Column("words", sa.Text, nullable=False),  # the database keeps an index of these by itself
    sa.Index("ix_search_text_part", "part", "part_id"),
    sa.Index("ix_search_text_record", "kind", "record_id"),
)
