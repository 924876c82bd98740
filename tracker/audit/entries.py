"""One entry of the audit log while it is being filled, and the exact line it becomes."""

import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.analysis.moments import sql_text
from tracker.audit import schema
from tracker.base.text import dumps

HOUSEKEEPING = {  # rows without content: no entry
    "login_session", "login_attempt", "form_token", "import_mapping", "list_view", "last_look",
}  # fmt: skip
MANY = 200  # records of one entry that its line names one by one; more are counted by kind, under one hash


@dataclass(frozen=True)
class Origin:
    """Where a request came from: keyed hash of the session, and `via` for the command line."""

    sid: str | None = None
    via: str | None = None


@dataclass
class Entry:
    """What an action did: filled by the flushes of its transaction, sealed just before the commit."""

    action: str
    actor: str
    case: str | None
    record: str | None
    origin: Origin
    outcome: str = "ok"
    changes: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    changed: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    raised: set[Any] = field(default_factory=set)  # whose version has risen, or begun, in this action
    compared: set[str] = field(default_factory=set)  # what was compared with its newest entry before it is written

    def set_record(self, thing: Any) -> None:
        """Set the record that the entry concerns: the subject, or what the action made of it."""
        if hasattr(thing, "__tablename__") and (self.record is None or getattr(thing, "case", None) is not thing):
            self.record = name_of(thing)
            if (case := getattr(thing, "case", None)) is not None and self.case is None:
                self.case = case.reference

    def raise_version(self, thing: Any) -> None:
        """Count up, once in an action, the version of a thing, or of the whole whose part it is, if it has one."""
        while thing is not None and not hasattr(thing, "lock_version"):
            thing = getattr(thing, "whole", None)
        if thing is not None and thing not in self.raised:
            self.raised.add(thing)
            thing.lock_version += 1

    def note_change(self, thing: Any, *, gone: bool = False) -> None:
        """Add the fields that changed, or all fields of a removed record; the first old value of a field stays."""
        if not (found := _former_values(thing) if gone else _changed_values(thing)):
            return
        kept = self.changed.setdefault(name_of(thing), {})
        for name, (old, new, secret) in found.items():
            first = kept[name][0] if name in kept else old
            kept[name] = [first, new] if not secret else ["(not quoted)", "(not quoted)"]
        self.things[name_of(thing)] = None if gone else thing
        if gone and getattr(thing, "row_sha256", None):  # the hash over the rows of its import needs it for ever
            self.facts.setdefault("removed", {})[name_of(thing)] = [thing.came_with_id, thing.row_sha256]

    def commit_to(self, thing: Any) -> None:
        """Name a record of which nothing changes: the entry commits to it as it is, and concerns it."""
        self.record = name_of(thing)
        self.changed.setdefault(self.record, {})
        self.things[self.record] = thing

    def complete(
        self, seq: int, prev: str, cseq: int | None, at: datetime
    ) -> tuple[dict[str, Any], dict[str, str] | None, dict[str, str | None]]:
        """The row of the audit log; when something changed, salt and values of its detail; the records it names.

        Of each record that it names there is the commitment to what the record is now, None when it was removed.
        """
        detail, named, details = None, dict[str, str | None](), dict(self.facts)
        if self.changed:
            salt = secrets.token_hex(32)
            detail = {"salt": salt, "values": dumps(self.changed)}
            named = {name: self._state_hash(name, salt) for name in self.changed}
            details |= name_records(named, self.changed) | {"detail": commitment(salt, detail["values"])}
        line = {
            "seq": seq,
            "prev": prev,
            "at": sql_text(at),
            "actor": self.actor,
            "act": self.action,
            "out": self.outcome,
            "schema": schema.head(),
            "d": details,
        }
        optional = {"case": self.case, "cseq": cseq, "obj": self.record, "sid": self.origin.sid, "via": self.origin.via}
        line |= {key: value for key, value in optional.items() if value is not None}
        text = dumps(line)
        row = {
            "seq": seq,
            "line": text,
            "entry_hash": entry_hash(text),
            "at": line["at"],
            "actor": self.actor,
            "action": self.action,
            "case_ref": self.case,
            "cseq": cseq,
            "record": self.record,
            "outcome": self.outcome,
        }
        return row, detail, named

    def _state_hash(self, name: str, salt: str) -> str | None:
        thing = self.things.get(name)
        return None if thing is None else commitment(salt, dumps(state_of(thing)))


def name_records(named: dict[str, str | None], changed: dict[str, Any]) -> dict[str, Any]:
    """What a line says of the records its entry names: one by one with their fields, or of MANY one hash and counts."""
    if len(named) <= MANY:
        there = {name: sha256 for name, sha256 in named.items() if sha256 is not None}
        return {"fields": {name: sorted(fields) for name, fields in changed.items()}, "record": there}
    counts = Counter(name.partition(":")[0] for name in named)
    return {"counts": dict(counts), "records_sha256": records_hash(named)}


def records_hash(named: dict[str, str | None]) -> str:
    """One hash over many records that an entry names, and the commitments to what they became."""
    return hashlib.sha256(dumps(named).encode("ascii")).hexdigest()


def name_of(thing: Any) -> str:
    """`claim:12`: kind and id, as the audit log names a record."""
    keys = sa.inspect(thing).mapper.primary_key_from_instance(thing)
    return f"{thing.__tablename__}:{'/'.join(str(key) for key in keys)}"


def entry_hash(line: str) -> str:
    """The leaf hash of RFC 6962: SHA-256 over a zero byte and the line."""
    return hashlib.sha256(b"\0" + line.encode("ascii")).hexdigest()


def commitment(salt: str, text: str) -> str:
    """SHA-256 over salt and text: commits to the text without showing it."""
    return hashlib.sha256(salt.encode("ascii") + text.encode("ascii")).hexdigest()


def state_of(thing: Any) -> dict[str, Any]:
    """Every recorded column of a record, as plain values; derived columns are left out."""
    return {name_of_column(one): getattr(thing, one.key) for one in recorded_columns(thing.__class__)}


def name_of_column(attribute: Any) -> str:
    """The name of a mapped column in an entry: its name in the database, even where the attribute is private."""
    return str(attribute.columns[0].name)


@cache
def recorded_columns(model: Any) -> list[Any]:
    """The mapped columns that an entry records: all but the derived ones."""
    mapper: Any = sa.inspect(model)
    return [one for one in mapper.column_attrs if not one.columns[0].info.get("derived")]


def since(column: Any) -> str:
    """The schema revision with which a column came: a proof that is older does not cover it.

    One that came later says so in the model, `info={"since": "0002", "was": ""}`: with it, the value that its migration
    gave to the rows that were there, or a function of such a row's other values.
    """
    return str(column.info.get("since", schema.BASELINE))


def _changed_values(thing: Any) -> dict[str, tuple[Any, Any, bool]]:
    state = sa.inspect(thing)
    found = {}
    for attribute in recorded_columns(thing.__class__):
        if attribute.key not in state.committed_state:
            continue  # nothing was set, so nothing has changed
        history = state.attrs[attribute.key].history
        if history.has_changes():
            old = history.deleted[0] if history.deleted else None
            new = history.added[0] if history.added else None
            found[name_of_column(attribute)] = (old, new, _is_secret(attribute))
    return found


def _former_values(thing: Any) -> dict[str, tuple[Any, None, bool]]:
    """The values of a record that was removed."""
    values = {attribute: getattr(thing, attribute.key) for attribute in recorded_columns(thing.__class__)}
    return {name_of_column(one): (old, None, _is_secret(one)) for one, old in values.items() if old is not None}


def _is_secret(attribute: Any) -> bool:
    return bool(attribute.columns[0].info.get("secret"))
