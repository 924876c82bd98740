"""Hypotheses, tested side by side."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.analysis.letters import says
from tracker.base.db import Base
from tracker.models.case.cases import Numbered
from tracker.models.inquiry.words import Tested
from tracker.models.recorded import Editable
from tracker.models.searched import Searched
from tracker.models.words import one_of

STANDING = (
    "Authorised briefing",
    "Accidental publication",
    "Already public or inferred",
    "Talk passed on",
    "Recipient's recipient or assistant",
    "Intrusion",
    "Several sources",
    "One insider, careless",
    "One insider, deliberate",
    "Invented",
)


class Hypothesis(Editable, Numbered, Base):
    """One way it may have come about. Ten stand in every case, so that the favourite is never the only one."""

    __tablename__ = "hypothesis"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("text", "reason")),)

    text: Mapped[str] = mapped_column(sa.String(300))
    state: Mapped[Tested] = mapped_column(one_of(Tested), default=Tested.NOT_TESTED)
    reason: Mapped[str] = mapped_column(sa.Text, default="")

    @property
    def label(self) -> str:
        """Number and words, as a choice shows it."""
        return f"H{self.number}: {self.text}"

    @property
    def is_settled(self) -> bool:
        """Tested by evidence, or left untested with a reason."""
        return self.state is not Tested.NOT_TESTED or says(self.reason)
