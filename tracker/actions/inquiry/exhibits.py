"""Exhibits: taking in a file or an object, grading it, and reading its file. What it is never changes again."""

from dataclasses import dataclass
from typing import Any

from tracker.actions.checks import add_numbered, change, must_be_fair, must_say, note_file
from tracker.actions.inquiry.custody import receive
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused, action, seal
from tracker.base import db
from tracker.base.files import Stored
from tracker.models.case.cases import Case
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.words import ExhibitForm
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@dataclass(frozen=True)
class Custody:
    """The first handover: to whom it came, why, under which seal, in which condition."""

    holder: str
    why: str
    seal_number: str = ""
    condition: str = ""


@action(Permission.RECORD_EXHIBIT, "exhibit.added")
def add_exhibit(
    investigator: Account,
    case: Case,
    *,
    title: str,
    obtained: Moment,
    obtained_from: str,
    custody: Custody,
    file: Stored | None = None,
    name: str = "",
    again: bool = False,
    **about: Any,
) -> Exhibit:
    """Take in a file that lies in the store, called `name`, or an object under a seal when there is none.

    Custody begins in the same moment. The same bytes are taken in twice only if `again` says that it is meant.
    """
    must_be_fair(title)
    if file is None:
        must_say(custody.seal_number, "Put the object under seal and enter the seal number.")
    kept = {"form": ExhibitForm.FILE if file else ExhibitForm.OBJECT, "name": name, "twin": _twin(case, file, again)}
    exhibit = add_numbered(
        Exhibit, case=case, title=title, obtained=obtained, obtained_from=obtained_from, sha256=file and file.sha256,
        size=file and file.size, by=investigator, **kept, **about,
    )  # fmt: skip
    seal(exhibit)
    words = {"why": custody.why, "seal_number": custody.seal_number, "condition": custody.condition}
    receive(exhibit, investigator, from_holder=obtained_from, to_holder=custody.holder, at=obtained, **words)
    note_file(exhibit)
    return exhibit


@action(Permission.RECORD_EXHIBIT, "exhibit.changed", edits=True)
def edit_exhibit(investigator: Account, exhibit: Exhibit, *, title: str, **about: Any) -> None:
    """Change how it is called, graded and described; what it is and where it came from stays as it was sealed."""
    must_be_fair(title)
    change(exhibit, title=title, **about)


@action(Permission.READ_EXHIBIT, "exhibit.read", changes=False)
def read_exhibit(reader: Account, exhibit: Exhibit) -> None:
    """Note that somebody took the file."""
    must_have_file(exhibit)
    note_file(exhibit)


@action(Permission.READ_EXHIBIT, "exhibit.verified", changes=False)
def verify_exhibit(reader: Account, exhibit: Exhibit) -> None:
    """Note that the file was hashed again and is what was put in."""
    must_have_file(exhibit)
    note_file(exhibit)


def must_have_file(exhibit: Exhibit) -> None:
    """Refuse what is an object, and what is gone."""
    if not exhibit.has_file:
        gone = "was disposed of, and its file was deleted" if exhibit.is_disposed else "is an object and has no file"
        raise Refused(f"Exhibit {exhibit.number} {gone}.")


def _twin(case: Case, file: Stored | None, again: bool) -> Exhibit | None:
    """The first exhibit with the same bytes; Refused unless somebody says that it came from another source."""
    if file is None:
        return None
    twin = db.session().scalars(Exhibit.of(case).where(Exhibit.sha256 == file.sha256).order_by(Exhibit.number)).first()
    if twin is not None and not again:
        raise Refused(
            f"Exhibit {twin.number} already has the same bytes. Add the file again only if it came from another "
            "source. Tick the box that says so, and choose the file again."
        )
    return twin
