"""A list of people as a file: each line is one person, with post, unit, involvement and every identifier."""

from collections.abc import Iterable, Iterator

from tracker.actions.checks import must_be_fair
from tracker.analysis.identifiers.lists import IdentifierFault, read_identifiers
from tracker.analysis.identifiers.written import fold_identifier, plain_form
from tracker.analysis.logs.files.headers import normal
from tracker.analysis.logs.rows import Fault, Row
from tracker.audit.doors import Refused
from tracker.imports.plan import Plan
from tracker.imports.who.matches import Match
from tracker.imports.who.people import People
from tracker.models.access.words import IdentifierKind, Involvement
from tracker.models.case.cases import Case

LONGEST = 200  # characters of a post and of a unit
INVOLVEMENTS = {normal(word): one for one in Involvement for word in (one.value, one.label)} | {"": None}


class PeopleList(People):
    """Who the people of a list are: as People, but that a line with several identifiers is about one person."""

    def __init__(self, case: Case, plan: Plan) -> None:
        super().__init__(case, plan)
        self.ours = {"person", "involvement", "identifier"} <= set(plan.mapping.columns)
        self._pairs: list[tuple[str, str]] = []
        self._lines: dict[tuple[str, int], int] = {}

    def read(self, row: Row) -> Match:
        """The person of a line; its `fault` says why there is none."""
        try:
            self._pairs = read_identifiers(row.identifier, IdentifierKind)
        except IdentifierFault as fault:
            return Match(row.person_key, row.name, is_plain=False, fault=str(fault))
        marks = {fold_identifier(value): IdentifierKind(kind) for kind, value in self._pairs}
        first = self._pairs[0][1] if self._pairs else ""
        key = first if row.identifier and row.person_key == row.identifier else row.person_key
        met = next((self.newcomers[mark] for mark in marks if mark in self.newcomers), None)
        match = Match(key, row.name, newcomer=met) if met else self._match(key, first, row.name)
        before = self._lines.setdefault(match.who, row.line) if not match.why else row.line
        if before != row.line:
            return Match(key, row.name, fault=f"Line {before} names the same person. Give each person one line.")
        if match.newcomer is not None:
            self.kinds |= {mark: kind for mark, kind in marks.items() if mark in match.newcomer.marks}
            post, unit, involvement = row.more
            match.newcomer.facts = {
                "post": post, "unit": unit, "involvement": INVOLVEMENTS[normal(involvement)] or Involvement.RECIPIENT,
            }  # fmt: skip
        self[row.person_key, row.identifier, row.name] = match
        return match

    def _marks(self, key: str, identifier: str, name: str) -> dict[str, str]:
        """All identifiers of the line."""
        further = {fold_identifier(value): plain_form(value) for _, value in self._pairs}
        return super()._marks(key, identifier, name) | further


def match_people(rows: Iterable[Row | Fault], people: PeopleList) -> Iterator[tuple[Row, Match] | Fault]:
    """Each line with its person, or why it cannot be imported."""
    for row in rows:
        if isinstance(row, Fault):
            yield row
        elif why := _objection(row):
            yield Fault(row.line, *why)
        else:
            match = people.read(row)
            if match.fault:
                yield Fault(row.line, "", match.key[:200], match.fault)
            else:
                yield row._replace(place=row.more[0] or row.more[1]), match


def _objection(row: Row) -> tuple[str, str, str] | None:
    """What is wrong with the words of a line: column, value and reason."""
    post, unit, involvement = row.more
    if normal(involvement) not in INVOLVEMENTS:
        words = ", ".join(Involvement)
        return "involvement", involvement[:200], f'"{involvement[:60]}" is not an involvement. Choose from {words}.'
    for field, text in (("post", post), ("unit", unit)):
        if len(text) > LONGEST:
            return field, text[:200], f"A {field} can have at most {LONGEST} characters, not {len(text)}."
    try:
        must_be_fair(row.name, post, unit)
    except Refused as refused:
        return "", "", str(refused)
    return None
