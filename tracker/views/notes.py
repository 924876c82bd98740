"""Privileged notes: counsel's own. Nobody else learns even how many there are."""

from flask.typing import ResponseReturnValue

from tracker.actions import notes as actions
from tracker.fields import Text, needed
from tracker.forms import RecordForm
from tracker.guard import Area, me
from tracker.models.cases import Case
from tracker.policy import Permission
from tracker.rendering import page
from tracker.web.places import go

area = Area("notes", __name__)


class NoteForm(RecordForm):
    """A note; it is not changed later, another one is put beside it."""

    text = Text("Note", [needed("Enter the note.")])


@area.route("/cases/<ref:case>/privileged-notes", needs=Permission.KEEP_PRIVILEGED, of=Case)
def listed(case: Case) -> ResponseReturnValue:
    """The notes; that they were read is recorded."""
    return page("notes/list.html", notes=actions.read_notes(me(), case))


@area.form("/cases/<ref:case>/privileged-notes/new", needs=Permission.KEEP_PRIVILEGED, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Add a note."""
    return NoteForm().takes(actions.write_note, case, "notes/new.html", to=lambda _: go(".listed", case))
