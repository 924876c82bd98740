"""What a page shows of a text compared with the versions of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from tracker.actions.answers.comparison.copies import Copies, copies_against
from tracker.actions.answers.comparison.corpus import Compared as Version
from tracker.actions.answers.comparison.corpus import Corpus
from tracker.analysis.comparison.passages import Passage, Place
from tracker.analysis.comparison.readings import Reading, Wording, readings_of, wording_of
from tracker.analysis.comparison.standing import Standing, compare, say_result
from tracker.analysis.comparison.texts import Text, bits, read
from tracker.analysis.pitfalls import OF_COMPARISON
from tracker.base.text import counted
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.versions import Version as Known

ROWS, NAMED, PASSAGES = 12, 6, 40  # versions of one standing with their wording; named in a list; passages shown
CLAIMS = 100  # compared at once


@dataclass(frozen=True)
class Row:
    """One version: the published words against it, and the places that agree with it and contradict it."""

    version: Version
    wording: Wording
    held: int
    agree: int
    against: int


@dataclass(frozen=True)
class Group:
    """The versions of one standing: those that are looked at more closely, and the others."""

    standing: Standing
    rows: list[Row]
    others: list[Version]


@dataclass(frozen=True)
class Shown:
    """A passage beside the versions that hold it, by how they read."""

    number: int
    passage: Passage
    readings: list[Reading]
    more: int


class Result:
    """A text compared with the versions of a case, for a page."""

    pitfalls = OF_COMPARISON
    standings = Standing

    def __init__(self, case: Case, text: str, corpus: Corpus) -> None:
        self.case, self.corpus = case, corpus
        self.text: Text = read(text)
        self.found = compare(self.text, corpus.index)

    @cached_property
    def sentence(self) -> str:
        """The answer."""
        return say_result(self.found)

    @cached_property
    def groups(self) -> list[Group]:
        """The versions by standing; within it in the order of the materials."""
        found = []
        for standing, versions in self.found.standings.items():
            if versions:
                others = [self.corpus.versions[one] for one in versions[ROWS:]]
                found.append(Group(standing, [self._row(one) for one in versions[:ROWS]], others))
        return found

    @property
    def sources(self) -> list[Row]:
        """The versions that are looked at more closely, as far as the text may come from them."""
        may_be = (Standing.CONSISTENT, Standing.NOT_DIAGNOSTIC)
        return [row for group in self.groups if group.standing in may_be for row in group.rows]

    @cached_property
    def passages(self) -> list[Shown]:
        """The first passages of the text."""
        some = self.found.passages[:PASSAGES]
        return [Shown(number, one, *readings_of(self.found, one)) for number, one in enumerate(some, 1)]

    @property
    def not_shown(self) -> int:
        """How many passages there are beside those."""
        return max(0, len(self.found.passages) - PASSAGES)

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Numbers of the text that not every version has, and the versions that do."""
        return [(number, self.name(versions)) for number, versions in self.found.numbers]

    @cached_property
    def copies(self) -> Copies:
        """The marked copies."""
        return copies_against(self.case, self.text, self.corpus)

    def says(self, passage: Passage | Place) -> str:
        """The words of a passage or of a place."""
        return self.text.says(passage.first, passage.last)

    def name(self, versions: Sequence[int]) -> str:
        """Some versions by name, and the number of the rest."""
        named = ", ".join(self.corpus.versions[one].heading for one in versions[:NAMED]) or "no version"
        more = len(versions) - NAMED
        return f"{named} and {more:,} more" if more > 0 else named

    def named(self, mask: int) -> str:
        """The same of a set of versions."""
        return self.name(list(bits(mask)))

    def say_places(self, row: Row) -> str:
        """How the quoted places stand to a version."""
        total = len(self.found.places)
        if not row.agree + row.against:
            return "Not diagnostic: no quoted place tells it apart" if row.held else "None quoted"
        contradicts = "contradicts" if row.against == 1 else "contradict"
        agrees = "agrees" if row.agree == 1 else "agree"
        return f"{counted(total, 'place')} quoted: {row.agree} {agrees}, {row.against} {contradicts}"

    def _row(self, version: int) -> Row:
        found = self.found
        about = found.held(version), found.agree(version), found.against(version)
        return Row(self.corpus.versions[version], wording_of(found, version), *about)


def claims_with_checks(case: Case) -> Any:
    """The claims of a case with what is recorded of them, in their order: as many as are compared, and one more."""
    version = joinedload(Claim.version).options(defer(Known.text), joinedload(Known.material))
    some = Claim.of(case).join(Claim.disclosure).order_by(Disclosure.number, Claim.number).limit(CLAIMS + 1)
    return some.options(contains_eager(Claim.disclosure), version, selectinload(Claim.checks))
