"""A case filled with an inquiry of a given size, through the models: people, interviews, exhibits, findings and more.

Actions of the benchmark add the rows, a hundred at a time, and seal what is sealed: the audit log of a case that was
filled is as sound as any.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tests import world
from tests.builders.build_columns import filled
from tracker.analysis.identifiers.near import name_key, near_key
from tracker.analysis.identifiers.written import fold_identifier
from tracker.audit.doors import action, now
from tracker.audit.sealing import store_text
from tracker.base import db
from tracker.models.access.eliminations import Elimination
from tracker.models.access.people import Identifier, Person
from tracker.models.access.words import IdentifierKind
from tracker.models.case.cases import Case
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.findings.citations import Citation
from tracker.models.findings.comments import Comment
from tracker.models.findings.decisions import Decision
from tracker.models.findings.findings import Finding
from tracker.models.findings.replies import Reply
from tracker.models.findings.reviews import Review
from tracker.models.findings.revisions import FindingRevision
from tracker.models.findings.words import Bearing, FindingState
from tracker.models.inquiry.addenda import Addendum
from tracker.models.inquiry.custody import CustodyEntry
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.interviews import Interview, Presence
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.models.inquiry.press_contacts import PressContact
from tracker.models.inquiry.words import ExhibitForm
from tracker.models.sealed import Sealed
from tracker.policy import Permission

AT_ONCE = 100
NUMBERED: tuple[Any, ...] = (
    Person, Interview, Exhibit, Finding, PressContact, LineOfInquiry, Elimination, Decision, Citation, Review,
)  # fmt: skip


@dataclass(frozen=True)
class Inquiry:
    """How much of each there is; contacts, lines, eliminations and decisions are as many as interviews."""

    people: int
    interviews: int
    heard: int
    exhibits: int
    findings: int


EXAMPLE = Inquiry(people=24, interviews=14, heard=12, exhibits=40, findings=8)  # about what an example case holds
FULL = Inquiry(people=300, interviews=120, heard=97, exhibits=2_000, findings=200)


def fill(case: Case, size: Inquiry) -> None:
    """Fill the case up; it has a disclosure already."""
    builder = _Builder(case)
    _in_batches(case, size.people, builder.person)
    _in_batches(case, size.interviews, lambda number: builder.interview(number % size.heard))
    _in_batches(case, size.exhibits, builder.exhibit)
    _in_batches(case, size.findings, builder.finding)
    _in_batches(case, size.interviews, builder.more)


def _in_batches(case: Case, times: int, build: Callable[[int], Iterator[Any]]) -> None:
    for start in range(0, times, AT_ONCE):
        _record(world.person("ines"), case, numbers=range(start, min(start + AT_ONCE, times)), build=build)


@action(Permission.RECORD_INTERVIEW, "trial.filled")
def _record(_teller: Any, _case: Case, *, numbers: range, build: Callable[[int], Iterator[Any]]) -> None:
    """Add what is built for each number, and seal what is sealed, all with one flush each."""
    session, things = db.session(), []
    for number in numbers:
        for thing in build(number):
            session.add(thing)
            things.append(thing)
    session.flush()
    for thing in things:
        if isinstance(thing, Sealed):
            store_text(session, thing)


class _Builder:
    """Builds the things of one case; each kind is numbered after those that are there."""

    def __init__(self, case: Case) -> None:
        self.case_id, self.first = case.id, {}
        for model in NUMBERED:
            highest = sa.select(sa.func.max(model.number)).where(model.case_id == case.id)
            self.first[model] = (db.session().scalar(highest) or 0) + 1
        self.disclosure_id = db.session().scalars(sa.select(Disclosure.id).where(Disclosure.case_id == case.id)).first()
        self.hypothesis_id = db.session().scalars(sa.select(Hypothesis.id).where(Hypothesis.case_id == case.id)).first()

    def one(self, model: Any, number: int, **facts: Any) -> Any:
        """A thing of the case: the `number`th that is built, from 0, or a part under its own number."""
        return filled(
            model, world.person("ines"), world.case(), "A ", number=self.first.get(model, 1) + number, **facts
        )

    def row(self, model: Any, number: int) -> Any:
        """A thing that was built before."""
        where = (model.case_id == self.case_id, model.number == self.first[model] + number)
        return db.session().scalars(sa.select(model).where(*where)).one()

    def person(self, number: int) -> Iterator[Any]:
        """A person with a badge."""
        name, badge = f"Name {number}", f"F-{number:04}"
        about = {"_name": name, "_name_near": name_key(name), "post": f"Clerk {number}", "unit": "Registry"}
        yield (person := self.one(Person, number, **about))
        folded = fold_identifier(badge)
        facts = {
            "kind": IdentifierKind.BADGE,
            "_value": badge,
            "_value_folded": folded,
            "_value_near": near_key(folded),
        }
        yield Identifier(case=world.case(), person=person, **facts)

    def interview(self, whom: int) -> Iterator[Any]:
        """A signed interview with two who were there and an addendum."""
        number = self._next(Interview)
        person = self.row(Person, whom)
        yield (interview := self.one(Interview, number, person=person, narrative="Nothing of it. " * 400))
        for place in range(2):
            yield self.one(Presence, place, interview=interview)
        yield self.one(Addendum, 0, interview=interview)

    def exhibit(self, number: int) -> Iterator[Any]:
        """A sealed object that was handed over twice."""
        yield (exhibit := self.one(Exhibit, number, form=ExhibitForm.OBJECT, title=f"Envelope {number}"))
        exhibit.sha256 = exhibit.size = None
        for place in range(2):
            yield self.one(CustodyEntry, place, exhibit=exhibit)

    def finding(self, number: int) -> Iterator[Any]:
        """A finding with five citations, approved by the reviewer, with a comment and a reply."""
        person = self.row(Person, number % max(self._count(Person), 1))
        yield (finding := self.one(Finding, number, person=person, state=FindingState.APPROVED, revision=1))
        for place in range(5):
            exhibit = self.row(Exhibit, (5 * number + place) % self._count(Exhibit))
            cited = {"exhibit": exhibit, "bearing": list(Bearing)[place % 2]}
            citation = self.one(Citation, self._next(Citation), **cited)
            finding.citations.append(citation)
            yield citation
        db.session().flush()
        finding.text_sha256 = finding.compute_sha256()
        about = {"revision": 1, "text_sha256": finding.text_sha256}
        told = {"finding": finding, "text": finding.text(), **about}
        yield filled(FindingRevision, world.person("ines"), world.case(), "A ", **told)
        yield self.one(Comment, 0, finding=finding)
        yield self.one(Reply, 0, finding=finding)
        facts = {"reviewer_id": world.person("rhea").id, "finding_id": finding.id}
        yield self.one(Review, self._next(Review), **facts, **about)

    def more(self, number: int) -> Iterator[Any]:
        """A contact, a line of inquiry, an elimination and a decision."""
        person = self.row(Person, number % self._count(Person))
        yield self.one(PressContact, number, person=person)
        yield self.one(LineOfInquiry, number, hypothesis_id=self.hypothesis_id)
        yield self.one(Elimination, number, person=person, disclosure_id=self.disclosure_id)
        yield self.one(Decision, number, at=now())

    def _next(self, model: Any) -> int:
        """The number of the next one, from 0."""
        db.session().flush()
        return self._count(model)

    def _count(self, model: Any) -> int:
        here = (model.case_id == self.case_id, model.number >= self.first[model])
        return db.session().scalar(sa.select(sa.func.count(model.id)).where(*here)) or 0
