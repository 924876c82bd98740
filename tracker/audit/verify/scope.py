"""Which part of the record is verified: all of it, or what is new and a seventh of the rest."""

from dataclasses import dataclass

PARTS = 7  # of the rest, one each day: in a week all of it


@dataclass(frozen=True)
class Scope:
    """Everything; or the records that entries name after `after`, and of the others those of a day of the week."""

    after: int | None = None
    day: int = 0

    def condition(self, kind: str, key: str) -> str:
        """SQL that says whether a record, whose key is in the column `key`, is to be looked at."""
        if self.after is None:
            return "1 = 1"
        newer = f"SELECT n.record_id FROM audit_record n WHERE n.kind = '{kind}' AND n.seq > {self.after}"
        return f"({key} % {PARTS} = {self.day} OR {key} IN ({newer}))"

    def covers(self, key: int, seq: int) -> bool:
        """The same of a record with this key, of which this entry is the newest."""
        return self.after is None or seq > self.after or key % PARTS == self.day


EVERYTHING = Scope()
