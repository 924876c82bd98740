"""Reveals: a reviewer or deciding official sees one person's name for an hour, and the lead sees who did."""

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from tracker.actions.access import reveals as actions
from tracker.audit.doors import now
from tracker.exports.columns import label
from tracker.models.access.people import Person
from tracker.models.access.reveals import Reveal
from tracker.policy import Permission
from tracker.web.forms import ReasonForm
from tracker.web.guard import Area
from tracker.web.lists import register
from tracker.web.places import to

area = Area("reveals", __name__)


@area.form("/cases/<ref:case>/people/<number:number>/reveal", needs=Permission.REVEAL_NAME, of=Person, fresh=True)
def reveal(person: Person) -> ResponseReturnValue:
    """Say why, and see the name for an hour."""
    form = ReasonForm.asking(
        "Enter the reason why you need the name.",
        longest=2000,
        hint="The lead and counsel can read the reason. Most reviews do not need the name.",
    )
    return form.takes(actions.reveal_name, person, "access/reveals/new.html", to=lambda reveal: to(reveal.person))


LIST = register(
    area, Reveal, "reveals", order=(Reveal.id,), needs=Permission.READ_CASE_AUDIT_LOG, noun="revealed name",
    sorts={"at": Reveal.at}, sort="-at", template="access/reveals/list.html",
    load=(joinedload(Reveal.person), joinedload(Reveal.account)),
    also=lambda _case, _listing: {"now": now()},
    columns=(
        "person",
        label("by", "accounts", Reveal.account_id),
        "reason", "at", "until",
    ),
)  # fmt: skip
