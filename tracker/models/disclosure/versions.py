"""Versions of a material, and the ways one spreads that no log shows."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, defer, mapped_column, relationship, selectinload

from tracker.analysis.coverage import coverage_line, estimate_words
from tracker.analysis.moments import Moment
from tracker.base.db import UTC, Base, moment
from tracker.models.case.cases import NumberedPart
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.words import HoldersKnown, Point
from tracker.models.recorded import Correctable, Editable
from tracker.models.searched import Searched
from tracker.models.words import one_of

if TYPE_CHECKING:
    from tracker.models.disclosure.copies import Copy


class Version(Editable, Correctable, NumberedPart, Base):
    """One state of a material. Its text or file is kept only with a reason, and corrected by a new row."""

    __tablename__ = "version"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("label", "author", "changes", "identifier", "store_reason", "why_corrected"), at="made"),
    )
    WITHIN: ClassVar[Any] = Material

    material_id: Mapped[int] = mapped_column(sa.ForeignKey("material.id"))
    label: Mapped[str] = mapped_column(sa.String(80))
    made: Mapped[Moment] = moment("made")
    author: Mapped[str] = mapped_column(sa.String(200), default="")
    changes: Mapped[str] = mapped_column(sa.Text, default="")
    identifier: Mapped[str] = mapped_column(sa.String(120), default="")
    text: Mapped[str] = mapped_column(sa.Text, default="", info={"secret": True})
    text_size: Mapped[int | None]
    text_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    file_name: Mapped[str] = mapped_column(sa.String(255), default="")
    file_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    file_size: Mapped[int | None] = mapped_column(sa.BigInteger)
    store_reason: Mapped[str] = mapped_column(sa.Text, default="")
    holders_known: Mapped[HoldersKnown] = mapped_column(one_of(HoldersKnown), default=HoldersKnown.UNKNOWN)
    holders: Mapped[int | None]
    holders_most: Mapped[int | None]
    why_corrected: Mapped[str] = mapped_column(sa.Text, default="")

    material: Mapped[Material] = relationship(back_populates="versions")
    copies: Mapped[list["Copy"]] = relationship(back_populates="version", order_by="Copy.number")
    coverage: Mapped[list["Coverage"]] = relationship(back_populates="version", order_by="Coverage.number")

    @classmethod
    def listed(cls, material: Material) -> "sa.Select[Version]":
        """Those of a material for its page: without their texts, with what corrects them and what is unresolved."""
        select = sa.select(cls).where(cls.material_id == material.id).order_by(cls.number)
        ways, correction = selectinload(cls.coverage), selectinload(cls.corrected_by).defer(cls.text)
        return select.options(defer(cls.text), ways, correction)

    @property
    def heading(self) -> str:
        """Material and label, as a choice shows it."""
        return f"{self.material.identifier} {self.label}"

    @property
    def current(self) -> "Version":
        """The newest correction of this row; itself when nothing corrects it."""
        newest = self
        while newest.corrected_by is not None:
            newest = newest.corrected_by
        return newest

    def with_corrections(self) -> tuple["Version", frozenset[int]]:
        """The newest row of this version, and the ids of that row and all it corrects, among those of the material."""
        rows = {row.id: row for row in self.material.versions}
        later = {row.corrects_id: row for row in rows.values() if row.corrects_id is not None}
        newest = self
        while newest.id in later:
            newest = later[newest.id]
        ids, row = {newest.id}, newest
        while row.corrects_id is not None:
            row = rows[row.corrects_id]
            ids.add(row.id)
        return newest, frozenset(ids)

    @property
    def has_text(self) -> bool:
        """Whether the text itself is kept, not its hash alone."""
        return self.text_size is not None

    @property
    def has_file(self) -> bool:
        """Whether the file itself is kept, not its hash alone."""
        return self.file_size is not None

    @property
    def unresolved(self) -> list["Coverage"]:
        """The ways of spreading that nobody has resolved."""
        return [way for way in self.coverage if way.resolved_at is None and way.point is not Point.GROUP]

    @property
    def grouped(self) -> int:
        """How many people are known as groups alone; whoever is named was told apart, and the group made smaller."""
        return sum(way.size or 0 for way in self.coverage if way.point is Point.GROUP and way.resolved_at is None)

    def coverage_line(self, known: int, further: int = 0) -> str:
        """How complete a result is that rests on `known` holders of this version; `further` ways are unresolved too."""
        ways = len(self.unresolved) + further
        return coverage_line(
            known, self.holders, self.holders_known, ways, most=self.holders_most, grouped=self.grouped
        )

    @property
    def holders_words(self) -> str:
        """The estimated number of holders as it is printed."""
        said = estimate_words(self.holders, self.holders_known, self.holders_most)
        return said or self.holders_known.label.lower()


class Coverage(Editable, NumberedPart, Base):
    """A way a version may spread that the recorded rows do not show; every result counts the unresolved ones.

    A group, such as a readership of 100, is one row of that `size`: it counts in the coverage and nowhere else.
    """

    __tablename__ = "coverage"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("note", "resolution"), under="material"),)
    WITHIN: ClassVar[Any] = Material

    material_id: Mapped[int] = mapped_column(sa.ForeignKey("material.id"))
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("version.id"))
    point: Mapped[Point] = mapped_column(one_of(Point))
    size: Mapped[int | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    resolved_at: Mapped[datetime | None] = mapped_column(UTC)
    resolution: Mapped[str] = mapped_column(sa.Text, default="")

    material: Mapped[Material] = relationship()
    version: Mapped[Version] = relationship(back_populates="coverage")
