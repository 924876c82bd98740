"""The time zones that the record of a case holds."""

import sqlalchemy as sa

from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.case.cases import Case
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.materials import Material

MOST = 6


def zones_used(case: Case) -> list[str]:
    """Zones of publications, materials and logs of the case, in the order of their names; the first few of them."""
    columns = (
        (Disclosure, Disclosure.__table__.c.published_offset),
        (Material, Material.__table__.c.created_offset),
        (AccessLog, AccessLog.__table__.c.zone),
    )
    used = sa.union(*(sa.select(column.label("zone")).where(model.case_id == case.id, column != "")
                      for model, column in columns)).subquery()  # fmt: skip
    return list(db.session().scalars(sa.select(used.c.zone).order_by(used.c.zone).limit(MOST)))
