"""Who became a subject, as a file."""

from tracker.exports.columns import Table, instant, label, plain, text
from tracker.models.designations import Designation

DESIGNATIONS = Table(
    "designations",
    Designation.of,
    (Designation.number,),
    (
        plain("number", Designation.number),
        label("person", "people", Designation.person_id),
        text("allegation", Designation.allegation),
        text("alternatives", Designation.alternatives),
        text("notice_plan", Designation.notice_plan),
        label("by", "accounts", Designation.by_id),
        instant("at", Designation.at),
        label("signed_by", "accounts", Designation.signed_by_id),
        instant("signed", Designation.signed_at),
        instant("until", Designation.until),
        instant("ended", Designation.ended_at),
        label("ended_by", "accounts", Designation.ended_by_id),
        text("why_ended", Designation.why_ended),
        plain("seal", Designation.seal),
    ),
    screened=True,
)
