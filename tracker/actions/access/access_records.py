"""Access records: recording one by hand, and correcting one by a new row. Rows of logs come with imports."""

from typing import Any

from tracker.actions.checks import must_be_correctable, must_belong, must_last
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused, action, now
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.words import Channel, Level
from tracker.models.case.cases import Case
from tracker.models.disclosure.copies import Copy
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.RECORD_ACCESS, "access_record.recorded")
def record_access(
    investigator: Account, case: Case, *, person: Person, material: Material, **facts: Any
) -> AccessRecord:
    """Write down one access; facts: version, copy, channel, level, told_by, since, until, source, note."""
    return _add(investigator, case, person=person, material=material, **facts)


@action(Permission.RECORD_ACCESS, "access_record.corrected")
def correct_access(
    investigator: Account, access_record: AccessRecord, *, why_corrected: str, **facts: Any
) -> AccessRecord:
    """Say it anew in a row that names this one, with the reason; this one stays readable, struck through."""
    must_be_correctable(access_record, why_corrected)
    return _add(investigator, access_record.case, corrects=access_record, why_corrected=why_corrected, **facts)


def _add(
    investigator: Account,
    case: Case,
    *,
    person: Person,
    material: Material,
    level: Level,
    since: Moment,
    until: Moment,
    version: Version | None = None,
    copy: Copy | None = None,
    channel: Channel | None = None,
    told_by: Person | None = None,
    **about: Any,
) -> AccessRecord:
    must_belong(case, person, material, version, copy, told_by)
    must_last(since, until)
    for part, name in ((version, "version"), (copy, "copy")):
        if part is not None and part.material_id != material.id:
            raise Refused(f"Choose a {name} of {material.identifier}.")
    if copy is not None and copy.version_id is not None and version is not None and copy.version_id != version.id:
        raise Refused(f"Copy {copy.number} is a copy of another version. Choose that version, or no copy.")
    _must_be_told(person, told_by, level, channel)
    case.accesses_numbered += 1
    access_record = AccessRecord(
        case=case, number=case.accesses_numbered, person=person, material=material, version=version, copy=copy,
        channel=channel, level=level, told_by=told_by, since=since, until=until, by=investigator, at=now(), **about,
    )  # fmt: skip
    db.session().add(access_record)
    return access_record


def _must_be_told(person: Person, told_by: Person | None, level: Level, channel: Channel | None) -> None:
    """Only what somebody was told has a teller, who is somebody else."""
    if told_by is None:
        return
    if level is not Level.E7 and channel is not Channel.TOLD_BY_ANOTHER:
        raise Refused("Leave Told by empty, or choose the level E7 or the channel Told by another.", "told_by")
    if told_by.id == person.id:
        raise Refused("Enter who told them. Nobody tells themself.", "told_by")
