"""When an account last looked at the chronology of a case, by its own word. (Housekeeping.)"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.base.db import UTC, Base


class LastLook(Base):
    """What was recorded until then is marked as read: what came later is new to the account."""

    __tablename__ = "last_look"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTC)
