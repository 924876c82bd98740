"""The right of reply: a passage is put to the person, their answer or silence is recorded, and the team responds."""

from datetime import timedelta

from tracker.actions.checks import add_numbered, must_have_been, must_say
from tracker.analysis.letters import says
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused, action, now
from tracker.models.findings.findings import Finding
from tracker.models.findings.replies import Reply
from tracker.models.register.accounts import Account
from tracker.policy import Permission

NOT_OVER = (
    "The days to reply are not over yet. They count from when the passage was put or recorded, whichever is later."
)
A_DAY, MOST_DAYS = timedelta(days=1), 365
HOW_MANY = f"Enter a number of days from 1 to {MOST_DAYS}."


@action(Permission.PUT_REPLY, "reply.put")
def put_passage(asker: Account, finding: Finding, *, passage: str, put_at: Moment, days: int, gist: str = "") -> Reply:
    """Record that a passage was put to the person, with the gist of the evidence, and the days to reply."""
    if finding.person_id is None:
        raise Refused("This finding is not about a person, so no reply can be requested.")
    must_say(passage, "Enter the passage exactly as it was put to the person.", "passage")
    if not finding.says_still(passage):
        raise Refused("The passage must match the finding. Copy it exactly from the text.")
    _must_be_days(days)
    must_have_been(put_at, "The time put to the person", "put_at")
    if put_at.latest is None or put_at.latest > now() + A_DAY:  # today is known to the day only
        raise Refused("Enter when the passage was put to the person. The time must be known and in the past.")
    return add_numbered(
        Reply, finding=finding, passage=passage, gist=gist, put_at=put_at, days=days, answered_at=Moment.of(), by=asker
    )


@action(Permission.PUT_REPLY, "reply.answered", edits=True)
def record_answer(asker: Account, reply: Reply, *, answer: str, answered_at: Moment) -> None:
    """Record what the person answered, and when; an answer that comes late is recorded beside the silence before it."""
    if says(reply.answer):
        raise Refused("The reply is already recorded. Add another passage to ask more.")
    must_say(answer, "Enter the reply.", "answer")
    if answered_at.latest and reply.put_at.earliest and answered_at.latest < reply.put_at.earliest:
        raise Refused("The reply cannot be earlier than the passage. Correct the time received.")
    must_have_been(answered_at, "The time received", "answered_at")
    reply.answer, reply.answered_at, reply.came_at = answer, answered_at, now()


@action(Permission.PUT_REPLY, "reply.no_response_recorded", edits=True)
def record_no_response(asker: Account, reply: Reply) -> None:
    """Record that no reply was received, once the days are over."""
    if reply.is_answered:
        raise Refused("A reply or no response is already recorded.")
    if now() <= reply.no_response_from:
        raise Refused(NOT_OVER)
    reply.no_response_at = reply.came_at = now()


@action(Permission.PUT_REPLY, "reply.extended", edits=True)
def extend_reply(asker: Account, reply: Reply, *, days: int, why_extended: str) -> None:
    """Give the person more days, for a reason; never fewer."""
    if reply.is_answered:
        raise Refused("A reply or no response is already recorded. The deadline cannot be extended.")
    if days <= reply.days:
        raise Refused(f"Enter more than {reply.days} days. The deadline can only be extended.")
    _must_be_days(days)
    must_say(why_extended, "Enter the reason for the extension.", "why_extended")
    reply.days, reply.why_extended = days, why_extended


@action(Permission.PUT_REPLY, "reply.responded", edits=True)
def respond(asker: Account, reply: Reply, *, response: str) -> None:
    """Write down what the team says to the answer, or to there being none."""
    if not reply.is_answered:
        raise Refused("Record the reply, or that no response was received, first.")
    if says(reply.response):
        raise Refused(f"Reply {reply.number} already has a response. Add another passage to say more.")
    must_say(response, "Enter the response.", "response")
    reply.response, reply.responded_by_id, reply.came_at = response, asker.id, now()


@action(Permission.READ_CASE, "reply.read", changes=False)
def read_replies(reader: Account, finding: Finding) -> None:
    """Note that somebody reads what the person answered."""


def _must_be_days(days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise Refused(HOW_MANY)
