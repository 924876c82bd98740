"""Every table of the record; importing this makes the metadata complete."""

from tracker.models import (
    accesses,
    accounts,
    audit,
    cases,
    citations,
    contacts,
    designations,
    disclosures,
    duties,
    exclusions,
    exhibits,
    exports,
    findings,
    interviews,
    leads,
    logs,
    materials,
    notes,
    outcomes,
    people,
    reveals,
    reviews,
    rivals,
    screening,
    stages,
    texts,
)

__all__ = [
    "accesses", "accounts", "audit", "cases", "citations", "contacts", "designations", "disclosures", "duties",
    "exclusions", "exhibits", "exports", "findings", "interviews", "leads", "logs", "materials", "notes", "outcomes",
    "people", "reveals", "reviews", "rivals", "screening", "stages", "texts",
]  # fmt: skip
