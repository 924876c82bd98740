"""What single entries of the audit log say of the rest of the record: seals, imports, sign-ins, erasures."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.audit import schema
from tracker.audit.verify.reading import stream

ACTIONS = ("access_log.imported", "erasure.done", "integrity.acknowledged", "login.ok")
FACTS = ("seals", "removed", "ended")  # entries that say one of these, whatever their action
SELECT = "SELECT seq, line FROM audit WHERE action IN ({}) OR {} ORDER BY seq"


class Import(NamedTuple):
    """What the entry of an import says of its rows."""

    seq: int
    schema: str
    rows_sha256: str


@dataclass
class Facts:
    """By the names that records have in the audit log; an import by the id of its log, a session by its binding."""

    seals: dict[str, tuple[int, str]] = field(default_factory=dict)  # the newest entry that seals it, and the SHA-256
    erased: set[int] = field(default_factory=set)  # entries whose texts or values were erased
    imports: dict[int, Import] = field(default_factory=dict)
    removed: dict[str, tuple[int, str]] = field(default_factory=dict)  # of an import: the id of its log, and its hash
    acknowledged: dict[int, str] = field(default_factory=dict)  # by the entry of the acknowledgement
    sessions: set[str] = field(default_factory=set)
    ended: dict[str, int] = field(default_factory=dict)  # session -> the entry that ended it

    def add_entry(self, seq: int, line: dict[str, Any]) -> None:
        """Add the next entry, in the order of the audit log."""
        details = line["d"]
        self.seals |= {name: (seq, seal) for name, seal in details.get("seals", {}).items()}
        self.removed |= {name: (log, sha256) for name, (log, sha256) in details.get("removed", {}).items()}
        self.ended |= dict.fromkeys(details.get("ended", ()), seq)
        if line["act"] == "erasure.done":
            self.erased.update(one for one in details.get("erased", ()) if one < seq)
        if "rows_sha256" in details:
            revision = line.get("schema", schema.BASELINE)
            self.imports[int(line["obj"].partition(":")[2])] = Import(seq, revision, details["rows_sha256"])
        if line["act"] == "integrity.acknowledged":
            self.acknowledged[seq] = line["obj"]
        if "session" in details:
            self.sessions.add(details["session"])


def read_facts(connection: sa.Connection) -> Facts:
    """Read the entries that say something of the kind, from the first to the last; a line that is none is left out."""
    actions = ", ".join(f"'{one}'" for one in ACTIONS)
    said = " OR ".join(f"line LIKE '%\"{one}\":%'" for one in FACTS)
    facts = Facts()
    for seq, line in stream(connection, SELECT.format(actions, said)):
        with suppress(AttributeError, LookupError, TypeError, ValueError):  # `entries.py` names such a line
            facts.add_entry(seq, json.loads(line))
    return facts
