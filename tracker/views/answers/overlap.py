"""The overlap of several disclosures, also of other cases that its reader may read: observed beside by chance."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from tracker.actions.answers.narrowing.overlap import MOST_IN_PAIRS, Common, Gathered, Group, gather, read_overlap
from tracker.analysis.cells import guard
from tracker.analysis.narrowing.overlap import Who
from tracker.analysis.pitfalls import OF_OVERLAP
from tracker.audit.as_of.present import stood
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.base.text import counted
from tracker.exports.bundle import OPPORTUNITY
from tracker.exports.results import Kept, Result
from tracker.gates import withheld_reason
from tracker.models.access.people import Person, pseudonym
from tracker.models.case.cases import Case
from tracker.models.disclosure.disclosures import Disclosure
from tracker.policy import Permission, allows
from tracker.views.answers.narrowing.asked import words_of
from tracker.web.guard import Area, me
from tracker.web.limits.export_turns import take_turn
from tracker.web.lists import Tab, must_be_asked_here, register
from tracker.web.places import this_page
from tracker.web.rendering import page
from tracker.web.transfer.formats import ENDINGS, asked_filter
from tracker.web.transfer.results import send_result

area = Area("overlap", __name__)
ONE_CASE = "An earlier record holds one case alone. Remove the other cases, or go back to now."
MOST_CASES, LISTED = 3, 100  # other cases at once, and people by pseudonym
REFERENCE = re.compile(r"LK-[0-9A-Z]{4,13}")
HEADER = (
    "disclosures", "people_each", "people_in_all", "by_function", "others", "expected_by_chance", "chance_at_least",
    "chance_at_most", "people", "people_by_function", "read_this",
)  # fmt: skip
register(area, Disclosure, "overlap", tab=Tab.ACCESS, title="Overlap", endpoint="of_case")


@dataclass
class Asked:
    """Which other cases the address asks for, and which disclosures it leaves out; `fault` is said at the field."""

    case: Case
    others: list[Case] = field(default_factory=list)
    off: list[str] = field(default_factory=list)
    typed: str = ""
    fault: str = ""

    @classmethod
    def read(cls, case: Case) -> "Asked":
        """What `cases` and `off` of the address say."""
        asked = cls(case, off=words_of("off"), typed=request.args.get("cases", "").strip()[:200])
        named = [word.upper() for word in words_of("cases") if word.upper() != case.reference]
        if wrong := next((word for word in named if not REFERENCE.fullmatch(word)), None):
            asked.fault = f"Enter references such as LK-7QX4, with commas between them. {wrong[:20]} is no reference."
        elif len(set(named)) > MOST_CASES:
            asked.fault = f"Enter at most {MOST_CASES} other cases at once."
        elif named and stood():
            asked.fault = ONE_CASE
        elif named:
            asked.others, asked.fault = _find_cases(list(dict.fromkeys(named)))
        return asked

    def url(self, *, off: Iterable[str] | None = None, end: str = "") -> str:
        """The address with other disclosures left out; `end` is that of a file."""
        query = self.query(off=off)
        return f"{this_page()}{end}?{query}" if query else f"{this_page()}{end}"

    def query(self, *, off: Iterable[str] | None = None) -> str:
        """What such an address asks for; empty for all disclosures of this case alone."""
        left_out = ",".join(self.off if off is None else off)
        args = {"cases": ",".join(one.reference for one in self.others), "off": left_out}
        return urlencode({name: text for name, text in args.items() if text}, safe=",")


def _find_cases(references: Sequence[str]) -> tuple[list[Case], str]:
    """The cases of these references that the reader may ask, or the sentence that says which one they may not."""
    some = Case.visible_to(me()).where(Case.reference.in_(references)).options(joinedload(Case.protection_checks))
    known = {one.reference: one for one in db.session().scalars(some).unique()}
    for reference in references:
        one = known.get(reference)
        if one is None or not allows(me(), Permission.READ_EXPOSURE, one):
            return [], f"You have no access to a case {reference}. Remove it."
        if why := withheld_reason(one):
            return [], f"{reference}: {why}"
    return [known[reference] for reference in references], ""


class Overlap:
    """The disclosures of the cases that are asked for, compared."""

    def __init__(self, asked: Asked) -> None:
        ids = [one.id for one in (asked.case, *asked.others)]
        self.cases = {one.id: one for one in db.session().scalars(sa.select(Case).where(Case.id.in_(ids)))}
        self.asked, self.case = asked, asked.case
        self.gathered: Gathered = gather([self.cases[one] for one in ids])
        self.chosen = [group for group in self.gathered.groups if self.key_of(group) not in asked.off]
        self.rows: list[Common] = list(self.gathered.compare(self.chosen))

    @classmethod
    def read(cls, asked: Asked) -> "Overlap":
        """The same, once it is recorded in each of the cases that somebody reads it."""
        for one in (*asked.others, asked.case):  # the page then knows the roles in its own case
            read_overlap(me(), one)
        return cls(asked)

    def key_of(self, group: Group) -> str:
        """`d1`, or `LK-7QX4.d1` of another case."""
        reference = group.subject.disclosure.case.reference
        return group.subject.key if reference == self.case.reference else f"{reference}.{group.subject.key}"

    def name_of(self, group: Group) -> str:
        """`D1`, or `LK-7QX4 D1` of another case."""
        return self.key_of(group).replace(".", " ").replace("d", "D")

    def toggled(self, group: Group) -> str:
        """The address with this disclosure left out, or put back."""
        key = self.key_of(group)
        off = self.asked.off
        return self.asked.url(off=[one for one in off if one != key] if key in off else [*off, key])

    def is_off(self, group: Group) -> bool:
        """Whether it is left out."""
        return self.key_of(group) in self.asked.off

    def names(self, row: Common) -> str:
        """The disclosures of a row."""
        return ", ".join(map(self.name_of, row.groups))

    def pseudonyms(self, people: Iterable[Who]) -> list[str]:
        """`P-014`, or `P-014 = LK-7QX4 P-003` of somebody who is known in two of the cases."""
        return [" = ".join(self.pseudonym(who) for who in self.known_as[one]) for one in sorted(people)]

    def pseudonym(self, who: Who) -> str:
        """The word for somebody, with the reference of a case that is not this one."""
        case_id, number = who
        other = "" if case_id == self.case.id else f"{self.cases[case_id].reference} "
        return f"{other}{pseudonym(number)}"

    @property
    def sentences(self) -> tuple[str, str]:
        """The answer of all disclosures: who is observed before them, and how many by chance."""
        if not self.rows:
            return "Fewer than two disclosures can be compared.", ""
        all_of = self.rows[0]
        functions, others, chance = len(all_of.by_function), len(all_of.others), all_of.chance
        between = f"{chance.low:,}" if chance.low == chance.high else f"{chance.low:,} to {chance.high:,}"
        people = counted(len(self.gathered.everybody), "person", "people")
        observed = f"{all_of.observed:,} of {people} may have had access before all {len(all_of.groups)} disclosures."
        return observed, (
            f"{functions:,} {'has' if functions == 1 else 'have'} it by function, so "
            f"{counted(others, 'other person is', 'other people are')} observed. By chance, {chance.expected:.1f} "
            f"would be expected, in most cases {between}."
        )

    @cached_property
    def known_as(self) -> Mapping[Who, list[Who]]:
        """By the first of them all that one person is in these cases, in this case before the others."""
        found: dict[Who, list[Who]] = {}
        for who, first in sorted(self.gathered.same.first.items(), key=lambda both: (both[0][0] != self.case.id, both)):
            found.setdefault(first, []).append(who)
        return found

    @property
    def coverage(self) -> list[str]:
        """How complete the lists of the disclosures are that count."""
        return [f"{self.name_of(group)}: {line}" for group in self.chosen for line in group.coverage]

    @cached_property
    def posts(self) -> Mapping[Who, str]:
        """The posts of those who are listed."""
        both = [some for row in self.rows[:1] for some in (row.by_function, row.others)]
        listed = [who for some in both for who in sorted(some)[:LISTED]]
        some = sa.tuple_(Person.case_id, Person.number).in_(listed)
        asked = sa.select(Person.case_id, Person.number, Person.post).where(some)
        return {(case, number): post for case, number, post in db.session().execute(asked)} if listed else {}


@area.route("/cases/<ref:case>/overlap", needs=Permission.READ_EXPOSURE, of=Case)
def of_case(case: Case) -> ResponseReturnValue:
    """The overlap; while person-level results are withheld, the sentence that says so."""
    if shut := withheld_reason(case):
        return page("answers/overlap/show.html", shut=shut)
    overlap = Overlap.read(Asked.read(case))
    return page(
        "answers/overlap/show.html", shut=None, overlap=overlap, asked=overlap.asked, pitfalls=OF_OVERLAP,
        most=LISTED, most_in_pairs=MOST_IN_PAIRS,
    )  # fmt: skip


@area.route(f"/cases/<ref:case>/overlap.{ENDINGS}", needs=Permission.READ_EXPOSURE, of=Case, endpoint="file")
def file_of_case(case: Case) -> ResponseReturnValue:
    """The same as a file; that it leaves is recorded first."""
    must_be_asked_here(case)
    with take_turn():
        asked = Asked.read(case)
        if asked.fault:
            abort(422, asked.fault)
        overlap = Overlap.read(asked)
        return send_result(case, "overlap", HEADER, _cells(overlap), filter=asked_filter())


def keep_overlap(case: Case) -> Kept:
    """The same as a snapshot keeps it: of one case, for whoever reads that case reads the snapshot."""
    asked = Asked.read(case)
    if asked.fault or asked.others:
        raise Refused(asked.fault or "A snapshot holds one case. Remove the other cases, then keep the result.", "of")
    overlap = Overlap(asked)
    result = Result(" ".join(overlap.sentences).strip(), overlap.coverage, OF_OVERLAP)
    return Kept("Overlap of disclosures", "overlap", asked.query(), result, HEADER, list(_cells(overlap)))


def _cells(overlap: Overlap) -> Iterator[tuple[Any, ...]]:
    """A row for each comparison. Names never leave."""
    for row in overlap.rows:
        yield (
            guard(overlap.names(row)), "; ".join(str(len(group.people)) for group in row.groups), row.observed,
            len(row.by_function), len(row.others), f"{row.chance.expected:.2f}", row.chance.low, row.chance.high,
            ";".join(overlap.pseudonyms(row.others)), ";".join(overlap.pseudonyms(row.by_function)), OPPORTUNITY,
        )  # fmt: skip
