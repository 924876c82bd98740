"""Numbers within a case: 1, 2, 3 ..., given out under the case's lock."""

from typing import Any

import sqlalchemy as sa

from tracker import db


def next_number(model: Any, **within: int | None) -> int:
    """The number after the highest one of `model` within, say, `case_id=3` or `material_id=7`."""
    highest = sa.select(sa.func.max(model.number)).filter_by(**within)
    return (db.session().scalar(highest) or 0) + 1
