"""People of a case: a pseudonym by default; having had access is opportunity, not guilt.

Names and identifiers in clear are private columns. Hashing, matching and export read them; whatever is shown to
somebody, searched or sorted goes through `tracker.policy.mask`.
"""

import re
from typing import Any, ClassVar, Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from tracker.analysis.identifiers.near import name_key, near_key
from tracker.analysis.identifiers.written import fold_identifier
from tracker.base.db import Base
from tracker.models.access.words import IdentifierKind, Involvement, LogState
from tracker.models.case.cases import Case, Numbered, Part
from tracker.models.recorded import Editable
from tracker.models.register.accounts import Account
from tracker.models.searched import Reading, Searched
from tracker.models.words import one_of

_PSEUDONYM = re.compile(r"p-(\d{1,9})", re.IGNORECASE | re.ASCII)
_TYPED = re.compile(r"(?:p-?)?(\d{1,9})", re.IGNORECASE | re.ASCII)


def pseudonym(number: int) -> str:
    """`P-014`."""
    return f"P-{number:03d}"


def number_of(text: str) -> int | None:
    """The number in `P-014`, however it is spelled; None when the text is no pseudonym."""
    found = _PSEUDONYM.fullmatch(text.strip())
    return int(found[1]) if found else None


def read_number(text: str) -> int | None:
    """The number in `P-014`, `p14` or `14`, where somebody is asked for a person; None when there is none."""
    digits = read_digits(text)
    return int(digits) if digits else None


def read_digits(text: str) -> str:
    """The same as it was typed, such as `014`, or nothing."""
    found = _TYPED.fullmatch(text.strip())
    return found[1] if found else ""


class Person(Editable, Numbered, Base):
    """Anyone in an access or an interview. People who came with an import exist once its rows do."""

    __tablename__ = "person"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("number", "post", "unit"), follows="came_with_id", spell={"number": pseudonym}),
        Searched(("name",), Reading.NAMES, follows="came_with_id"),
    )

    _name: Mapped[str] = mapped_column("name", sa.String(200), default="")  # read through policy.mask.shown_to
    _name_near: Mapped[str] = mapped_column("name_near", sa.String(254), default="", info={"derived": True})
    post: Mapped[str] = mapped_column(sa.String(200), default="")
    unit: Mapped[str] = mapped_column(sa.String(200), default="")
    involvement: Mapped[Involvement] = mapped_column(one_of(Involvement), default=Involvement.RECIPIENT)
    came_with_id: Mapped[int | None] = mapped_column(sa.ForeignKey("access_log.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    row_sha256: Mapped[str | None] = mapped_column(sa.String(64))  # as an import brought it

    by: Mapped[Account | None] = relationship()
    identifiers: Mapped[list["Identifier"]] = relationship(back_populates="person", order_by="Identifier.id")

    @validates("_name")
    def _derive(self, _attribute: str, name: str) -> str:
        """What near names have in common follows from the name, whoever sets it."""
        self._name_near = name_key(name)
        return name

    @property
    def pseudonym(self) -> str:
        """`P-014`: the word for this person wherever a name is not asked for."""
        return pseudonym(self.number)

    @property
    def recorders(self) -> list[Account]:
        """Who recorded the person, and what systems call them: they settle no recusal that rests on it."""
        return list(dict.fromkeys(one for one in (self.by, *(known.by for known in self.identifiers)) if one))

    @classmethod
    def numbered_like(cls, digits: str) -> sa.ColumnElement[bool]:
        """Those of this number, and those whose pseudonym goes on after these digits."""
        zeros = sa.case((cls.number < 10, "00"), (cls.number < 100, "0"), else_="")
        return (cls.number == int(digits)) | (zeros + sa.cast(cls.number, sa.String)).like(f"{digits}%")

    @classmethod
    def counted(cls) -> sa.ColumnElement[bool]:
        """Not one of those that an unfinished import has only laid out, or that came with a reverted list of people."""
        from tracker.models.access.access_logs import AccessLog

        kept = sa.or_(AccessLog.state == LogState.VISIBLE, AccessLog.keeps_people())
        return sa.or_(cls.came_with_id.is_(None), cls.came_with_id.not_in(sa.select(AccessLog.id).where(~kept)))


class Identifier(Part, Base):
    """What a system calls a person: an address, an account, a badge. One badge is not one person for ever."""

    __tablename__ = "identifier"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "kind", "value_folded"),
        sa.Index("ix_identifier_case_id_value_folded", "case_id", "value_folded"),
        sa.Index("ix_identifier_case_id_value_near", "case_id", "value_near"),
    )
    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(
            ("value",), Reading.NAMES, under="person", follows="came_with_id",
            only=lambda: Identifier.person_id.in_(sa.select(Person.id).where(Person.counted())),
        ),
    )  # fmt: skip
    WITHIN: ClassVar[Any] = Person
    PLACE: ClassVar[tuple[str, str]] = ("identifier", "place")

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    kind: Mapped[IdentifierKind] = mapped_column(one_of(IdentifierKind))
    _value: Mapped[str] = mapped_column("value", sa.String(254))  # read through policy.mask.shown_to, as the name is
    _value_folded: Mapped[str] = mapped_column("value_folded", sa.String(254), info={"derived": True})
    _value_near: Mapped[str] = mapped_column("value_near", sa.String(254), info={"derived": True})
    came_with_id: Mapped[int | None] = mapped_column(sa.ForeignKey("access_log.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    row_sha256: Mapped[str | None] = mapped_column(sa.String(64))  # as an import brought it

    by: Mapped[Account | None] = relationship()
    person: Mapped[Person] = relationship(back_populates="identifiers")

    @validates("_value")
    def _derive(self, _attribute: str, value: str) -> str:
        """What is compared follows from what is written, whoever sets it."""
        self._value_folded = fold_identifier(value)
        self._value_near = near_key(self._value_folded)
        return value

    @property
    def place(self) -> int:
        """Its place among those of the person: its id would tell how many there are in other cases."""
        return self.person.identifiers.index(self) + 1

    @classmethod
    def locate(cls, account: Account, *, case: str, number: int, **place: int) -> sa.Select[Self]:
        """The one at the address of its person, and its place there."""
        earlier = sa.orm.aliased(Identifier)
        before = sa.select(sa.func.count()).where(earlier.person_id == cls.person_id, earlier.id <= cls.id)
        person = sa.select(Person.id).join(Case).where(Case.reference == case, Person.number == number)
        here = (cls.person_id == person.scalar_subquery(), before.scalar_subquery() == place["identifier"])
        return cls.visible_to(account).where(*here)
