"""Exhibits and contacts of LK-AAAA as the team would record them; tests say what they care about."""

import io
from typing import Any

from flask import current_app

from tests import world
from tests.machinery.snapshots import built_once
from tracker.actions.inquiry import custody, exhibits, press_contacts
from tracker.actions.inquiry.exhibits import Custody
from tracker.analysis.moments import Moment, stated
from tracker.base.files import Stored
from tracker.models.access.people import Person
from tracker.models.inquiry.custody import CustodyEntry
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.press_contacts import PressContact
from tracker.models.inquiry.words import Basis
from tracker.models.words import Answer

OBTAINED = "2018-03-22 09:00"
ROOM = Custody("Evidence room", "Taken in as evidence")


def kept(content: bytes = b"the bytes") -> Stored:
    """A file in the store."""
    return current_app.extensions["files"].put(io.BytesIO(content))


@built_once
def exhibit(content: bytes | None = b"the bytes", *, who: str = "ines", at: str = OBTAINED, **facts: Any) -> Exhibit:
    """An exhibit; one without content is an object under a seal."""
    first = ROOM if content is not None else Custody("Evidence room", "Taken in as evidence", "S-1")
    about = {"title": "Print log", "obtained_from": "Print service", "how": "On request", "custody": first, **facts}
    file = kept(content) if content is not None else None
    return exhibits.add_exhibit(
        world.person(who), world.case(), obtained=moment(at), file=file, name="prints.csv" if file else "", **about
    )


def moment(text: str, precision: str | None = None) -> Moment:
    """A time in UTC; nothing for "unknown"."""
    return stated(text, "UTC", precision) if text else Moment.of()


def handed(
    of: Exhibit, to: str = "Laboratory", at: str = "2018-03-23 10:00", *, who: str = "ines", **facts: Any
) -> CustodyEntry:
    """A handover by whoever saw the last one."""
    about = {"after": len(of.custody), "why": "Examination", **facts}
    return custody.hand_over_exhibit(world.person(who), of, to_holder=to, at=moment(at), **about)


def press_contact(person: Person, *, who: str = "ines", at: str = "2018-03-20 17:31", **facts: Any) -> PressContact:
    """A call of eleven minutes that the person volunteered; what was said is not known."""
    about = {
        "with_whom": "A reporter of The Courier", "minutes": 11, "channel": "Telephone", "basis": Basis.VOLUNTEERED,
        "content_known": Answer.NO, "content": "", **facts,
    }  # fmt: skip
    return press_contacts.record_press_contact(world.person(who), world.case(), person=person, at=moment(at), **about)
