"""Reveals: a reviewer or decider sees one person's name for an hour, and the lead sees who did."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from tracker.actions import reveals as actions
from tracker.audit.doors import now
from tracker.exports.columns import instant, label, text
from tracker.fields import Text, needed
from tracker.forms import RecordForm
from tracker.guard import Area, me
from tracker.models.people import Person
from tracker.models.reveals import Reveal
from tracker.policy import Permission
from tracker.rendering import page
from tracker.web.lists import register

area = Area("reveals", __name__)


class RevealForm(RecordForm):
    """Why the name is needed."""

    reason = Text(
        "Reason", [needed("Enter the reason why you need the name.")], longest=2000,
        description="The lead and counsel can read the reason. Most reviews do not need the name.",
    )  # fmt: skip


@area.form("/cases/<ref:case>/people/<number:number>/reveal", needs=Permission.REVEAL_NAME, of=Person, fresh=True)
def reveal(person: Person) -> ResponseReturnValue:
    """Say why, and see the name for an hour."""
    form = RevealForm()
    if form.validate_on_submit():
        with form.conflicts():
            actions.reveal_name(me(), person, **form.values())
            return redirect(url_for("people.show", case=person.case.reference, number=person.number), 303)
    return page("reveals/new.html", form=form, case=person.case, person=person)


LIST = register(
    area, Reveal, "reveals", order=(Reveal.id,), needs=Permission.READ_CASE_LEDGER,
    noun="revealed name", sorts={"at": Reveal.at}, sort="-at",
    template="reveals/list.html", load=(joinedload(Reveal.person), joinedload(Reveal.user)),
    also=lambda _case, _listing: {"now": now()},
    columns=(
        label("person", "people", Reveal.person_id),
        label("by", "accounts", Reveal.user_id),
        text("reason", Reveal.reason),
        instant("at", Reveal.at),
        instant("until", Reveal.until),
    ),
)  # fmt: skip
