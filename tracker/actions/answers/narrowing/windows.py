"""The windows of every disclosure and claim of some cases, read together: two statements, however many there are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload

from tracker.actions.access.exposure import Span, ends_of, span_of, whole_span
from tracker.analysis.coverage import UNKNOWN, coverage_line
from tracker.analysis.exposure import Window, first_of
from tracker.analysis.moments import Moment
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version


@dataclass(frozen=True)
class Subject:
    """A disclosure, or a claim of it that is matched to a version, with its windows and what ends them.

    `repeats`: what it says had appeared before, in a disclosure that it repeats. `unresolved` counts the ways in which
    any material of the case may spread and that nobody has resolved.
    """

    disclosure: Disclosure
    claim: Claim | None
    spans: Sequence[Span]
    end: str
    repeats: bool
    unresolved: int

    @property
    def key(self) -> str:
        """`d1`, `c1.2`."""
        return f"c{self.disclosure.number}.{self.claim.number}" if self.claim else f"d{self.disclosure.number}"

    @property
    def windows(self) -> tuple[Window, ...]:
        """Those of its versions."""
        return tuple(span.window for span in self.spans)

    def coverage(self, known: Sequence[int], nameless: int) -> list[str]:
        """How complete a result is that rests on so many known holders of each span; `nameless` logs name nobody."""
        return [
            f"{span.version.heading}: {span.version.coverage_line(number, nameless)}"
            if span.version is not None
            else coverage_line(number, None, UNKNOWN, self.unresolved + nameless)
            for span, number in zip(self.spans, known, strict=True)
        ]


@dataclass(frozen=True)
class _Materials:
    """The materials of one case: its versions by id, and when each material was created."""

    versions: Mapping[int, Version]
    created: Sequence[Moment]

    def spans(self, claims: Sequence[Claim], end: Moment) -> list[Span]:
        """The windows of the versions that the claims name, or the one over everything."""
        named = {claim.version_id for claim in claims if claim.version_id is not None}
        both = [self.versions[key].with_corrections() for key in named]
        spans = {newest.id: span_of(newest, ids, end) for newest, ids in both}
        return [spans[key] for key in sorted(spans)] or [whole_span(self.created, end)]


def subjects_of(cases: Sequence[Case]) -> list[Subject]:
    """Each disclosure of these cases in the order of its number, with its matched claims after it."""
    materials = _read_materials(cases)
    every = sa.select(Disclosure).where(Disclosure.case_id.in_([case.id for case in cases]))
    every = every.options(defer(Disclosure.text), joinedload(Disclosure.claims), joinedload(Disclosure.derivations))
    disclosures = db.session().scalars(every.order_by(Disclosure.case_id, Disclosure.number)).unique().all()
    repeats: dict[int, dict[int, Disclosure]] = defaultdict(dict)
    for one in disclosures:
        for derivation in one.derivations:
            repeats[derivation.origin_id][one.id] = one
    return [
        subject
        for one in disclosures
        for subject in _subjects(one, list(repeats[one.id].values()), materials[one.case_id])
    ]


def _subjects(one: Disclosure, repeats: Sequence[Disclosure], materials: _Materials) -> Iterator[Subject]:
    ends = ends_of(one, sorted(repeats, key=lambda other: other.number))
    end = first_of(when for _, when in ends)
    label = next((label for label, when in ends if when.latest == end.latest), "")
    again = {derivation.claim_id for derivation in one.derivations}  # None: it repeats another as a whole
    matched = [claim for claim in one.claims if claim.version_id is not None]
    ways = sum(len(version.unresolved) for version in materials.versions.values())
    yield Subject(one, None, materials.spans(matched, end), label, None in again, ways)
    for claim in matched:
        yield Subject(one, claim, materials.spans([claim], end), label, bool({None, claim.id} & again), ways)


def _read_materials(cases: Sequence[Case]) -> dict[int, _Materials]:
    """The materials by the id of their case, with versions and the ways these may spread, without texts."""
    every = sa.select(Material).where(Material.case_id.in_([case.id for case in cases])).order_by(Material.number)
    loaded = joinedload(Material.versions)
    every = every.options(loaded.defer(Version.text), loaded.joinedload(Version.coverage))
    by_case: dict[int, list[Material]] = {case.id: [] for case in cases}
    for one in db.session().scalars(every).unique():
        by_case[one.case_id].append(one)
    return {case: _gather(some) for case, some in by_case.items()}


def _gather(materials: Sequence[Material]) -> _Materials:
    versions = {version.id: version for material in materials for version in material.versions}
    return _Materials(versions, [material.created for material in materials])
