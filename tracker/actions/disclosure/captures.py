"""Captures: files that show a disclosure as it was found. A better one names the old one, which stays."""

from tracker.actions.checks import add_numbered, note_file
from tracker.audit.doors import Refused, action
from tracker.base import db
from tracker.models.disclosure.captures import Capture
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.RECORD_DISCLOSURE, "capture.recorded")
def record_capture(
    investigator: Account,
    disclosure: Disclosure,
    *,
    name: str,
    sha256: str,
    size: int,
    note: str = "",
    corrects: Capture | None = None,
) -> Capture:
    """Add a file that lies in the store under `sha256`; `corrects` is the capture it stands in for."""
    if corrects is not None and (corrects.disclosure_id != disclosure.id or corrects.corrected_by is not None):
        raise Refused("Choose a capture of this disclosure that was not replaced before.")
    twin = next((old for old in disclosure.captures if old.sha256 == sha256), None)
    if twin is not None:
        raise Refused(f"The same file is already capture {twin.number}. Choose another file.")
    capture = add_numbered(
        Capture, disclosure=disclosure, name=name, sha256=sha256, size=size, note=note, corrects=corrects,
        by_id=investigator.id,
    )  # fmt: skip
    db.session().flush()  # the entry is named after the capture, which has its id now
    note_file(capture)
    return capture


@action(Permission.READ_CASE, "capture.read", changes=False)
def read_capture(reader: Account, capture: Capture) -> None:
    """Note that somebody took the file."""
    note_file(capture)
