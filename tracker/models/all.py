"""Every table of the record; importing this makes the metadata complete."""

from tracker.models.access import access_logs, access_records, eliminations, occurrences, people, reveals, whereabouts  # noqa: F401
from tracker.models.case import assessments, assignments, cases, privileged_notes, protection_checks, stages  # noqa: F401
from tracker.models.disclosure import captures, claims, conflicts, copies, disclosures, materials, versions  # noqa: F401
from tracker.models.findings import (  # noqa: F401
    citations,
    comments,
    decisions,
    findings,
    outcomes,
    replies,
    reviews,
    revisions,
    subject_status,
)
from tracker.models.inquiry import addenda, custody, exhibits, hypotheses, interviews, lines_of_inquiry, press_contacts  # noqa: F401
from tracker.models.register import accounts, audit_log, exports, sessions, standard_texts  # noqa: F401
