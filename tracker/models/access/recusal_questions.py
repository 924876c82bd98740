"""Questions about a recusal that nobody of the case can settle: the two identifiers alone, asked of somebody else.

An import that would shut out everybody who settles recusals is not stored before somebody has answered: a holder of a
role whom it does not touch, else an administrator. What recuses an account without a role is asked of administrators,
because the team is not to hear of it.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column, object_session, relationship

from tracker.analysis.identifiers.near import Near, compare
from tracker.base.db import UTC, Base, index_of_few
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.people import Identifier, Person
from tracker.models.case.assignments import HELD, Assignment, RecusalMatch, exists_for
from tracker.models.case.cases import Case, Numbered
from tracker.models.case.independence import same_people, spellings_of
from tracker.models.case.staffing import is_recused
from tracker.models.case.words import MatchState, Role
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind
from tracker.models.words import one_of


class RecusalQuestion(Numbered, Base):
    """Whether an account is whoever a log, or the register of a case, calls so."""

    __tablename__ = "recusal_question"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        index_of_few("ix_recusal_question_open", "case_id", "state = 'open'"),
    )

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    log_id: Mapped[int | None] = mapped_column(sa.ForeignKey("access_log.id"), index=True)
    match_id: Mapped[int | None] = mapped_column(sa.ForeignKey("recusal_match.id"))
    of_account: Mapped[str] = mapped_column(sa.String(254))  # what the account is called
    of_person: Mapped[str] = mapped_column(sa.String(254))  # and what the file, or the case, calls the person
    asked_at: Mapped[datetime] = mapped_column(UTC)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    state: Mapped[MatchState] = mapped_column(one_of(MatchState), default=MatchState.OPEN)
    settled_at: Mapped[datetime | None] = mapped_column(UTC)
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    log: Mapped[AccessLog | None] = relationship()
    match: Mapped[RecusalMatch | None] = relationship()
    settled_by: Mapped[Account | None] = relationship(foreign_keys=[settled_by_id])

    @property
    def likeness(self) -> str:
        """How alike the two identifiers are, in words."""
        if self.of_account == self.account.name:
            return Near.NAME.label
        found = compare(self.of_account, self.of_person)
        return "the same" if found is True else found.label if found else "not alike"

    @classmethod
    def visible_to(cls, account: Account) -> sa.Select["RecusalQuestion"]:
        """Of a log: to whoever reads the case; what waits for an administrator, or one has answered: to these."""
        others = sa.select(cls).where(cls.account_id != account.id)
        if account.kind is Kind.ADMINISTRATOR:
            return others.where(cls._waits_for_administrator() | (cls.settled_by_id == account.id))
        return others.where(exists_for(account, cls.case_id), cls.log_id.is_not(None))

    @classmethod
    def for_administrator(cls, administrator: Account) -> sa.Select["RecusalQuestion"]:
        """The open ones that wait for an administrator."""
        return cls.visible_to(administrator).where(cls.state == MatchState.OPEN)

    @classmethod
    def _waits_for_administrator(cls) -> sa.ColumnElement[bool]:
        """Whether nobody with a role in the case can answer, or is to hear of it."""
        together, able = aliased(cls), aliased(Account)
        concerned = sa.select(together.account_id).where(together.log_id == cls.log_id)
        answers = sa.exists().where(
            HELD.case_id == cls.case_id, *Assignment.in_force(HELD), HELD.account_id.not_in(concerned),
            ~RecusalMatch.recuses(HELD.case_id, HELD.account_id), HELD.account_id != cls.by_id,
            able.id == HELD.account_id, able.disabled_at.is_(None), able.password_hash.is_not(None),
        )  # fmt: skip
        return cls.log_id.is_(None) | ~answers


def is_concerned(account: Account, question: RecusalQuestion) -> bool:
    """Whether an account belongs to somebody asked about, or who asks, or is recused from the case."""
    session: Any = object_session(question)
    return bool(same_people(session, account, _concerned(question))) or is_recused(account, question.case)


def able_to_answer(question: RecusalQuestion) -> bool:
    """Whether somebody with a role in the case can answer: it works, no recusal stands, and it is not about them.

    Of an account without a role the team is not to hear.
    """
    if question.log_id is None:
        return False
    session: Any = object_session(question)
    able = (
        sa.select(Assignment.account_id)
        .join(Account, Account.id == Assignment.account_id)
        .where(Assignment.case_id == question.case_id, *Assignment.in_force(Assignment))
        .where(~RecusalMatch.recuses(Assignment.case_id, Assignment.account_id))
        .where(Account.disabled_at.is_(None), Account.password_hash.is_not(None))
    )
    ids, concerned = set(session.scalars(able)), _concerned(question)
    known = spellings_of(session, ids | concerned)
    theirs = set[str]().union(*(known[one] for one in concerned))
    return any(not known[one] & theirs for one in ids)


def _concerned(question: RecusalQuestion) -> set[int]:
    """Everybody whom the log that is asked about would recuse, and who asks."""
    session: Any = object_session(question)
    together = sa.select(RecusalQuestion.account_id).where(RecusalQuestion.log_id == question.log_id)
    others = set(session.scalars(together)) if question.log_id is not None else set()
    return {question.account_id, *others, *([question.by_id] if question.by_id else [])}


def with_recorders() -> tuple[Any, ...]:
    """Options that read with a match the person and who recorded it."""
    person = joinedload(RecusalMatch.person)
    return person.joinedload(Person.by), person.joinedload(Person.identifiers).joinedload(Identifier.by)


def leads_of(case: Case) -> set[int]:
    """Accounts that lead the case, also while the role is inactive."""
    return {held.account_id for held in case.assignments if held.role is Role.LEAD and held.ended_at is None}


def is_recorder(account: Account, person: Person) -> bool:
    """Whether somebody, under any account, recorded a person or what systems call the person."""
    session: Any = object_session(person)
    return bool(same_people(session, account, {one.id for one in person.recorders}))


def is_of_lead(person: Person) -> bool:
    """Whether the lead investigator recorded a person."""
    return not {one.id for one in person.recorders}.isdisjoint(leads_of(person.case))
