"""Who told whom: second-hand access as chains, each teller above whom they told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.analysis.moments import Moment
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.case.cases import Case

MOST = 1_000  # records of which chains are made


@dataclass(frozen=True)
class Told:
    """One second-hand access: who was told (the number they count as), by whom if that is known, when."""

    number: int
    hearer: int
    teller: int | None
    since: Moment


@dataclass(frozen=True)
class Link:
    """One line of the list: somebody, how far inside, and by which record they were told; None for who told first.

    `again`: whom they told stands further up already.
    """

    depth: int
    person: int | None
    told: Told | None = None
    again: bool = False


def find_told(case: Case) -> list[Told]:
    """The second-hand access of a case that counts, in the order of the records; two numbers of a person as one."""
    who, teller = PersonMerge.numbers(case).subquery("who"), PersonMerge.numbers(case).subquery("teller")
    record = AccessRecord
    rows = sa.select(record.number, who.c.number, teller.c.number, record.since).join(who, who.c.id == record.person_id)
    rows = rows.outerjoin(teller, teller.c.id == record.told_by_id).order_by(record.number).limit(MOST)
    here = (record.case_id == case.id, record.counted(), record.uncorrected(), record.second_hand())
    return [Told(*row) for row in db.session().execute(rows.where(*here))]


def chains(told: Iterable[Told]) -> list[Link]:
    """The chains as one list. Who was told by nobody of the list begins; somebody who told in a circle stands once."""
    by_teller: dict[int | None, list[Told]] = {}
    for one in told:
        by_teller.setdefault(one.teller, []).append(one)
    hearers = {one.hearer for some in by_teller.values() for one in some}
    begun: set[int] = set()
    found: list[Link] = []
    starts = sorted(number for number in by_teller if number is not None)
    for start in [*(one for one in starts if one not in hearers), None, *starts]:
        if start is None or start not in begun:
            found += _follow(start, by_teller, begun)
    return found


def _follow(start: int | None, by_teller: dict[int | None, list[Told]], begun: set[int]) -> Iterator[Link]:
    """One beginning and everybody below it, without recursion: a chain may be as long as the list."""
    if start not in by_teller:
        return
    if start is not None:
        begun.add(start)
    yield Link(0, start)
    waiting = [(1, one) for one in reversed(by_teller[start])]
    while waiting:
        depth, one = waiting.pop()
        goes_on = one.hearer in by_teller
        yield Link(depth, one.hearer, one, again=goes_on and one.hearer in begun)
        if goes_on and one.hearer not in begun:
            begun.add(one.hearer)
            waiting += [(depth + 1, further) for further in reversed(by_teller[one.hearer])]


def people_numbered(case: Case, numbers: Iterable[int | None]) -> dict[int, Person]:
    """Those people of the case, by their numbers."""
    those = aliased(Person)
    found = sa.select(those).where(those.case_id == case.id, those.number.in_([one for one in numbers if one]))
    return {one.number: one for one in db.session().scalars(found)}
