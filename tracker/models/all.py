"""Every table of the record; importing this makes the metadata complete."""

from tracker.models import (
    accesses,
    accounts,
    audit,
    cases,
    disclosures,
    duties,
    exports,
    logs,
    materials,
    people,
    rivals,
)

__all__ = [
    "accesses", "accounts", "audit", "cases", "disclosures", "duties", "exports", "logs", "materials", "people",
    "rivals",
]  # fmt: skip
