"""Names: shown for an hour to a reviewer or deciding official who says why; each look at them is recorded."""

from tracker.actions.checks import must_say
from tracker.audit.doors import Refused, action, note, now
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.access.reveals import LASTS, Reveal
from tracker.models.register.accounts import Account
from tracker.policy import Permission, allows
from tracker.policy.mask import sees_names


# To see a name changes nothing of the inquiry, so it is possible in a closed case too.
@action(Permission.REVEAL_NAME, "name.revealed", changes=False)
def reveal_name(reader: Account, person: Person, *, reason: str) -> Reveal:
    """Show one person's name and identifiers to whoever asks, for an hour. The reason stands in the details alone."""
    if sees_names(reader, person.case):
        raise Refused("You can already see names.")
    if (known := current_reveal(reader, person)) is not None:
        raise Refused(f"The name of {person.pseudonym} is already revealed to you until {known.until:%H:%M} UTC.")
    must_say(reason, "Enter the reason why you need the name.", "reason")
    moment = now()
    reveal = Reveal(case=person.case, person=person, account=reader, reason=reason, at=moment, until=moment + LASTS)
    db.session().add(reveal)
    db.session().flush()  # the entry is named after the reveal, which has its id now
    note(person=person.pseudonym)
    return reveal


@action(Permission.READ_NAMES, "name.read", changes=False)
def read_name(reader: Account, person: Person) -> None:
    """Note that somebody to whom a name is revealed opens the page that shows it."""


def view_name(reader: Account, person: Person) -> Reveal | None:
    """The reveal by which the reader sees the name now, recorded; None if a role shows names, or nothing does."""
    if sees_names(reader, person.case) or not allows(reader, Permission.REVEAL_NAME, person.case):
        return None
    if (reveal := current_reveal(reader, person)) is not None:
        read_name(reader, person)  # asks the policy itself, after the lock
    return reveal


def current_reveal(reader: Account, person: Person) -> Reveal | None:
    """The reveal by which the reader sees the name now, if any."""
    return db.session().scalar(Reveal.newest_for(reader, person, now()))
