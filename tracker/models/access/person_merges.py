"""Merges: two people of a case who are one. Both numbers stay, each with its records, and can be parted again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from tracker.base.db import UTC, Base
from tracker.models.access.people import Person
from tracker.models.case.cases import Case, Numbered
from tracker.models.recorded import Recorded
from tracker.models.register.accounts import Account


class PersonMerge(Recorded, Numbered, Base):
    """That one number stands for the same person as another, `same_as`, and counts as that one until they are parted.

    No record moves: who had access, and the counts of interviews, read both numbers as one person.
    """

    __tablename__ = "person_merge"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.Index(  # nobody counts as two others
            "uq_person_merge_in_force", "person_id", unique=True,
            sqlite_where=sa.text("parted_at IS NULL"), postgresql_where=sa.text("parted_at IS NULL"),
        ),
    )  # fmt: skip

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    same_as_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    parted_at: Mapped[datetime | None] = mapped_column(UTC)
    parted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    why_parted: Mapped[str] = mapped_column(sa.Text, default="")

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    same_as: Mapped[Person] = relationship(foreign_keys=[same_as_id])
    parted_by: Mapped[Account | None] = relationship(foreign_keys=[parted_by_id])

    @classmethod
    def in_force(cls) -> sa.ColumnElement[bool]:
        """Those that nobody parted."""
        return cls.parted_at.is_(None)

    @classmethod
    def about(cls, person: Person) -> "sa.Select[Person, PersonMerge]":
        """The person beside each merge that names them on either side, oldest first, parted ones too; None if none."""
        either = sa.or_(cls.person_id == Person.id, cls.same_as_id == Person.id)
        return sa.select(Person, cls).outerjoin(cls, either).where(Person.id == person.id).order_by(cls.number)

    @classmethod
    def mains(cls, people: Sequence[Person]) -> Any:
        """The id of each of these people who counts as another, and the number of that other."""
        other = sa.select(cls.person_id, Person.number).join(Person, Person.id == cls.same_as_id)
        return other.where(cls.person_id.in_([one.id for one in people]), cls.in_force())

    @classmethod
    def numbers(cls, case: Case) -> Any:
        """Of everybody of a case the id, and the number they count as: their own, or that of whom they are."""
        main = aliased(Person)
        counts_as = sa.func.coalesce(main.number, Person.number).label("number")
        merged = sa.and_(cls.person_id == Person.id, cls.in_force())
        there = Person.of(case).outerjoin(cls, merged).outerjoin(main, main.id == cls.same_as_id)
        return there.with_only_columns(Person.id, counts_as)

    @classmethod
    def ids_of(cls, person: Person) -> sa.Select[Any]:
        """The ids of a person: of the number they count as, and of all numbers that count as that one."""
        main = sa.select(cls.same_as_id).where(cls.person_id == person.id, cls.in_force()).scalar_subquery()
        its = sa.func.coalesce(main, person.id)
        own = sa.select(Person.id).where(Person.id == its)
        return own.union(sa.select(cls.person_id).where(cls.same_as_id == its, cls.in_force())).subquery().select()
