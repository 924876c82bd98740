"""What is put together belongs to one case."""

from typing import Any

from tracker.audit.doors import Refused
from tracker.models.case.cases import Case


def must_belong(case: Case, *things: Any) -> None:
    """Refuse people, materials, versions, copies and the like of another case; None is nothing to ask about."""
    if any(thing is not None and thing.case_id != case.id for thing in things):
        raise Refused("Choose people and materials of this case.")
