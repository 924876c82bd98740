"""How the case is judged as files: appraisals, decisions, outcomes."""

import sqlalchemy as sa

from tracker.exports.columns import Table, instant, label, plain, text
from tracker.models.appraisals import Appraisal
from tracker.models.decisions import Decision
from tracker.models.outcomes import Outcome

APPRAISALS = Table(
    "appraisals",
    Appraisal.of,
    (Appraisal.number,),
    (
        plain("number", Appraisal.number),
        plain("happened", Appraisal.happened),
        text("reason", Appraisal.reason),
        plain("damage", Appraisal.damage),
        text("damage_reason", Appraisal.damage_reason),
        plain("text_sha256", Appraisal.text_sha256),
        label("by", "accounts", Appraisal.by_id),
        instant("at", Appraisal.at),
    ),
)

DECISIONS = Table(
    "decisions",
    Decision.of,
    (Decision.number,),
    (
        plain("number", Decision.number),
        text("what", Decision.what),
        text("alternatives", Decision.alternatives),
        text("reason", Decision.reason),
        text("revisit", Decision.revisit),
        label("by", "accounts", Decision.by_id),
        instant("at", Decision.at),
        plain("seal", Decision.seal),
    ),
)

OUTCOMES = Table(
    "outcomes",
    Outcome.of,
    (Outcome.number,),
    (
        plain("number", Outcome.number),
        plain("happened", Outcome.happened),
        plain("breach", Outcome.breach),
        plain("intent", Outcome.intent),
        plain("source", Outcome.source),
        text("source_reason", Outcome.source_reason),
        text("note", Outcome.note),
        text("letters", Outcome.letters),
        plain("revision", Outcome.revision),
        plain("reviewed", sa.case((Outcome.reviewed, "yes"), else_="no")),
        label("by", "accounts", Outcome.by_id),
        instant("at", Outcome.at),
        instant("closed", Outcome.closed_at),
        label("closed_by", "accounts", Outcome.closed_by_id),
        instant("reopened", Outcome.reopened_at),
        label("reopened_by", "accounts", Outcome.reopened_by_id),
        text("why_reopened", Outcome.why_reopened),
        plain("seal", Outcome.seal),
    ),
)
