"""A pack made again: the same bytes, or a sentence that says why not."""

from hashlib import sha256
from pathlib import Path
from typing import IO

from tracker.actions.register.exports import repeat_pack, repeat_pack_with_names
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.exports.pack.packing import Pack, Progress
from tracker.exports.writing import Tally
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.models.register.exports import PACK, Export, Outcome

CHANGED = (
    "The record of {} changed on {} UTC, after export {}. The same file cannot be made again. Make a new pack; the old "
    "file is unchanged if its SHA-256 is {}."
)
DIFFERS = (
    "The record has not changed since export {}, but the new file differs. Its SHA-256 is {}, not {}. "
    "Compare the versions in both manifests: another version of the program or of its fonts sets pages otherwise."
)


def pack_to_repeat(reader: Account, case: Case, number: int) -> Export:
    """The pack with this export number, if the record is still as it was; that it is repeated is recorded.

    Raises Denied, and Refused with the reason for what cannot be made again.
    """
    export = db.session().scalar(Export.of(case).where(Export.number == number, Export.what == PACK))
    if export is None:
        raise Refused(f"Export {number} of {case.reference} is no pack.")
    if export.outcome is not Outcome.OK:
        raise Refused(f"Export {number} was interrupted. There is no whole file to compare with.")
    if case.changed > export.at:
        raise Refused(CHANGED.format(case.reference, f"{case.changed:%Y-%m-%d %H:%M}", number, export.sha256))
    (repeat_pack_with_names if export.names else repeat_pack)(reader, export)
    return export


def write_again(export: Export, file: IO[bytes], fonts: Path | None, progress: Progress) -> str:
    """Write the pack of an export to a file, and give the SHA-256 of what was written."""
    digest = sha256()
    with db.engine().connect() as connection:
        for chunk in Pack(export, fonts, progress).write(connection, Tally()):
            file.write(chunk)
            digest.update(chunk)
    return digest.hexdigest()
