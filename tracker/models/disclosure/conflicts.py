"""Conflicting sources: two that differ stand side by side, and nothing computes on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, object_session

from tracker.base.db import UTC, Base
from tracker.models.case.cases import Numbered
from tracker.models.disclosure.words import Confidence
from tracker.models.recorded import Recorded
from tracker.models.searched import Searched
from tracker.models.words import one_of


def _stand_about(thing: str) -> sa.ColumnElement[bool]:
    return (Conflict.thing == thing) & Conflict.withdrawn_at.is_(None)


class Conflict(Recorded, Numbered, Base):
    """What another source says about one field of one thing; shown under that field."""

    __tablename__ = "conflict"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.Index("ix_conflict_thing", "case_id", "thing", "thing_id"),
    )

    SEARCHED: ClassVar[tuple[Searched, ...]] = tuple(
        Searched(
            ("value", "source"), under={"case": "cases", "access": "access_record"}.get(thing, thing), by="thing_id",
            at="at", only=partial(_stand_about, thing),
        )
        for thing in ("case", "disclosure", "claim", "material", "version", "person", "access")
    )  # fmt: skip

    thing: Mapped[str] = mapped_column(sa.String(32))
    thing_id: Mapped[int]
    field: Mapped[str] = mapped_column(sa.String(40))
    value: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[str] = mapped_column(sa.String(300))
    confidence: Mapped[Confidence] = mapped_column(one_of(Confidence))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTC)

    @classmethod
    def about(cls, things: Iterable[Any]) -> "sa.Select[Conflict]":
        """Those of the things, of any kinds, that were not withdrawn, oldest first."""
        ids: dict[str, list[int]] = {}
        for thing in things:
            ids.setdefault(kind_of(thing), []).append(thing.id)
        each = [sa.and_(cls.thing == kind, cls.thing_id.in_(those)) for kind, those in ids.items()]
        return sa.select(cls).where(cls.withdrawn_at.is_(None), sa.or_(sa.false(), *each)).order_by(cls.number)


@dataclass(frozen=True)
class Conflicts:
    """The conflicts of one thing, and of its parts, for its page; templates/_macros/conflicts.html prints them."""

    thing: Any
    facts: tuple[Conflict, ...]

    @property
    def address(self) -> str:
        """How an address names the thing."""
        return address_of(self.thing)

    def of(self, part: Any) -> "Conflicts":
        """Those of a part that was loaded with the thing, such as a claim of a disclosure."""
        return Conflicts(part, self.facts)

    def on(self, field: str) -> list[Conflict]:
        """Those about one field of the thing."""
        kind = kind_of(self.thing)
        return [fact for fact in self.facts if (fact.thing, fact.thing_id, fact.field) == (kind, self.thing.id, field)]


def conflicts_of(thing: Any, *parts: Any) -> Conflicts:
    """All conflicts of a thing, and of the parts that are shown with it, in one statement."""
    session = object_session(thing)
    assert session is not None, "only what is in the record has conflicts"
    return Conflicts(thing, tuple(session.scalars(Conflict.about([thing, *parts]))))


def kind_of(thing: Any) -> str:
    """`case`, `disclosure`, `claim`, `material`, `version`, `person` or `access`: the word for what a fact is about."""
    return {"accessrecord": "access"}.get(name := type(thing).__name__.lower(), name)


def address_of(thing: Any) -> str:
    """`case`, `disclosure:3`, `claim:3/2` (claim 2 of disclosure 3), `material:1`, `version:1/2`, `person:14`."""
    kind = kind_of(thing)
    if kind == "case":
        return kind
    parent = {"claim": "disclosure", "version": "material"}.get(kind)
    within = f"{getattr(thing, parent).number}/" if parent else ""
    return f"{kind}:{within}{thing.number}"
