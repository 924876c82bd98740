"""Who held what: people by the records they have, and what each of some people has of each version or disclosure.

Two numbers of one person count as one. Each question has two readings: what is sure, and what may be, with imprecise
times and records that name no version taken the other way.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.actions.access.standings import is_inside
from tracker.actions.checks import must_be_available
from tracker.analysis.exposure import EVIDENCE, SHOWN, Standing, Window
from tracker.analysis.moments import Moment
from tracker.audit.doors import action
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.eliminations import Elimination
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.words import Channel, Level
from tracker.models.case.cases import Case
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import InterviewState
from tracker.models.register.accounts import Account
from tracker.policy import Permission

MEETINGS = (Channel.MEETING, Channel.BRIEFING)
STRONGEST = sorted(Level, key=lambda level: (SHOWN.index(EVIDENCE[level.value]), -int(level.value[1])))
LEVELS = {level.value: level for level in Level}
_MAIN = sa.func.coalesce(PersonMerge.same_as_id, AccessRecord.person_id)


@action(Permission.READ_EXPOSURE, "matrix.read", changes=False)
def read_matrix(reader: Account, case: Case) -> None:
    """Note that somebody opens the matrix; while the protected-disclosure check blocks it, nobody does."""
    must_be_available(case)


def levels_of(standing: Standing) -> list[Level]:
    """The evidence levels that show this class or a stronger one."""
    most = SHOWN.index(standing)
    return [level for level in Level if SHOWN.index(EVIDENCE[level.value]) <= most]


def people_of(case: Case) -> sa.Select[Any]:
    """Everybody of the case, each person once."""
    merged = sa.select(PersonMerge.person_id).where(PersonMerge.in_force())
    return Person.of(case).where(Person.counted(), Person.id.not_in(merged))


def is_of(version: Version, *, may: bool) -> sa.ColumnElement[bool]:
    """Whether a record is about this version, or may be: it names none, and is about the material."""
    named = AccessRecord.version_id.in_(version.with_corrections()[1])
    unnamed = sa.and_(AccessRecord.version_id.is_(None), AccessRecord.material_id == version.material_id)
    return sa.or_(named, unnamed) if may or is_only(version) else named


def is_only(version: Version) -> bool:
    """Whether the material has no other version: then what names none is of this one."""
    return len({one.with_corrections()[0].id for one in version.material.versions}) == 1


def is_before(when: Moment, *, may: bool) -> sa.ColumnElement[bool]:
    """Whether a record began before that time, or may have."""
    if may:
        return AccessRecord.since_earliest < when.latest if when.latest else sa.true()
    return AccessRecord.since_latest < when.earliest if when.earliest else sa.false()


def holders(case: Case, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The ids of everybody with a record of which all of this holds."""
    return _records(case.id, *where).with_only_columns(_MAIN, maintain_column_froms=True)


def holders_inside(case: Case, windows: Sequence[Window], *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The ids of everybody with a record that may lie inside one of the windows."""
    return holders(case, is_inside(case, windows), *where)


def interviewed(case: Case) -> sa.Select[Any]:
    """The ids of everybody of whom an interview was held."""
    main = sa.func.coalesce(PersonMerge.same_as_id, Interview.person_id)
    merged = sa.and_(PersonMerge.person_id == Interview.person_id, PersonMerge.in_force())
    held = Interview.state.not_in([InterviewState.PLANNED, InterviewState.CANCELLED])
    return (
        sa.select(main).select_from(Interview).outerjoin(PersonMerge, merged).where(Interview.case_id == case.id, held)
    )


def eliminated(case: Case) -> set[int]:
    """The ids of everybody with a confirmed elimination, of whatever disclosure."""
    every = Elimination.of(case).options(joinedload(Elimination.reviews))
    return {one.person_id for one in db.session().scalars(every).unique() if one.state == "confirmed"}


def _records(case_id: int, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    merged = sa.and_(PersonMerge.person_id == AccessRecord.person_id, PersonMerge.in_force())
    counted = (AccessRecord.case_id == case_id, AccessRecord.counted(), AccessRecord.uncorrected())
    return sa.select(AccessRecord.id).outerjoin(PersonMerge, merged).where(*counted, *where)


@dataclass(frozen=True)
class Cell:
    """What one person has of one version or disclosure: the strongest level, its first time, how many records.

    `unsure`: no record surely is of it; the level is that of what may be.
    """

    level: Level
    first: Moment
    records: int
    unsure: bool = False


Found = tuple[int, Any, str, Any, Any, int]


def cells_of_versions(case: Case, ids: Collection[int], versions: Sequence[Version]) -> dict[tuple[int, int], Cell]:
    """By the ids of person and version what the people have of these versions."""
    grouped = _grouped(case.id, ids, AccessRecord.version_id, AccessRecord.material_id)
    by_place: dict[tuple[int, int], list[tuple[bool, Found]]] = {}
    for person, version_id, material_id, *rest in db.session().execute(grouped):
        for version in versions:
            named = version_id in version.with_corrections()[1]
            if named or (version_id is None and material_id == version.material_id):
                unsure = not named and not is_only(version)
                by_place.setdefault((person, version.id), []).append((unsure, (person, version_id, *rest)))
    return {place: _cell(found) for place, found in by_place.items()}


def cells_of_windows(
    case: Case, ids: Collection[int], windows: Sequence[Sequence[Window]]
) -> dict[tuple[int, int], Cell]:
    """By the id of the person and the place of the window what the people have that may lie inside."""
    asked = [
        _grouped(case.id, ids, sa.literal(at), sa.literal(0), is_inside(case, some)) for at, some in enumerate(windows)
    ]
    by_place: dict[tuple[int, int], list[tuple[bool, Found]]] = {}
    for person, at, _, *rest in db.session().execute(sa.union_all(*asked)) if asked else ():
        by_place.setdefault((person, at), []).append((False, (person, at, *rest)))
    return {place: _cell(found) for place, found in by_place.items()}


def count_confirmed(
    case: Case, people: sa.Select[Any], versions: Sequence[Version], *along: sa.ScalarSelect[Any]
) -> tuple[dict[int, tuple[int, int]], list[Any]]:
    """By the id of the version how many of these people have confirmed access to it: at least, and at most.

    What is asked `along` is answered in the same statement.
    """
    confirmed = AccessRecord.level.in_(levels_of(Standing.CONFIRMED))
    main, those = _MAIN.label("main"), people.with_only_columns(Person.id).order_by(None)
    rows = _records(case.id, confirmed, _MAIN.in_(those)).with_only_columns(
        main, AccessRecord.version_id, AccessRecord.material_id, maintain_column_froms=True
    )
    held = rows.distinct().subquery()
    counts: list[Any] = []
    for version in versions:
        named = held.c.version_id.in_(version.with_corrections()[1])
        may = sa.or_(named, sa.and_(held.c.version_id.is_(None), held.c.material_id == version.material_id))
        both = (may if is_only(version) else named, may)
        counts += [sa.func.count(sa.case((one, held.c.main)).distinct()) for one in both]
    found = list(db.session().execute(sa.select(*along, *counts)).one()) if along or counts else []
    of_versions = found[len(along) :]
    return {one.id: (of_versions[at * 2], of_versions[at * 2 + 1]) for at, one in enumerate(versions)}, found[
        : len(along)
    ]


def say_held(connection: sa.Connection, case_id: int, ids: Collection[int]) -> dict[int, str]:
    """Of some people, for a file: "CARDS-0320 Final E4 (3); CARDS-0320 E1 (1)", with the number of records."""
    grouped = _grouped(case_id, ids, AccessRecord.material_id, AccessRecord.version_id)
    labels = {(material, version): words for material, version, words in connection.execute(
        sa.select(Material.id, Version.id, Material.identifier.concat(" ").concat(Version.label))
        .join_from(Material, Version).where(Material.case_id == case_id)
        .union_all(sa.select(Material.id, sa.null(), Material.identifier).where(Material.case_id == case_id))
    )}  # fmt: skip
    said: dict[int, list[str]] = {}
    for person, material, version, level, _, _, count in connection.execute(grouped):
        said.setdefault(person, []).append(f"{labels[material, version]} {level} ({count})")
    return {person: "; ".join(sorted(words)) for person, words in said.items()}


def _grouped(case_id: int, ids: Collection[int], one: Any, two: Any, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Of some people, by two more columns and the level: the earliest bounds and the number of records."""
    those = sa.or_(
        AccessRecord.person_id.in_(list(ids)),
        AccessRecord.person_id.in_(
            sa.select(PersonMerge.person_id).where(PersonMerge.same_as_id.in_(list(ids)), PersonMerge.in_force())
        ),
    )
    level = sa.type_coerce(AccessRecord.level, sa.String())
    grouped = _records(case_id, those, *where).with_only_columns(
        _MAIN.label("main"), one.label("one"), two.label("two"), level.label("level"),
        sa.func.min(AccessRecord.since_earliest), sa.func.min(AccessRecord.since_latest), sa.func.count(),
        maintain_column_froms=True,
    )  # fmt: skip
    return grouped.group_by("main", "one", "two", "level")


def _cell(found: Iterable[tuple[bool, Found]]) -> Cell:
    """The strongest of what is sure, else of what may be."""
    some = list(found)
    unsure = all(may for may, _ in some)
    counted = [one for may, one in some if may is unsure]
    best = min(counted, key=lambda one: STRONGEST.index(LEVELS[one[2]]))
    alike = [one for one in counted if one[2] == best[2]]
    first = _first([(one[3], one[4]) for one in alike])
    return Cell(LEVELS[best[2]], first, sum(one[5] for one in counted), unsure)


def _first(bounds: Sequence[tuple[datetime | None, datetime | None]]) -> Moment:
    earliest = min((low for low, _ in bounds), key=lambda low: (low is not None, low), default=None)
    latest = min((high for _, high in bounds if high), default=None)
    return Moment.of(earliest, latest)
