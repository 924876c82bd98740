"""Privileged notes: counsel's own. Nobody else learns even how many there are."""

from flask.typing import ResponseReturnValue

from tracker.actions.case import privileged_notes as actions
from tracker.models.case.cases import Case
from tracker.policy import Permission
from tracker.web.fields import LongText, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import Area, me
from tracker.web.places import go
from tracker.web.rendering import page

area = Area("privileged_notes", __name__)


class NoteForm(RecordForm):
    """A note; it is not changed later, another one is put beside it."""

    text = LongText("Note", [needed("Enter the note.")])


@area.route("/cases/<ref:case>/privileged-notes", needs=Permission.KEEP_PRIVILEGED, of=Case)
def list_page(case: Case) -> ResponseReturnValue:
    """The notes; that they were read is recorded."""
    return page("case/privileged_notes/list.html", notes=actions.read_notes(me(), case))


@area.form("/cases/<ref:case>/privileged-notes/new", needs=Permission.KEEP_PRIVILEGED, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Add a note."""
    return NoteForm().takes(
        actions.write_note, case, "case/privileged_notes/new.html", to=lambda _: go(".list_page", case)
    )
