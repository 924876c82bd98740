"""What is known of the source: several things may hold, each for all that was disclosed or for some claims."""

import json
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.base.text import dumps
from tracker.models.findings.words import Source


class KnownSource(NamedTuple):
    """One of them: the word, the reason or details, and the claims it holds for ("2/1"; none named: for all)."""

    source: Source
    reason: str = ""
    claims: tuple[str, ...] = ()

    @property
    def claim_words(self) -> str:
        """`claim C1 of disclosure 2`; empty where it holds for all."""
        return ", ".join(f"claim C{claim} of disclosure {of}" for of, claim in (one.split("/") for one in self.claims))

    @property
    def words(self) -> str:
        """The whole of it in one line."""
        about = f" ({self.claim_words})" if self.claims else ""
        return f"{self.source.label}{about}{': ' if self.reason else ''}{self.reason}"


class KnownSources(sa.types.TypeDecorator[tuple[KnownSource, ...]]):
    """All that is known of the source, in one column: it is one part of a text that is approved as a whole."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[KnownSource, ...] | None, dialect: sa.Dialect) -> str | None:
        """As JSON."""
        return None if value is None else dumps(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> tuple[KnownSource, ...] | None:
        """Back to what was known."""
        return None if value is None else read_sources(value)


def read_sources(text: str) -> tuple[KnownSource, ...]:
    """What is known of the source, from its JSON."""
    return tuple(KnownSource(Source(word), reason, tuple(claims)) for word, reason, claims in json.loads(text))


def source_words(sources: Any) -> str:
    """`group_only; process_or_system`: the words alone, as the list of cases and the CSV have them."""
    return "; ".join(one.source.value for one in sources)
