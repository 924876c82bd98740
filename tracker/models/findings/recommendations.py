"""Recommendations: what should be done after the case, by whom, until when, and what became of it."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import Base, moment
from tracker.models.case.cases import Numbered
from tracker.models.findings.words import RecommendationState
from tracker.models.recorded import Editable, Recorded
from tracker.models.register.accounts import Account
from tracker.models.searched import Searched
from tracker.models.words import one_of


class Recommendation(Editable, Recorded, Numbered, Base):
    """One recommendation to an addressee; an account of the case, its owner, follows it up, also after the closing."""

    __tablename__ = "recommendation"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("text", "addressee", "result"), at="due"),)

    text: Mapped[str] = mapped_column(sa.Text)
    addressee: Mapped[str] = mapped_column(sa.String(300))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    due: Mapped[Moment] = moment("due")
    state: Mapped[RecommendationState] = mapped_column(
        one_of(RecommendationState), default=RecommendationState.PROPOSED
    )
    result: Mapped[str] = mapped_column(sa.Text, default="")

    owner: Mapped[Account | None] = relationship(foreign_keys=[owner_id])
