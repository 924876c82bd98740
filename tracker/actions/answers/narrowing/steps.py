"""The steps of a narrowing, asked of the record: the windows of claims and disclosures, the confirmed eliminations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy.orm import joinedload

from tracker.actions.access.exposure import reliability_of
from tracker.actions.answers.narrowing.people import Inside, People, read_people
from tracker.actions.answers.narrowing.windows import Subject, subjects_of
from tracker.actions.checks import must_be_available
from tracker.analysis.exposure import NOT_KNOWN, first_of
from tracker.analysis.narrowing.steps import Numbers, Step
from tracker.analysis.pitfalls import OF_NARROWING, Eliminated, of_eliminations, of_exposure
from tracker.audit.doors import action
from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.eliminations import Elimination, logs_named
from tracker.models.access.words import LogState, Strength
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.policy import Permission

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@action(Permission.READ_EXPOSURE, "narrowing.read", changes=False)
def read_narrowing(reader: Account, case: Case) -> None:
    """Note that somebody opens it; while the protected-disclosure check blocks it, nobody does."""
    must_be_available(case)


@dataclass(frozen=True)
class Ground:
    """What a step goes by: the windows before a disclosure or claim with their coverage, or an elimination."""

    step: Step
    subject: Subject | None = None
    elimination: Elimination | None = None
    coverage: Sequence[str] = ()

    @property
    def kind(self) -> str:
        """`disclosure`, `claim` or `elimination`."""
        if self.subject is None:
            return "elimination"
        return "claim" if self.subject.claim else "disclosure"


@dataclass(frozen=True)
class Grounds:
    """Everybody of a case by number, and each ground to set some of them aside, in the order of the record.

    `repeats` are no steps: what they say was out before.
    """

    people: Numbers
    steps: Sequence[Ground]
    repeats: Sequence[Subject]
    pitfalls: Sequence[str]


def read_grounds(case: Case) -> Grounds:
    """The steps of a case. The claims of a disclosure stand for it; without a matched claim it stands for itself."""
    every = subjects_of([case])
    matched = {one.disclosure.id for one in every if one.claim}
    subjects = [one for one in every if one.claim or one.disclosure.id not in matched]
    people = read_people({case: [window for one in every for window in one.windows]})
    everybody = _numbers(people.everybody)
    logs = db.session().scalars(AccessLog.of(case).order_by(AccessLog.number)).all()
    nameless = sum(log.names_nobody for log in logs)
    eliminations = _read_eliminations(case)
    steps = [_of_subject(one, people, everybody, nameless) for one in subjects if not one.repeats]
    steps += [_of_elimination(one, everybody) for one in eliminations]
    inside = {one.disclosure.id: people.inside(case.id, one.windows) for one in every if not one.claim}
    pitfalls = [*OF_NARROWING, *_of_windows(subjects, logs), *of_eliminations(_eliminated(eliminations, inside, logs))]
    return Grounds(everybody, steps, [one for one in subjects if one.repeats], pitfalls)


def _of_subject(one: Subject, people: People, everybody: Numbers, nameless: int) -> Ground:
    case_id = one.disclosure.case_id
    inside = people.inside(case_id, one.windows)
    step = Step(one.key, everybody - _numbers(inside.may), everybody - _numbers(inside.sure))
    return Ground(step, subject=one, coverage=one.coverage(people.count(case_id, one.windows), nameless))


def _of_elimination(one: Elimination, everybody: Numbers) -> Ground:
    """A number that counts as another person eliminates nobody."""
    number = everybody & {one.person.number}
    return Ground(Step(f"e{one.number}", number, number, one.strength is Strength.X1), elimination=one)


def _read_eliminations(case: Case) -> list[Elimination]:
    """The confirmed ones in their order."""
    every = Elimination.of(case).options(joinedload(Elimination.person), joinedload(Elimination.reviews))
    found = db.session().scalars(every.order_by(Elimination.number)).unique()
    return [one for one in found if one.state == "confirmed"]


def _of_windows(subjects: Sequence[Subject], logs: Sequence[AccessLog]) -> list[str]:
    windows = [window for one in subjects for window in one.windows]
    last = max(
        (window.end for window in windows if window.end), key=lambda end: end.latest or LONG_AGO, default=NOT_KNOWN
    )
    return of_exposure(first_of(window.start for window in windows), last, reliability_of(logs))


def _eliminated(
    eliminations: Sequence[Elimination], inside: dict[int, Inside], logs: Sequence[AccessLog]
) -> Iterator[Eliminated]:
    """Each person once: how strongly at best, whether records show access all the same, on which reverted logs."""
    reverted = {log.number for log in logs if log.state is LogState.REVERTED}
    by_person = sorted(eliminations, key=lambda one: one.person.number)
    for number, some in groupby(by_person, key=lambda one: one.person.number):
        theirs = list(some)
        named = sorted(reverted & {log for one in theirs for log in logs_named(one.evidence)})
        shown = any((one.case_id, number) in inside[one.disclosure_id].may for one in theirs)
        weak = all(one.strength is Strength.X3 for one in theirs)
        yield Eliminated(theirs[0].person.pseudonym, weak, shown, tuple(f"L{log}" for log in named))


def _numbers(people: frozenset[tuple[int, int]] | set[tuple[int, int]]) -> Numbers:
    return frozenset(number for _, number in people)
