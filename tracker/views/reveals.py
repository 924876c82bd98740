"""Reveals: a reviewer or decider sees one person's name for an hour, and the lead sees who did."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from tracker.actions import reveals as actions
from tracker.audit.doors import now
from tracker.fields import Text, needed
from tracker.forms import RecordForm
from tracker.guard import Area, me
from tracker.listing import Listing
from tracker.models.cases import Case
from tracker.models.people import Person
from tracker.models.reveals import Reveal
from tracker.policy import Permission
from tracker.rendering import page

area = Area("reveals", __name__)


class RevealForm(RecordForm):
    """Why the name is needed."""

    reason = Text(
        "Reason", [needed("Say why you need the name.")], longest=2000,
        description="The lead and counsel can read it. The name itself is not needed to review most things.",
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


@area.route("/cases/<ref:case>/reveals", needs=Permission.READ_CASE_LEDGER, of=Case)
def listed(case: Case) -> ResponseReturnValue:
    """Who saw whose name, when and why."""
    listing = Listing(
        Reveal.of(case).options(joinedload(Reveal.person), joinedload(Reveal.user)),
        path=url_for(".listed", case=case.reference),
        args=request.args,
        noun="reveal",
        key=Reveal.id,
        sorts={"at": Reveal.at},
        default="-at",
        csv=False,
    )
    return page("reveals/list.html", case=case, listing=listing, now=now())
