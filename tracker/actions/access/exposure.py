"""The question of exposure, asked of the record: which window, how complete, what must be said beside the answer."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from tracker.actions.access.standings import grouped_rows, place_everybody
from tracker.actions.checks import must_be_available
from tracker.analysis.coverage import UNKNOWN, coverage_line
from tracker.analysis.exposure import NOT_KNOWN, Exposure, Placed, Standing, Window, first_of, place_people
from tracker.analysis.moments import Moment, Precision
from tracker.analysis.pitfalls import Eliminated, LogFacts, of_eliminations, of_exposure
from tracker.audit.cache import last_change, remember_of
from tracker.audit.doors import action
from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.eliminations import Elimination, logs_named
from tracker.models.access.people import Person, pseudonym
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.words import LogKind, LogState, Strength
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.derivations import Derivation
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Coverage, Version
from tracker.models.disclosure.words import Point
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
    """Who had access before it came out, with everything that must be said beside it.

    `exposure` places everybody; of the people who are `listed`, by class, it is known too what put them there.
    """

    spans: list[Span]
    ends: list[tuple[str, Moment]]
    end: Moment
    exposure: Exposure
    recorded: bool
    firsts: list[tuple[Standing, Moment]]
    listed: dict[Standing, list[Placed]]
    people: dict[int, Person]
    coverage: list[str]
    pitfalls: list[str]
    eliminations: dict[int, list[Elimination]]
    proposed: dict[int, list[Elimination]]
    origins: list[Disclosure]
    changed: datetime
    ids: dict[int, int]


Choice = Callable[[Exposure], Mapping[Standing, Sequence[int]]]


def who_had_access(
    disclosure: Disclosure,
    claims: Sequence[Claim],
    choose: Choice = lambda found: found.people,
    changed: datetime | None = None,
    say: Callable[[Moment], str] = lambda moment: moment.words,
) -> Answer:
    """Answer for the versions that `claims` of this disclosure name; for every material when they name none.

    Everybody is placed once, which holds until something of the case changes; `choose` says who is to be listed.
    `changed` is when it changed last, if that was read a moment ago; `say` writes a time for the reader.
    """
    case = disclosure.case
    origins, repeats = _find_related(disclosure)
    ends = ends_of(disclosure, repeats)
    end = first_of(moment for _, moment in ends)
    spans = _spans(case, claims, end)
    windows = tuple(span.window for span in spans)
    eliminating, proposed = eliminations_of(disclosure, claims)
    eliminated = frozenset(eliminating)
    changed, asked = changed or last_change(case), (windows, eliminated)
    everybody = remember_of(case, changed, lambda: place_everybody(case, *asked), "everybody", *asked)
    found = everybody.exposure
    chosen = {standing: tuple(numbers) for standing, numbers in choose(found).items()}
    people, ids = _people(case, (number for numbers in chosen.values() for number in numbers))
    placed = remember_of(case, changed, lambda: _place(case, ids, *asked), "placed", tuple(people), *asked)
    listed = {standing: [placed[number] for number in numbers] for standing, numbers in chosen.items()}
    logs = db.session().scalars(AccessLog.of(case).order_by(AccessLog.number)).all()
    nameless = sum(log.names_nobody for log in logs)  # each is an unresolved channel
    coverage = [_coverage(case, span, shown, nameless) for span, shown in zip(spans, everybody.shown, strict=True)]
    pitfalls = of_exposure(first_of(window.start for window in windows), end, reliability_of(logs), say)
    pitfalls += of_eliminations(eliminated_by(found, eliminating, logs))
    return Answer(
        spans, ends, end, found, everybody.recorded, everybody.firsts, listed, people, coverage, pitfalls, eliminating,
        proposed, origins, changed, ids,
    )  # fmt: skip


def windows_of(disclosure: Disclosure, claims: Sequence[Claim]) -> list[Window]:
    """The windows of the versions that `claims` of a disclosure name, or the one over everything."""
    end = first_of(moment for _, moment in ends_of(disclosure))
    return [span.window for span in _spans(disclosure.case, claims, end)]


def _people(case: Case, numbers: Iterable[int]) -> tuple[dict[int, Person], dict[int, int]]:
    """Some people of the case by their numbers; and by id the number as which each of them, or of theirs, counts."""
    merged = sa.and_(PersonMerge.same_as_id == Person.id, PersonMerge.in_force())
    some = sa.select(Person, PersonMerge.person_id).outerjoin(PersonMerge, merged).order_by(Person.number)
    some = some.where(Person.case_id == case.id, Person.counted(), Person.number.in_(list(numbers)))
    some = some.options(sa.orm.load_only(Person.number, Person.case_id, Person.post, Person.unit))
    found = db.session().execute(some).all()
    ids = {one: person.number for person, other in found for one in (person.id, other) if one is not None}
    return {person.number: person for person, _ in found}, ids


def _place(
    case: Case, ids: dict[int, int], windows: Sequence[Window], eliminated: Collection[int]
) -> dict[int, Placed]:
    """Those people with what put them into their classes."""
    rows = grouped_rows(case, windows, ids)
    return {one.person: one for one in place_people(ids.values(), rows, windows, eliminated)}


Eliminations = dict[int, list[Elimination]]  # by the number of the person


def eliminations_of(disclosure: Disclosure, claims: Sequence[Claim]) -> tuple[Eliminations, Eliminations]:
    """The confirmed eliminations by which people are eliminated for these claims, and those proposed for any of them.

    One of the whole disclosure eliminates for each of its claims; those of single claims only if none of these is left.
    """
    asked = Elimination.of(disclosure.case).where(Elimination.disclosure_id == disclosure.id)
    whole = (sa.orm.joinedload(Elimination.person), sa.orm.joinedload(Elimination.reviews))
    by_state: dict[str, Eliminations] = {"confirmed": {}, "proposed": {}}
    wanted = {claim.id for claim in claims}
    for one in db.session().scalars(asked.options(*whole).order_by(Elimination.number)).unique():
        if one.state == "confirmed" or (one.state == "proposed" and one.claim_id in {None, *wanted}):
            by_state[one.state].setdefault(one.person.number, []).append(one)
    confirmed = {number: found for number, found in by_state["confirmed"].items() if _cover(found, wanted)}
    return confirmed, by_state["proposed"]


def _cover(eliminations: list[Elimination], wanted: set[int]) -> bool:
    claims = {one.claim_id for one in eliminations}
    return None in claims or (bool(wanted) and wanted <= claims)


def ends_of(disclosure: Disclosure, repeats: Iterable[Disclosure] | None = None) -> list[tuple[str, Moment]]:
    """What may have ended the window, as far as it is recorded; the earliest of them did. `repeats` it, if known."""
    if repeats is None:
        _, repeats = _find_related(disclosure)
    known = [("request for comment", disclosure.comment_requested), ("publication", disclosure.published)]
    if not disclosure.published and disclosure.first_seen:
        seen = Moment.of(None, disclosure.first_seen.latest, disclosure.first_seen.offset, Precision.BEFORE)
        known.append(("publication, known only to be before it was first seen", seen))
    known += [(f"repeated by disclosure {one.number}", one.published) for one in repeats]
    return [(label, moment) for label, moment in known if moment]


def _find_related(disclosure: Disclosure) -> tuple[list[Disclosure], list[Disclosure]]:
    """What it is derived from, and what is derived from it, as a whole or in a claim; asked for together."""
    related = sa.or_(Derivation.disclosure_id == disclosure.id, Derivation.origin_id == disclosure.id)
    both = (sa.orm.joinedload(Derivation.disclosure), sa.orm.joinedload(Derivation.origin))
    found = db.session().scalars(sa.select(Derivation).where(related).options(*both)).all()
    origins = {one.origin for one in found if one.disclosure is disclosure}
    repeats = {one.disclosure for one in found if one.origin is disclosure}
    return sorted(origins, key=lambda one: one.number), sorted(repeats, key=lambda one: one.number)


def _spans(case: Case, claims: Sequence[Claim], end: Moment) -> list[Span]:
    ids_named = {claim.version_id for claim in claims if claim.version_id is not None}
    if not ids_named:
        return [whole_span([one.created for one in db.session().scalars(Material.of(case))], end)]
    materials = sa.select(Version.material_id).where(Version.id.in_(ids_named))
    whole = (sa.orm.joinedload(Version.material), sa.orm.joinedload(Version.coverage))
    every = sa.select(Version).where(Version.material_id.in_(materials)).order_by(Version.number).options(*whole)
    versions = db.session().scalars(every).unique().all()
    for material in {version.material for version in versions}:
        sa.orm.attributes.set_committed_value(material, "versions", [v for v in versions if v.material is material])
    named = [version for version in versions if version.id in ids_named]
    spans = {newest.id: span_of(newest, ids, end) for newest, ids in map(Version.with_corrections, named)}
    return [spans[key] for key in sorted(spans)]


def span_of(version: Version, ids: frozenset[int], end: Moment) -> Span:
    """That of a version, of which these rows are the corrections."""
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


def whole_span(created: Sequence[Moment], end: Moment) -> Span:
    """That over every material of a case, which were created then."""
    if created and all(created):
        return Span(Window(first_of(created), end), "the first material of the case was created")
    return Span(Window(NOT_KNOWN, end), "when the materials were created is not recorded")


def _coverage(case: Case, span: Span, shown: int, nameless: int) -> str:
    if span.version is not None:
        return f"{span.version.heading}: {span.version.coverage_line(shown, nameless)}"
    open_ways = (Coverage.case_id == case.id, Coverage.resolved_at.is_(None), Coverage.point != Point.GROUP)
    unresolved = db.session().scalar(sa.select(sa.func.count()).where(*open_ways)) or 0
    return coverage_line(shown, None, UNKNOWN, unresolved + nameless)


def eliminated_by(
    found: Exposure, eliminations: dict[int, list[Elimination]], logs: Iterable[AccessLog]
) -> Iterable[Eliminated]:
    """Whoever is eliminated: how strongly at best, whether rows show access all the same, on which reverted logs."""
    reverted = {log.number for log in logs if log.state is LogState.REVERTED}
    for number in found.of(Standing.ELIMINATED):
        theirs = eliminations[number]
        named = sorted(reverted & {number for each in theirs for number in logs_named(each.evidence)})
        weak = all(elimination.strength is Strength.X3 for elimination in theirs)
        yield Eliminated(pseudonym(number), weak, number in found.contradicted, tuple(f"L{number}" for number in named))


def reliability_of(logs: Iterable[AccessLog]) -> Iterable[LogFacts]:
    """What is known of the logs that count."""
    for log in logs:
        if log.state is LogState.VISIBLE and log.kind is LogKind.ACCESS:
            yield LogFacts(f"L{log.number}", log.clock_offset, log.gaps, log.covers_since, log.covers_until)
