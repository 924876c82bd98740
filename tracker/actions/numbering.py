"""Numbers within a case: 1, 2, 3 ..., given out under the case's lock."""

from typing import Any, TypeVar

import sqlalchemy as sa

from tracker import db
from tracker.models.cases import Part

T = TypeVar("T")


def next_number(model: Any, **within: int | None) -> int:
    """The number after the highest one of `model` within, say, `case_id=3` or `material_id=7`."""
    highest = sa.select(sa.func.max(model.number)).filter_by(**within)
    return (db.session().scalar(highest) or 0) + 1


def add_numbered(model: type[T], **facts: Any) -> T:
    """Add a thing of a case, or a part of a thing, under the next number there; `facts` are its other attributes."""
    within = {"case_id": facts["case"].id} if "case" in facts else {}
    if issubclass(model, Part):
        name = model.WITHIN.__tablename__
        within = {f"{name}_id": facts[name].id}
        facts["case"] = facts[name].case
    thing = model(number=next_number(model, **within), **facts)  # type: ignore[call-arg]  # every model takes its columns
    db.session().add(thing)
    return thing
