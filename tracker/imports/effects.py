"""What an import would change in the answer to who had access: the people with confirmed access, before and after.

The rows are weighed as the record is: `tracker.analysis.exposure` says which row shows what.
"""

from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple

from tracker.actions.access.exposure import eliminations_of, read_exposure, windows_of
from tracker.actions.access.standings import high_text, ranks_of_people
from tracker.actions.access.subjects import first_subject
from tracker.analysis.exposure import SHOWN, Row, Standing, Window, range_words
from tracker.analysis.logs import rows
from tracker.base import db
from tracker.gates import withheld_reason
from tracker.imports.materials import Ids
from tracker.imports.report import LEAST, Report, moment_of
from tracker.imports.who.matches import Match
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.register.accounts import Account
from tracker.policy import Permission, allows

CONFIRMED = SHOWN.index(Standing.CONFIRMED)
Ranks = tuple[int, int]  # places in SHOWN: as far as is sure, and with imprecise times taken the other way
_NONE: Ranks = (len(SHOWN), len(SHOWN))


class Effect(NamedTuple):
    """How many people have confirmed access, at least and at most, before an import and after it.

    `claim` is empty where the numbers are of a whole disclosure.
    """

    disclosure: int
    claim: int | None
    before: tuple[int, int]
    after: tuple[int, int]

    @property
    def words(self) -> str:
        """The sentence of it, which ends with the numbers after the import."""
        of = f"Disclosure {self.disclosure}"
        about = f"Claim C{self.claim} of disclosure {self.disclosure}" if self.claim else of
        now, then = range_words(*sorted(self.before)), range_words(*sorted(self.after))
        return f"{about}, people with confirmed access: {now} now, {then} afterwards."


class Effects:
    """Counts rows that would be imported into the answer that is shown first: of the first protected claim, if any."""

    def __init__(self, case: Case) -> None:
        first = None if withheld_reason(case) else first_subject(case)
        self.place: tuple[int, int | None] | None = None
        self.windows: list[Window] = []
        self.numbers: dict[int, int] = {}
        self.found: dict[Hashable, Ranks] = {}
        self.done: set[Hashable] = set()
        if first is not None:
            disclosure, claim = first
            claims = [claim] if claim else disclosure.claims
            self.windows = windows_of(disclosure, claims)
            self.ends = [high_text(window.end) for window in self.windows]
            self.place = disclosure.number, claim.number if claim else None
            self.numbers, self.ranks = ranks_of_people(case, self.windows)
            self.eliminated = {*eliminations_of(disclosure, claims)[0]}

    def add(self, row: rows.Row, match: Match, ids: Ids) -> None:
        """One row that would be imported. Somebody unsure may be known: they count only among "at most"."""
        who: Hashable = self.numbers.get(match.person_id) if match.person_id else match.newcomer or match.key
        for at, window in enumerate(self.windows):
            key = who, row.level, ids.version, at
            if key in self.done or window.material not in {None, ids.material} or (row.since[0] or "") > self.ends[at]:
                continue
            shown = window.weigh(Row(0, row.level or LEAST, moment_of(row.since), moment_of(row.until), *ids[:2]))
            if shown is None:
                continue
            sure, otherwise = (SHOWN.index(one) for one in shown)
            if sure == otherwise or not window.end:  # no other row of this level shows more
                self.done.add(key)
            known = self.found.get(who, _NONE)
            self.found[who] = min(known[0], sure if not match.why else len(SHOWN)), min(known[1], otherwise)

    def effect(self) -> Effect | None:
        """What the rows change; None where no answer is open in the case, or nothing to ask about is recorded."""
        if self.place is None:
            return None
        after: dict[Hashable, Ranks] = dict(self.ranks.items())
        for who, ranks in self.found.items():
            known = after.get(who, _NONE)
            after[who] = min(known[0], ranks[0]), min(known[1], ranks[1])
        return Effect(*self.place, self._count(self.ranks), self._count(after))

    def _count(self, ranks: Mapping[Any, Ranks]) -> tuple[int, int]:
        counted = [one for who, one in ranks.items() if who not in self.eliminated]
        return sum(sure == CONFIRMED for sure, _ in counted), sum(other == CONFIRMED for _, other in counted)


def read_effect(reader: Account, case: Case, report: Report) -> tuple[str, Disclosure | Claim] | None:
    """The sentence of an effect and what it is about, for somebody who may know, which is noted; None else."""
    if not report.access or withheld_reason(case) or not allows(reader, Permission.READ_EXPOSURE, case):
        return None
    effect = Effect(*report.access)
    disclosure = db.session().scalars(Disclosure.of(case).where(Disclosure.number == effect.disclosure)).one()
    subject = next((one for one in disclosure.claims if one.number == effect.claim), disclosure)
    read_exposure(reader, subject)
    return effect.words, subject
