"""The case: the inquiry as a whole. What exists for an account is said here once, in SQL; everything else asks it."""

import secrets
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, joinedload, mapped_column, relationship

from tracker.base.db import UTC, Base
from tracker.models.case.assignments import Assignment, exists_for, visible_case_ids
from tracker.models.case.words import DateOrder, Role, Stage
from tracker.models.recorded import Recorded
from tracker.models.register.accounts import Account
from tracker.models.searched import Searched
from tracker.models.words import one_of

if TYPE_CHECKING:
    from tracker.models.case.protection_checks import ProtectionCheck

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I: references are read aloud


def new_reference() -> str:
    """`LK-7QX4`: random, so that gaps tell nothing."""
    return "LK-" + "".join(secrets.choice(LETTERS) for _ in range(4))


def _free_reference(context: Any) -> str:
    """A reference that no case has yet: among 15,000 cases every sixtieth new one would meet an old one."""
    taken = sa.select(Case.id).where(Case.reference == sa.bindparam("made"))
    while context.connection.scalar(taken, {"made": (made := new_reference())}) is not None:
        pass
    return made


def _default_to_opened(context: Any) -> datetime:
    return context.get_current_parameters()["opened"]


class Case(Base):
    """One inquiry into something confidential that came out. The audit log sets `changed` with each change in it."""

    __tablename__ = "cases"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("reference", "title", "question", "why_opened", "requested_by", "legal_hold"), at="opened"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(sa.String(16), unique=True, default=_free_reference)
    title: Mapped[str] = mapped_column(sa.String(200))
    marking: Mapped[str] = mapped_column(sa.String(40))
    stage: Mapped[Stage] = mapped_column(one_of(Stage), default=Stage.INTAKE)
    question: Mapped[str] = mapped_column(sa.Text, default="")
    why_opened: Mapped[str] = mapped_column(sa.Text, default="")
    requested_by: Mapped[str] = mapped_column(sa.String(200), default="")
    legal_hold: Mapped[str] = mapped_column(sa.Text, default="")
    zone: Mapped[str] = mapped_column(sa.String(64), default="")
    date_order: Mapped[DateOrder | None] = mapped_column(one_of(DateOrder))
    opened: Mapped[datetime] = mapped_column(UTC, index=True)
    changed: Mapped[datetime] = mapped_column(UTC, index=True, default=_default_to_opened, info={"derived": True})
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    happened: Mapped[str | None] = mapped_column(sa.String(32))
    breach: Mapped[str | None] = mapped_column(sa.String(32))
    source: Mapped[str | None] = mapped_column(sa.String(300))  # several may hold
    ending: Mapped[str | None] = mapped_column(sa.String(32))
    closed: Mapped[datetime | None] = mapped_column(UTC)
    accesses_numbered: Mapped[int] = mapped_column(default=0, info={"counter": True})
    whereabouts_numbered: Mapped[int] = mapped_column(default=0, info={"counter": True})
    press_contacts_numbered: Mapped[int] = mapped_column(default=0, info={"counter": True})
    lock_version: Mapped[int] = mapped_column(default=1)

    opened_by: Mapped[Account] = relationship()
    assignments: Mapped[list["Assignment"]] = relationship(back_populates="case", order_by="Assignment.id")
    protection_checks: Mapped[list["ProtectionCheck"]] = relationship(
        back_populates="case", order_by="ProtectionCheck.id"
    )

    @property
    def case(self) -> "Case":
        """A case belongs to itself, so that whoever holds a thing can ask for its case."""
        return self

    @property
    def protection_check(self) -> "ProtectionCheck | None":
        """Counsel's newest answer to the protected-disclosure check."""
        return self.protection_checks[-1] if self.protection_checks else None

    @property
    def lead(self) -> Account | None:
        """Who leads it now; whoever was asked to and has not accepted does not."""
        return next(
            (
                held.account
                for held in self.assignments
                if held.role is Role.LEAD and held.accepted_at is not None and held.ended_at is None
            ),
            None,
        )

    @property
    def lead_name(self) -> str:
        """The lead's name, or that there is none."""
        return self.lead.name if self.lead else "nobody"

    @property
    def is_closed(self) -> bool:
        """A closed case is read-only."""
        return self.stage is Stage.CLOSED

    @classmethod
    def visible_ids(cls, account: Account) -> sa.Select[int]:
        """Ids of the cases that exist for `account`: an accepted role, not ended, not inactive, and no recusal."""
        return visible_case_ids(account)

    @classmethod
    def exists_for(cls, account: Account, case_id: Any) -> sa.ColumnElement[bool]:
        """The same of one case, as SQL that is asked row by row: it stays quick with however many cases there are."""
        return exists_for(account, case_id)

    @classmethod
    def visible_to(cls, account: Account) -> sa.Select["Case"]:
        """The cases that exist for `account`."""
        return _where(exists_for(account, cls.id))

    @property
    def address_values(self) -> dict[str, Any]:
        """What its address is made of."""
        return {"case": self.reference}

    @classmethod
    def locate(cls, account: Account, *, case: str) -> sa.Select["Case"]:
        """The case at /cases/<reference>."""
        return cls.visible_to(account).where(cls.reference == case)


@lru_cache(512)
def _where(condition: sa.ColumnElement[bool]) -> sa.Select[Case]:
    return sa.select(Case).where(condition)


class InCase:
    """What belongs to one case."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))

    @declared_attr
    def case(cls) -> Mapped[Case]:
        """The case this belongs to."""
        return relationship(Case)

    @classmethod
    def counted(cls) -> sa.ColumnElement[bool]:
        """Which rows exist for anybody at all: each, unless the model says otherwise."""
        return sa.true()

    @classmethod
    def visible_to(cls, account: Account) -> sa.Select[Self]:
        """Those of the cases that exist for `account`."""
        return sa.select(cls).where(Case.exists_for(account, cls.case_id), cls.counted())

    @classmethod
    def of(cls, case: Case) -> sa.Select[Self]:
        """Those of one case."""
        return sa.select(cls).where(cls.case_id == case.id, cls.counted())


class Numbered(InCase):
    """What belongs to one case and is found by its number within it."""

    __table_args__: Any = declared_attr.directive(lambda cls: (sa.UniqueConstraint("case_id", "number"),))

    number: Mapped[int]

    @classmethod
    def locate(cls, account: Account, *, case: str, number: int) -> sa.Select[Self]:
        """The one at its list's address and its number within the case, which is asked for together with it."""
        here = sa.select(Case.id).where(Case.reference == case).scalar_subquery()
        found = cls.visible_to(account).where(cls.case_id == here, cls.number == number)
        return found.options(joinedload(cls.case, innerjoin=True))

    @property
    def address_values(self) -> dict[str, Any]:
        """What its address is made of: that by which it is located."""
        return {"case": self.case.reference, "number": self.number}


class Part(InCase):
    """What belongs to one numbered thing of a case, the one it is WITHIN, and is found by its PLACE there.

    PLACE is the word of the address and the column it is compared with.
    """

    WITHIN: ClassVar[Any]
    PLACE: ClassVar[tuple[str, str]] = ("part", "number")

    @property
    def whole(self) -> Any:
        """What becomes another version when this part changes and has no version of its own; None for no such thing."""
        return getattr(self, self.WITHIN.__tablename__)

    @classmethod
    def locate(cls, account: Account, *, case: str, number: int, **place: int) -> sa.Select[Self]:
        """The one at the address of the thing it belongs to, and its own place."""
        whole, (word, column) = cls.WITHIN, cls.PLACE
        here = sa.select(whole.id).join(Case, Case.id == whole.case_id)
        here = here.where(Case.reference == case, whole.number == number)
        within = getattr(cls, f"{whole.__tablename__}_id") == here.scalar_subquery()
        found = cls.visible_to(account).where(within, getattr(cls, column) == place[word])
        its_whole = getattr(cls, whole.__tablename__)
        return found.options(joinedload(cls.case, innerjoin=True), joinedload(its_whole, innerjoin=True))

    @property
    def address_values(self) -> dict[str, Any]:
        """What its address is made of."""
        word, column = self.PLACE
        return {**getattr(self, self.WITHIN.__tablename__).address_values, word: getattr(self, column)}


def _number_within(part: Any) -> tuple[sa.UniqueConstraint]:
    return (sa.UniqueConstraint(f"{part.WITHIN.__tablename__}_id", "number"),)


class NumberedPart(Part):
    """A part with a number of its own within the whole."""

    __table_args__: Any = declared_attr.directive(_number_within)

    number: Mapped[int]


class RelatedCase(Recorded, Base):
    """Another case that bears on this one, with the reason; the link is seen only by who may see both."""

    __tablename__ = "related_case"
    __table_args__ = (sa.UniqueConstraint("case_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    other_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    reason: Mapped[str] = mapped_column(sa.Text)

    case: Mapped[Case] = relationship(foreign_keys=[case_id])
    other: Mapped[Case] = relationship(foreign_keys=[other_id])
