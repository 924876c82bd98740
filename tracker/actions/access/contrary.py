"""What in the record speaks against an elimination: whoever proposes or confirms one reads it first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import joinedload

from tracker.actions.access.exposure import windows_of
from tracker.analysis.exposure import EVIDENCE, NOT_KNOWN, Row, Standing, Window, first_of
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.inquiry.interviews import Interview


@dataclass(frozen=True)
class Contrary:
    """The access records and whereabouts of a person that may lie inside the window, and the sealed interviews."""

    accesses: Sequence[AccessRecord] = ()
    whereabouts: Sequence[Whereabouts] = ()
    interviews: Sequence[Interview] = ()

    @property
    def confirmed(self) -> list[AccessRecord]:
        """The access records at E3 to E6: with one of them somebody is eliminated only where it is wrong."""
        return [one for one in self.accesses if EVIDENCE[one.level.value] is Standing.CONFIRMED]

    @property
    def seen(self) -> str:
        """All of them by number, as a form carries which of them were shown: `A3 A17 W2 I4`; empty where none are."""
        lists = (("A", self.accesses), ("W", self.whereabouts), ("I", self.interviews))
        return " ".join(f"{letter}{one.number}" for letter, those in lists for one in those)


def contrary_to(person: Person, disclosure: Disclosure, claim: Claim | None = None) -> Contrary:
    """What speaks against eliminating this person for a disclosure, or for one claim of it."""
    windows = windows_of(disclosure, [claim] if claim is not None else disclosure.claims)
    whole = Window(first_of(window.start for window in windows), windows[0].end)
    signed = Interview.of(person.case).where(
        Interview.person_id.in_(PersonMerge.ids_of(person)), Interview.seal.is_not(None)
    )
    return Contrary(
        [one for one in _rows_of(AccessRecord, person) if any(window.weigh(_row(one)) for window in windows)],
        [one for one in _rows_of(Whereabouts, person) if whole.may_hold(_times(one))],
        db.session().scalars(signed.order_by(Interview.number)).all(),
    )


def _rows_of(model: Any, person: Person) -> Sequence[Any]:
    rows = model.of(person.case).where(model.person_id.in_(PersonMerge.ids_of(person)), model.uncorrected())
    loaded = (model.log, *((model.material, model.version) if model is AccessRecord else ()))
    return db.session().scalars(rows.order_by(model.number).options(*map(joinedload, loaded))).all()


def _row(one: AccessRecord) -> Row:
    return Row(one.person_id, one.level.value, one.since, one.until, one.material_id, one.version_id)


def _times(one: Whereabouts) -> Row:
    return Row(one.person_id, "", one.since, one.until or NOT_KNOWN)
