"""The right of reply: a passage is put to the person, her answer or her silence is recorded, and the team responds."""

from datetime import timedelta

from tracker import db
from tracker.actions.numbering import next_number
from tracker.actions.required import must_say
from tracker.actions.times import must_have_been
from tracker.analysis.letters import says
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused, Stale, action, now
from tracker.models.accounts import User
from tracker.models.findings import Finding
from tracker.models.replies import Reply
from tracker.policy import Permission

NOT_OVER = (
    "The days are not over yet, counted from when the passage was put or recorded, whichever is later: that no reply "
    "was received can be recorded after they are."
)
A_DAY, MOST_DAYS = timedelta(days=1), 365
HOW_MANY = f"Enter a number of days from 1 to {MOST_DAYS}."


@action(Permission.PUT_REPLY, "reply.put")
def put_passage(asker: User, finding: Finding, *, passage: str, put_at: Moment, days: int, gist: str = "") -> Reply:
    """Record that a passage was put to the person, with the gist of the evidence, and the days she has."""
    if finding.person_id is None:
        raise Refused("This finding is about no person, so there is nobody whose reply could be asked for.")
    must_say(passage, "Enter the passage exactly as it was put to the person.")
    if not finding.says_still(passage):
        raise Refused("Put the words of the finding as they stand: copy the passage from its text.")
    _must_be_days(days)
    must_have_been(put_at, "The time at which it was put")
    if put_at.latest is None or put_at.latest > now() + A_DAY:  # today is known to the day only
        raise Refused("Say when it was put to the person: a time that is known and has passed. Her days begin there.")
    reply = Reply(
        case=finding.case, finding=finding, number=next_number(Reply, finding_id=finding.id), passage=passage,
        gist=gist, put_at=put_at, days=days, answered_at=Moment.of(), by=asker, at=now(),
    )  # fmt: skip
    db.session().add(reply)
    return reply


@action(Permission.PUT_REPLY, "reply.answered")
def record_answer(asker: User, reply: Reply, *, row: int, answer: str, answered_at: Moment) -> None:
    """Record what she answered, and when; an answer that comes late is recorded beside the silence before it."""
    _must_be_current(reply, row)
    if says(reply.answer):
        raise Refused("Her answer is recorded already. Put another passage if there is more to ask.")
    must_say(answer, "Enter the reply, in her words.")
    if answered_at.latest and reply.put_at.earliest and answered_at.latest < reply.put_at.earliest:
        raise Refused("An answer cannot be older than the passage it answers; correct the time.")
    must_have_been(answered_at, "The time of the answer")
    reply.answer, reply.answered_at, reply.came_at = answer, answered_at, now()


@action(Permission.PUT_REPLY, "reply.silence_recorded")
def record_silence(asker: User, reply: Reply, *, row: int) -> None:
    """Record that no reply was received, once the days are over."""
    _must_be_current(reply, row)
    if reply.is_answered:
        raise Refused("An answer, or that none was received, is recorded already.")
    if now() <= reply.silent_from:
        raise Refused(NOT_OVER)
    reply.silent_at = reply.came_at = now()


@action(Permission.PUT_REPLY, "reply.extended")
def extend_reply(asker: User, reply: Reply, *, row: int, days: int, why_extended: str) -> None:
    """Give her more days, for a reason; never fewer."""
    _must_be_current(reply, row)
    if reply.is_answered:
        raise Refused("An answer, or that none was received, is recorded already; more days change nothing.")
    if days <= reply.days:
        raise Refused(f"Days are only added: choose more than {reply.days}.")
    _must_be_days(days)
    must_say(why_extended, "Give the reason for more days.")
    reply.days, reply.why_extended = days, why_extended


@action(Permission.PUT_REPLY, "reply.responded")
def respond(asker: User, reply: Reply, *, row: int, response: str) -> None:
    """Write down what the team says to her answer, or to there being none."""
    _must_be_current(reply, row)
    if not reply.is_answered:
        raise Refused("Record her answer first, or that none was received.")
    if says(reply.response):
        raise Refused(f"Reply {reply.number} was responded to already; put another passage if more is to be said.")
    must_say(response, "Enter the response.")
    reply.response, reply.responded_by_id, reply.came_at = response, asker.id, now()


@action(Permission.READ_CASE, "reply.read", changes=False)
def read_replies(reader: User, finding: Finding) -> None:
    """Note that somebody reads what the person answered."""


def _must_be_days(days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise Refused(HOW_MANY)


def _must_be_current(reply: Reply, row: int) -> None:
    if reply.row != row:
        raise Stale(reply)
    reply.row += 1
