"""What counsel answered behind a result of the screen: a compartment of its own, for counsel alone."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base
from tracker.models.cases import Case, Screen
from tracker.models.words import Answer, ProtectedBy, one_of

SECRET = {"secret": True}


def _answer(name: str) -> Mapped[Answer]:
    return mapped_column(one_of(Answer, name), default=Answer.UNKNOWN, info=SECRET)


class ScreenAnswers(Base):
    """The answers that one result rests on. No export and no page of the team holds them."""

    __tablename__ = "screen_answers"

    screen_id: Mapped[int] = mapped_column(sa.ForeignKey("screen.id"), primary_key=True)
    wrongdoing: Mapped[Answer] = _answer("wrongdoing")
    lawful_recipient: Mapped[Answer] = _answer("lawful_recipient")
    protected_by: Mapped[ProtectedBy] = mapped_column(one_of(ProtectedBy), default=ProtectedBy.UNKNOWN, info=SECRET)
    raised_before: Mapped[Answer] = _answer("raised_before")
    identifies: Mapped[Answer] = _answer("identifies")
    requester: Mapped[str] = mapped_column(sa.String(200), default="", info=SECRET)
    requester_figures: Mapped[Answer] = _answer("requester_figures")

    screen: Mapped[Screen] = relationship(back_populates="answers")

    @property
    def case(self) -> Case:
        """The case it belongs to."""
        return self.screen.case
