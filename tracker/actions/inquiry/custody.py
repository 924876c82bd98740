"""Custody: an exhibit has one holder at a time; each handover begins with whoever holds it, and two people end it."""

from tracker.actions.checks import add_numbered, must_be_fair, must_have_been, must_say
from tracker.analysis.handovers import Order, order
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused, action, note, now, seal
from tracker.base.text import fold
from tracker.models.inquiry.custody import CustodyEntry, Disposal
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.register.accounts import Account
from tracker.policy import Permission

HELD = "This case is under legal hold. The lead investigator must lift the hold before any disposal."
DISPOSED = "Exhibit {0.number} was disposed of and has no holder."


@action(Permission.RECORD_EXHIBIT, "exhibit.handed_over")
def hand_over_exhibit(
    investigator: Account,
    exhibit: Exhibit,
    *,
    after: int,
    to_holder: str,
    at: Moment,
    why: str,
    seal_number: str = "",
    condition: str = "",
) -> CustodyEntry:
    """Hand it over from whoever holds it now. `after` is the number of the last entry that the giver saw."""
    _must_not_be_disposed(exhibit)
    last = exhibit.custody[-1]
    if last.number != after:
        raise Refused(
            f"This exhibit was handed over in the meantime. {last.to_holder} holds it now (entry {last.number}). "
            "Check the custody entries before you send this form again."
        )
    must_say(why, "Enter the reason for the handover.", "why")
    words = {"why": why, "seal_number": seal_number, "condition": condition}
    return receive(exhibit, investigator, from_holder=last.to_holder, to_holder=to_holder, at=at, **words)


def receive(
    exhibit: Exhibit, by: Account, *, from_holder: str, to_holder: str, at: Moment, **words: str
) -> CustodyEntry:
    """Inside an action: add the next entry of the chain, sealed at once."""
    must_be_fair(from_holder, to_holder)
    if fold(from_holder) == fold(to_holder):
        raise Refused(f"{to_holder} already holds this exhibit. Enter another holder.", "to_holder")
    _must_follow([one.at for one in exhibit.custody], at)
    entry = add_numbered(
        CustodyEntry, exhibit=exhibit, from_holder=from_holder, to_holder=to_holder, at=at, by=by, recorded=now(),
        **words,
    )  # fmt: skip
    seal(entry)
    return entry


def _must_follow(before: list[Moment], at: Moment) -> None:
    """Times are compared by their bounds: refused is what cannot be, however both are taken."""
    must_have_been(at, "The time of handover", "at")
    if order(before, at) is Order.IMPOSSIBLE:
        raise Refused("The time of handover is before an earlier handover. Correct the time.")


def why_not_disposed_of(exhibit: Exhibit) -> str | None:
    """Why no disposal of the exhibit is proposed now; None where one may be."""
    if exhibit.is_disposed:
        return DISPOSED.format(exhibit)
    if exhibit.disposal is not None:
        return "A proposal to dispose of this exhibit is already waiting for a second person."
    return HELD if exhibit.case.legal_hold else None


@action(Permission.RECORD_EXHIBIT, "disposal.proposed", unless=why_not_disposed_of)
def propose_disposal(investigator: Account, exhibit: Exhibit, *, reason: str) -> Disposal:
    """Propose to return or destroy an exhibit; another person decides."""
    must_say(reason, "Enter why the exhibit is no longer needed.", "reason")
    return add_numbered(Disposal, exhibit=exhibit, reason=reason, by=investigator)


@action(Permission.CONFIRM_DISPOSAL, "disposal.confirmed")
def confirm_disposal(confirmer: Account, disposal: Disposal) -> None:
    """The second person agrees: custody ends. The record and the hash stay; the file goes after this is written."""
    _must_wait(disposal)
    _must_not_be_held(disposal.exhibit)
    disposal.confirmed_by, disposal.confirmed_at = confirmer, now()
    seal(disposal)
    note(exhibit=disposal.exhibit.number, sha256=disposal.exhibit.sha256)


@action(Permission.DECLINE_DISPOSAL, "disposal.declined")
def decline_disposal(decliner: Account, disposal: Disposal, *, reason: str) -> None:
    """The second person does not agree, or the first takes it back: the exhibit stays where it is."""
    _must_wait(disposal)
    must_say(reason, "Enter why the exhibit must be kept.", "reason")
    disposal.declined_by, disposal.declined_at, disposal.why_declined = decliner, now(), reason


def _must_not_be_disposed(exhibit: Exhibit) -> None:
    if exhibit.is_disposed:
        raise Refused(DISPOSED.format(exhibit))


def _must_not_be_held(exhibit: Exhibit) -> None:
    if exhibit.case.legal_hold:
        raise Refused(HELD)


def _must_wait(disposal: Disposal) -> None:
    if not disposal.waits:
        answer = "confirmed" if disposal.confirmed_at else "declined"
        raise Refused(f"This proposal was already {answer}.")
