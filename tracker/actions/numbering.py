"""Numbers within a case: 1, 2, 3 ..., given out under the case's lock."""

from functools import cache
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from tracker.base import db
from tracker.models.case.cases import Part

T = TypeVar("T")


def next_number(model: Any, **within: int | None) -> int:
    """The number after the highest one of `model` within, say, `case_id=3` or `material_id=7`."""
    highest = sa.select(sa.func.max(model.number)).filter_by(**within)
    return (db.session().scalar(highest) or 0) + 1


def add_numbered(model: type[T], **facts: Any) -> T:
    """Add a thing of a case, or a part of a thing, under the next number there; `facts` are its other attributes."""
    if issubclass(model, Part):
        facts["case"] = facts[model.WITHIN.__tablename__].case
    whole = _numbered_within(cast("Any", model))
    number = next_number(model, **{f"{whole}_id": facts[whole].id})
    thing = model(number=number, **facts)  # type: ignore[call-arg]  # every model takes its columns
    db.session().add(thing)
    return thing


@cache
def _numbered_within(model: Any) -> str:
    """What the numbers of a model are unique within, as its table says: `case`, or `finding`."""
    keys = ({column.name for column in one.columns} for one in model.__table__.constraints)
    (within,) = next(key for key in keys if "number" in key and len(key) == 2) - {"number"}
    return str(within).removesuffix("_id")
