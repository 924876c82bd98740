"""The one list of what waits for the reader: each item names thing and case, since when, and where it is done."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.analysis.times import zone_of
from tracker.audit.doors import now
from tracker.models.access.people import pseudonym
from tracker.models.access.words import Ground
from tracker.models.case.to_do import Waiting
from tracker.models.case.words import Role
from tracker.policy import Permission
from tracker.web.guard import Area
from tracker.web.navigation import to_do

area = Area("to_do", __name__)
DAY = timedelta(days=1)


class Group(StrEnum):
    """The groups of the list in their order; each is a chip that narrows it."""

    OVERDUE = "overdue", "Overdue", "Overdue", "alert-triangle"
    OFFER = "offers", "Role offers", "Role offer", "user-plus"
    REVIEW = "reviews", "Reviews", "Review", "circle-check"
    CHECK = "checks", "Checks", "Check", "shield-check"
    OUTCOME = "outcomes", "Outcomes", "Outcome", "gavel"
    REPLY = "replies", "Replies", "Right of reply", "message-2"
    DRAFT = "drafts", "Drafts", "Draft", "pencil"

    many: str
    one: str
    icon: str

    def __new__(cls, value: str, many: str, one: str, icon: str) -> "Group":
        """A word of the address, what its chip and its items say, and their icon."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.many, made.one, made.icon = many, one, icon
        return made


@dataclass(frozen=True)
class Work:
    """How one kind of work is told: the link, what follows it, the word before its date, the button and its page."""

    group: Group
    link: str
    after: str
    dated: str
    button: str
    endpoint: str


G = Group
WORK = {
    "line_of_inquiry": Work(
        G.OVERDUE, "Line of inquiry {number}", ": {words}", "Due", "Record result", "lines_of_inquiry.close"
    ),
    "reply": Work(
        G.REPLY, "Right of reply {part} for finding {number}", ": no reply yet", "Reply due", "Record reply",
        "replies.list_page",
    ),
    "response": Work(
        G.REPLY, "Right of reply {part} for finding {number}", ": respond to the reply", "Recorded", "Add response",
        "replies.respond",
    ),
    "offer": Work(G.OFFER, "{title}", ": {role}, offered by {who}", "Offered", "Answer offer", "role_offers.answer"),
    "finding_review": Work(G.REVIEW, "Finding {number}", ": {words}", "Submitted", "Review finding", "findings.review"),
    "finding_returned": Work(
        G.DRAFT, "Finding {number}", " was returned: {words}", "Returned", "Edit finding", "findings.show"
    ),
    "finding_draft": Work(
        G.DRAFT, "Finding {number}", " is not submitted: {words}", "Begun", "Edit finding", "findings.show"
    ),
    "elimination_review": Work(
        G.REVIEW, "Elimination {number}", ": {pseudonym}, {ground}", "Proposed", "Review elimination",
        "eliminations.review",
    ),
    "elimination_returned": Work(
        G.DRAFT, "Elimination {number}", " of {pseudonym} was returned", "Returned", "View elimination",
        "eliminations.show",
    ),
    "assessment_review": Work(
        G.REVIEW, "Preliminary assessment {number}", "", "Proposed", "Review assessment", "assessments.review"
    ),
    "outcome_review": Work(G.REVIEW, "Outcome {number}", "", "Submitted", "Review outcome", "outcomes.review"),
    "outcome_unsubmitted": Work(
        G.OUTCOME, "Outcome {number}", " is not submitted", "Drafted", "Submit outcome", "outcomes.show"
    ),
    "outcome_returned": Work(
        G.OUTCOME, "Outcome {number}", " was returned", "Returned", "Edit outcome", "outcomes.show"
    ),
    "outcome_close": Work(
        G.OUTCOME, "Outcome {number}", ": the case can be closed", "Since", "Close case", "outcomes.close"
    ),
    "outcome_draft": Work(
        G.OUTCOME, "Outcome", " of the case is not drafted yet", "In review since", "Draft outcome", "outcomes.new"
    ),
    "subject_status": Work(
        G.REVIEW, "Subject status {part}", " of {pseudonym} waits for your signature", "Proposed", "Review status",
        "subject_status.sign",
    ),
    "disposal": Work(
        G.REVIEW, "Disposal of exhibit {number}", ": {words}", "Proposed", "Review disposal", "custody.confirm"
    ),
    "protection_check": Work(
        G.CHECK, "Protected-disclosure check", " is not done yet", "Opened", "Record check", "protection_checks.answer"
    ),
    "recusal": Work(
        G.CHECK, "{who} may be {pseudonym}", ": confirm or reject the match", "Found", "Check match", "team.settle"
    ),
    "recusal_question": Work(
        G.CHECK, "Recusal question {number}", ": is an account a person in a log?", "Asked", "Answer question",
        "recusal_questions.answer",
    ),
    "recusal_questions": Work(
        G.CHECK, "Recusal questions", ": {number}", "", "View questions", "recusal_questions.list_page"
    ),
    "recusal_told": Work(
        G.CHECK, "{who} may be {pseudonym}", ": a near match that others decide", "Found", "View team", "team.list_page"
    ),
    "inactive": Work(
        G.CHECK, "{who}", ": role {role} is inactive. Reactivate or end it", "Since", "View team", "team.list_page"
    ),
    "lead": Work(
        G.CHECK, "{title}", ": no lead investigator can act", "Last change", "Name lead", "team.name_lead"
    ),
    "interview": Work(
        G.DRAFT, "Interview {number}", " with {pseudonym} is {words}, not sealed", "Begun", "Edit interview",
        "interviews.show",
    ),
    "access_log": Work(
        G.DRAFT, "Access log {number}", " is uploaded and not yet imported: {words}", "Uploaded", "Import log",
        "access_logs.show",
    ),
    "leaderless": Work(G.CHECK, "Cases that nobody can lead", ": {number}", "", "Name lead", "accounts.leaderless"),
    "invitation": Work(
        G.CHECK, "Invitations that were not used", ": {number}", "", "View accounts", "accounts.list_page"
    ),
    "audit_log": Work(
        G.CHECK, "Audit log", ": entries since you last read it, {number}", "", "Read log", "audit_log.list_page"
    ),
}  # fmt: skip
CAN_BE_LATE = {"line_of_inquiry", "reply"}
WITHOUT_NUMBER = {"protection_checks.answer", "outcomes.new", "team.name_lead", "team.list_page"}
WITH_PART = {"replies.respond", "subject_status.sign", "custody.confirm"}


@dataclass(frozen=True)
class Item:
    """One line of the list."""

    group: Group
    link: str
    after: str
    reference: str
    url: str
    when: datetime | None
    date: str
    late: str
    button: str


def items_of(waiting: Iterable[Waiting], moment: datetime) -> list[Item]:
    """The list: overdue things first, then group by group, the oldest of each first; of one time 9 stands before 10."""
    found = [_item(one, moment) for one in waiting]
    order = list(Group)
    return sorted(found, key=lambda item: (order.index(item.group), item.when or moment, len(item.url), item.url))


def _item(one: Waiting, moment: datetime) -> Item:
    work, when = WORK[one.kind], one.due or one.since
    late = when is not None and one.kind in CAN_BE_LATE and when < moment
    said = {
        "number": one.number, "part": one.part, "title": one.title, "who": one.who or "the program",
        "words": one.words or "", "pseudonym": pseudonym(one.person or 0),
        "role": Role(one.words).label.lower() if one.words in set(Role) else "",
        "ground": Ground(one.words).label.lower() if one.words in set(Ground) else "",
    }  # fmt: skip
    return Item(
        Group.OVERDUE if late else work.group, work.link.format(**said), work.after.format(**said), one.reference,
        _url(one, work.endpoint), when, f"{work.dated} {_day(when, one.zone, moment)}" if when else "",
        _lateness(moment - when) if late and when else "", work.button,
    )  # fmt: skip


def _day(when: datetime, zone: str | None, today: datetime) -> str:
    """`27 Mar`, in the zone of a date that has one; with its year if that is not this year."""
    local = when.astimezone(zone_of(zone) or UTC)
    return f"{local.day} {local:%b}" + (f" {local.year}" if local.year != today.year else "")


def _lateness(time: timedelta) -> str:
    days = time // DAY + 1
    return f"{days} day{'s' if days > 1 else ''} late"


def _url(one: Waiting, endpoint: str) -> str:
    """Where it is done."""
    place: dict[str, Any] = {"case": one.reference} if one.reference else {}
    if one.reference and endpoint not in WITHOUT_NUMBER:
        place["number"] = one.number
    if endpoint in WITH_PART:
        place["part"] = one.part
    return url_for(endpoint, **place, _anchor=f"reply-{one.part}" if endpoint == "replies.list_page" else None)


def chips_of(items: Sequence[Item]) -> list[tuple[Group, int]]:
    """How many there are of each group; those of which there is none are left out."""
    counts = Counter(item.group for item in items)
    return [(group, counts[group]) for group in Group if counts[group]]


def find_following(items: list[Item], done: str) -> Item | None:
    """The item after the one that is done at this address; the first where none is."""
    at = next((place for place, item in enumerate(items) if item.url == done), -1)
    return items[at + 1] if at + 1 < len(items) else None


@area.route("/to-do/next", needs=Permission.OPEN_CASE)
def onward() -> ResponseReturnValue:
    """On to the item after the one whose page `after` is; Home when there is none."""
    item = find_following(items_of(to_do(), now()), request.args.get("after", ""))
    return redirect(item.url if item else url_for("home.home"), 303)
