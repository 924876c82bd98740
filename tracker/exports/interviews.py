"""Interviews as files: who was heard, when and how; never what was said, which is read on the interview's own page."""

import sqlalchemy as sa

from tracker.exports.columns import Table, instant, label, moment, named_text, plain, text
from tracker.models.addenda import Addendum
from tracker.models.interviews import Interview, Presence

INTERVIEWS = Table(
    "interviews",
    Interview.of,
    (Interview.number,),
    (
        plain("number", Interview.number),
        label("person", "people", Interview.person_id),
        plain("capacity", Interview.capacity),
        plain("voluntary", Interview.voluntary),
        label("advisement", "texts", Interview.advisement_id),
        plain("acknowledged", Interview.acknowledged),
        text("place", Interview.place),
        plain("mode", Interview.mode),
        moment("started", Interview),
        moment("ended", Interview),
        plain("state", Interview.state),
        moment("signed", Interview),
        plain("statement_sha256", Interview.seal),
        moment("planned_for", Interview),
        moment("notice_given", Interview),
        moment("offered", Interview),
        plain("companion", Interview.companion),
        text("declination", Interview.declination),
        label("questions", "texts", Interview.questions_id),
        label("whistleblower", "texts", Interview.whistleblower_id),
        plain("break_minutes", Interview.break_minutes),
        plain("recording", Interview.recording),
        plain("read_back", sa.case((Interview.read_back, "yes"), else_="no")),
        plain("signature", Interview.signature),
        label("by", "accounts", Interview.by_id),
        instant("at", Interview.at),
        label("counsel_text", "texts", Interview.counsel_text_id),
    ),
)

ADDENDA = Table(
    "addenda",
    Addendum.of,
    (Addendum.interview_id, Addendum.number),
    (
        label("interview", "interview_numbers", Addendum.interview_id),
        plain("number", Addendum.number),
        plain("kind", Addendum.kind),
        text("text", Addendum.text),
        label("by", "accounts", Addendum.by_id),
        moment("signed", Addendum),
        named_text("signed_by", Addendum.signed_by),
        plain("sha256", Addendum.seal),
    ),
)

PRESENCE = Table(
    "presence",
    Presence.of,
    (Presence.interview_id, Presence.number),
    (
        label("interview", "interview_numbers", Presence.interview_id),
        plain("number", Presence.number),
        named_text("who", Presence.who),
        text("why", Presence.why),
        plain("is_counsel", sa.case((Presence.is_counsel, "yes"), else_="no")),
    ),
)
