"""Step times: when a step of the inquiry happened, beside the time at which it was recorded, which nobody sets."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload, mapped_column, object_session

from tracker.analysis.moments import Moment
from tracker.base.db import Base, moment
from tracker.models.case.assessments import Assessment
from tracker.models.case.cases import Case, Numbered
from tracker.models.case.protection_checks import ProtectionCheck
from tracker.models.case.stages import ReviewWaiver, StageMove, Suspension
from tracker.models.findings.decisions import Decision
from tracker.models.recorded import Recorded


class StepTime(Recorded, Numbered, Base):
    """When one step happened, with the reason for saying so; of several about a step the newest counts."""

    __tablename__ = "step_time"

    step: Mapped[str] = mapped_column(sa.String(40))  # `opening`, `move:2`, `decision:3`: as Step names it
    took_place: Mapped[Moment] = moment("took_place")
    reason: Mapped[str] = mapped_column(sa.Text)


@dataclass(frozen=True)
class Step:
    """A step of the inquiry: its name, what it was, when it was recorded, and when it is said to have happened."""

    name: str
    title: str
    recorded: datetime
    time: StepTime | None = None


def steps_of(case: Case) -> list[Step]:
    """Every step of a case, in the order in which they were recorded."""
    session: Any = object_session(case)
    times = session.scalars(StepTime.of(case).order_by(StepTime.number).options(joinedload(StepTime.by)))
    newest = {one.step: one for one in times}
    steps = [Step("opening", "Case opened", case.opened), *map(_move, session.scalars(StageMove.of(case)))]
    steps += [
        Step(f"suspension:{one.number}", "Case suspended", one.at) for one in session.scalars(Suspension.of(case))
    ]
    for model, name in ((Decision, "decision"), (Assessment, "assessment"), (ReviewWaiver, "waiver")):
        title = {"assessment": "Preliminary assessment", "waiver": "Review waived"}.get(name, "Decision")
        rows = session.execute(sa.select(model.number, model.at).where(model.case_id == case.id))
        steps += [Step(f"{name}:{number}", f"{title} {number}", at) for number, at in rows]
    checks = session.execute(sa.select(ProtectionCheck.at).where(ProtectionCheck.case_id == case.id).order_by("id"))
    steps += [Step(f"check:{n}", f"Protected-disclosure check {n}", at) for n, (at,) in enumerate(checks, 1)]
    dated = [Step(one.name, one.title, one.recorded, newest.get(one.name)) for one in steps]
    return sorted(dated, key=lambda one: one.recorded)


def _move(one: StageMove) -> Step:
    return Step(f"move:{one.number}", f"{one.from_stage.label} to {one.to_stage.label.lower()}", one.at)
