"""The question of exposure, asked of the record: which window, which rows, how complete. Rows are summed up in SQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.actions.checks import must_be_available
from tracker.analysis.coverage import UNKNOWN, coverage_line
from tracker.analysis.exposure import NOT_KNOWN, Exposure, Row, Standing, Window, exposure, first_of
from tracker.analysis.moments import Moment, Precision
from tracker.analysis.pitfalls import Eliminated, LogFacts, of_eliminations, of_exposure
from tracker.analysis.times import LENGTH
from tracker.audit.doors import action
from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.eliminations import Elimination, logs_named
from tracker.models.access.people import Person, pseudonym
from tracker.models.access.words import LogKind, LogState, Strength
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.derivations import Derivation
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Coverage, Version
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.READ_EXPOSURE, "exposure.read", changes=False)
def read_exposure(reader: Account, subject: Disclosure | Claim) -> None:
    """Note that somebody opens the answer; while the protected-disclosure check blocks it, nobody does."""
    must_be_available(subject.case)


@dataclass(frozen=True)
class Span:
    """A window, and what it is of: a version, or every material of the case when no claim names one."""

    window: Window
    begins: str
    version: Version | None = None


@dataclass(frozen=True)
class Answer:
    """Who had access before it came out, with everything that must be said beside it."""

    spans: list[Span]
    ends: list[tuple[str, Moment]]
    end: Moment
    exposure: Exposure
    people: dict[int, Person]
    coverage: list[str]
    pitfalls: list[str]
    eliminations: dict[int, list[Elimination]]
    origins: list[Disclosure]

    @property
    def versioned(self) -> bool:
        """Whether it matters which version a row names."""
        return any(span.window.versions is not None for span in self.spans)

    @property
    def recorded(self) -> bool:
        """Whether there is any row at all, inside the window or not."""
        return any(one.first is not None for one in self.exposure.placed)


def who_had_access(disclosure: Disclosure, claims: Sequence[Claim]) -> Answer:
    """Answer for the versions that `claims` of this disclosure name; for every material when they name none."""
    case = disclosure.case
    ends = ends_of(disclosure)
    end = first_of(moment for _, moment in ends)
    spans = _spans(case, claims, end)
    windows = [span.window for span in spans]
    people = {person.number: person for person in db.session().scalars(Person.of(case).options(*_NUMBER_ONLY))}
    rows = grouped_rows(case, windows, {person.id: number for number, person in people.items()})
    eliminating = eliminations_of(disclosure, claims)
    found = exposure(people, rows, windows, eliminating)
    coverage = [_coverage(case, span, exposure(people, rows, [span.window])) for span in spans]
    start = first_of(window.start for window in windows)
    logs = db.session().scalars(AccessLog.of(case).order_by(AccessLog.number)).all()
    pitfalls = [*of_exposure(start, end, _reliability(logs)), *of_eliminations(eliminated_by(found, eliminating, logs))]
    return Answer(spans, ends, end, found, people, coverage, pitfalls, eliminating, _origins_of(disclosure))


def windows_of(disclosure: Disclosure, claims: Sequence[Claim]) -> list[Window]:
    """The windows of the versions that `claims` of a disclosure name, or the one over everything."""
    end = first_of(moment for _, moment in ends_of(disclosure))
    return [span.window for span in _spans(disclosure.case, claims, end)]


_NUMBER_ONLY = (sa.orm.load_only(Person.number, Person.case_id),)


def eliminations_of(disclosure: Disclosure, claims: Sequence[Claim]) -> dict[int, list[Elimination]]:
    """By number of the person the confirmed eliminations by which they are eliminated for these claims.

    One of the whole disclosure eliminates for each of its claims; those of single claims only if none of these is left.
    """
    asked = Elimination.of(disclosure.case).where(Elimination.disclosure_id == disclosure.id)
    whole = (sa.orm.joinedload(Elimination.person), sa.orm.joinedload(Elimination.reviews))
    confirmed: dict[int, list[Elimination]] = {}
    for one in db.session().scalars(asked.options(*whole).order_by(Elimination.number)).unique():
        if one.confirmation is not None:
            confirmed.setdefault(one.person.number, []).append(one)
    wanted = {claim.id for claim in claims}
    return {number: found for number, found in confirmed.items() if _cover(found, wanted)}


def _cover(eliminations: list[Elimination], wanted: set[int]) -> bool:
    claims = {one.claim_id for one in eliminations}
    return None in claims or (bool(wanted) and wanted <= claims)


def ends_of(disclosure: Disclosure) -> list[tuple[str, Moment]]:
    """What may have ended the window, as far as it is recorded; the earliest of them did."""
    known = [("request for comment", disclosure.comment_requested), ("publication", disclosure.published)]
    if not disclosure.published and disclosure.first_seen:
        seen = Moment.of(None, disclosure.first_seen.latest, disclosure.first_seen.offset, Precision.BEFORE)
        known.append(("publication, known only to be before it was first seen", seen))
    known += [(f"repeated by disclosure {one.number}", one.published) for one in _repeats_of(disclosure)]
    return [(label, moment) for label, moment in known if moment]


def _origins_of(disclosure: Disclosure) -> list[Disclosure]:
    """What it is derived from, as a whole or in a claim."""
    ids = sa.select(Derivation.origin_id).where(Derivation.disclosure_id == disclosure.id)
    return list(db.session().scalars(sa.select(Disclosure).where(Disclosure.id.in_(ids)).order_by(Disclosure.number)))


def _repeats_of(disclosure: Disclosure) -> list[Disclosure]:
    """What is derived from it, as a whole or in a claim."""
    ids = sa.select(Derivation.disclosure_id).where(Derivation.origin_id == disclosure.id)
    return list(db.session().scalars(sa.select(Disclosure).where(Disclosure.id.in_(ids)).order_by(Disclosure.number)))


def _spans(case: Case, claims: Sequence[Claim], end: Moment) -> list[Span]:
    whole = sa.orm.joinedload(Version.material).selectinload(Material.versions).joinedload(Version.coverage)
    ids_named = {claim.version_id for claim in claims if claim.version_id is not None}
    if not ids_named:
        return [_everything(case, end)]
    named = sa.select(Version).where(Version.id.in_(ids_named)).options(whole)
    spans = {
        newest.id: _span(newest, ids, end) for newest, ids in map(Version.with_corrections, db.session().scalars(named))
    }
    return [spans[key] for key in sorted(spans)]


def _span(version: Version, ids: frozenset[int], end: Moment) -> Span:
    material = version.material
    corrected = {row.corrects_id for row in material.versions}
    only = sum(row.id not in corrected for row in material.versions) == 1
    if version.made:
        start, begins = version.made, f"{version.heading} was made"
    elif material.created:
        start, begins = material.created, f"{material.identifier} was created"
    else:
        start, begins = NOT_KNOWN, f"when {version.heading} was made is not recorded"
    return Span(Window(start, end, material.id, None if only else ids), begins, version)


def _everything(case: Case, end: Moment) -> Span:
    created = [material.created for material in db.session().scalars(Material.of(case))]
    if created and all(created):
        return Span(Window(first_of(created), end), "the first material of the case was created")
    return Span(Window(NOT_KNOWN, end), "when the materials were created is not recorded")


def grouped_rows(case: Case, windows: Sequence[Window], numbers: dict[int, int]) -> list[Row]:
    """The counted rows, those that weigh the same in these windows as one; `numbers` are those of the people by id.

    Alike are rows of one person and level on the same side of the window's start; of those only the earliest matters.
    """
    found = db.session().execute(sa.union_all(*(_alike(case, at, window) for at, window in enumerate(windows)))).all()
    return [
        Row(
            numbers[row.person_id],
            row.level,
            _moment(row.since_earliest, row.since_latest),
            _moment(row.until_earliest, row.until_latest),
            windows[row.at].material,
            row.version_id,
        )
        for row in found
        if row.person_id in numbers
    ]


def _alike(case: Case, at: int, window: Window) -> sa.Select[Any]:
    columns: Any = AccessRecord.__table__.c
    least = [sa.func.min(columns[f"{name}_{end}"]).label(f"{name}_{end}") for name, end in _BOUNDS]
    unnamed = columns.version_id.is_(None).label("unnamed")
    select = sa.select(
        sa.literal(at).label("at"), columns.person_id, sa.type_coerce(columns.level, sa.String).label("level"), unnamed,
        sa.func.min(columns.version_id).label("version_id"), *_sides(columns, window), *least,
    )  # fmt: skip
    select = select.where(columns.case_id == case.id, AccessRecord.counted(), AccessRecord.uncorrected())
    if window.material is not None:
        select = select.where(columns.material_id == window.material)
    if window.versions is not None:
        select = select.where(sa.or_(columns.version_id.in_(window.versions), columns.version_id.is_(None)))
    return select.group_by(columns.person_id, columns.level, "unnamed", "began", "lasted")


_BOUNDS = [(name, end) for name in ("since", "until") for end in ("earliest", "latest")]


def _sides(columns: Any, window: Window) -> tuple[Any, Any]:
    """Whether a row that names no version may mean the window's; and on which side of its start the row ended."""
    start = window.start
    began: Any = sa.literal(1)
    ended = [(columns.until_precision == Precision.UNKNOWN.value, 0)]
    if start.earliest:
        there = sa.or_(columns.version_id.is_not(None), columns.since_latest >= start.earliest)
        began = sa.case((there, 1), else_=0)
        ended.append((columns.until_latest < start.earliest, 1))
    if start.latest:
        ended.append((columns.until_earliest < start.latest, 2))
    return began.label("began"), sa.case(*ended, else_=3).label("lasted")


def _moment(earliest: Any, latest: Any) -> Moment:
    """The bounds as a moment, as precise as they are far apart."""
    if earliest is None or latest is None:
        return Moment.of(None, latest, None, Precision.BEFORE if latest else Precision.UNKNOWN)
    length = latest - earliest
    precision = next((word for word, its in LENGTH.items() if its == length), Precision.BETWEEN)
    return Moment.of(earliest, latest, None, precision)


def _coverage(case: Case, span: Span, found: Exposure) -> str:
    if span.version is not None:
        return f"{span.version.heading}: {span.version.coverage_line(found.shown)}"
    open_ways = sa.select(sa.func.count()).where(Coverage.case_id == case.id, Coverage.resolved_at.is_(None))
    return coverage_line(found.shown, None, UNKNOWN, db.session().scalar(open_ways) or 0)


def eliminated_by(
    found: Exposure, eliminations: dict[int, list[Elimination]], logs: Iterable[AccessLog]
) -> Iterable[Eliminated]:
    """Whoever is eliminated: how strongly at best, whether rows show access all the same, on which reverted logs."""
    reverted = {log.number for log in logs if log.state is LogState.REVERTED}
    for one in found.of(Standing.ELIMINATED):
        theirs = eliminations[one.person]
        named = sorted(reverted & {number for each in theirs for number in logs_named(each.evidence)})
        weak = all(elimination.strength is Strength.X3 for elimination in theirs)
        yield Eliminated(pseudonym(one.person), weak, one.shown, tuple(f"L{number}" for number in named))


def _reliability(logs: Iterable[AccessLog]) -> Iterable[LogFacts]:
    for log in logs:
        if log.state is LogState.VISIBLE and log.kind is LogKind.ACCESS:
            yield LogFacts(f"L{log.number}", log.clock_offset, log.gaps, log.covers_since, log.covers_until)
