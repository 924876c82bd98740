"""How complete a result about a whole case is: of each version how many holders are known, of about how many."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, joinedload

from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.person_merges import PersonMerge
from tracker.models.case.cases import Case
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version

MOST, NAMELESS = 50, 0  # versions whose coverage is told; stands for logs among ids of versions
NO_VERSIONS = "No version is recorded, so how many people held the material is not known."


def coverage_lines(case: Case) -> list[str]:
    """A sentence for each version: "CARDS-0320 Final: Based on 82 of about 95 holders; 3 channels unresolved."."""
    whole = (contains_eager(Version.material), joinedload(Version.coverage), defer(Version.text))
    every = sa.select(Version).join(Version.material).where(Material.case_id == case.id, Version.uncorrected())
    every = every.order_by(Material.number, Version.number).options(*whole)
    return say_coverage(case, db.session().scalars(every).unique().all())


def say_coverage(case: Case, versions: Sequence[Version]) -> list[str]:
    """The same of versions that were read with their coverage."""
    if not versions:
        return [NO_VERSIONS]
    known = _count_holders(case)
    lines = [f"{one.heading}: {one.coverage_line(known.get(one.id, 0), known[NAMELESS])}" for one in versions[:MOST]]
    more = [f"The coverage of the first {MOST} versions is told."] if len(versions) > MOST else []
    return lines + more


def _count_holders(case: Case) -> dict[int, int]:
    """How many people have a record that names a version, by its id; and how many logs have lines that name nobody.

    Each such log is an unresolved channel.
    """
    merged = sa.and_(PersonMerge.person_id == AccessRecord.person_id, PersonMerge.in_force())
    person = sa.func.coalesce(PersonMerge.same_as_id, AccessRecord.person_id)
    counted = sa.select(AccessRecord.version_id, sa.func.count(person.distinct())).outerjoin(PersonMerge, merged)
    here = (AccessRecord.case_id == case.id, AccessRecord.version_id.is_not(None), AccessRecord.counted(),
            AccessRecord.uncorrected())  # fmt: skip
    nameless = sa.select(sa.literal(NAMELESS), sa.func.count()).where(
        AccessLog.case_id == case.id, AccessLog.nameless()
    )
    both = nameless.union_all(counted.where(*here).group_by(AccessRecord.version_id))
    return {row[0]: row[1] for row in db.session().execute(both)}
