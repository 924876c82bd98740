"""A recorded change against the same change without the audit log; and how long it keeps others from writing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.figures import Figure, ratio, side_by_side, typical
from benchmarks.scratch import opened
from tests import world
from tracker.actions.access.access_records import record_access
from tracker.actions.case import cases
from tracker.actions.disclosure import claims, disclosures
from tracker.analysis.moments import stated
from tracker.audit.doors import now
from tracker.base import db, turns
from tracker.base.config import Settings
from tracker.models.access.access_records import AccessRecord
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.register.accounts import Account
from tracker.policy import Permission, allows

TIMES, LONGEST_HELD, PATIENCE = 200, 5, 10.0


def figures(settings: Settings) -> Iterator[Figure]:
    """Lena changes a case and a claim again and again; the like of it in Ivo's case is changed without an entry."""
    with opened(settings):
        lena, case, ivo, other = world.person("lena"), world.case(), world.person("ivo"), world.case("LK-BBBB")
        claim, his = db.session().scalars(sa.select(Claim)).first(), _claim(ivo, other)

        def edit_case() -> None:
            cases.edit_case(lena, case, lock_version=case.lock_version, title=_new())

        def edit_claim() -> None:
            claims.edit_claim(lena, claim, lock_version=claim.lock_version, quote=_new())

        for name, change, plain in (
            ("change of a case", edit_case, lambda: _change_plainly(ivo, other, "title", Permission.EDIT_CASE)),
            ("change of a claim", edit_claim, lambda: _change_plainly(ivo, his, "quote", Permission.RECORD_DISCLOSURE)),
        ):
            with _hold_times() as held:
                floor, found = typical(side_by_side(TIMES, plain, change))
            held.sort()
            yield ratio(f"{name}, recorded", found, floor, "<= 1.5", "ms")
            late = held[int(len(held) * 0.95)]
            yield Figure(f"{name}, lock held (95 %)", f"{late:.1f} ms", "", late, f"<= {LONGEST_HELD} ms")
    yield from _additions(settings)


def _additions(settings: Settings) -> Iterator[Figure]:
    """Ines adds access records; Ivo adds the like of them to his case without an entry."""
    with opened(settings):
        ines, case, ivo, other = world.person("ines"), world.case(), world.person("ivo"), world.case("LK-BBBB")
        first = db.session().scalars(sa.select(AccessRecord).order_by(AccessRecord.id)).first()
        assert first is not None
        facts: dict[str, Any] = {
            "person": first.person, "material": first.material, "version": first.version, "level": first.level,
            "since": first.since, "until": first.until,
        }  # fmt: skip

        def add() -> None:
            record_access(ines, case, source="", note=_new(), **facts)

        floor, found = typical(side_by_side(TIMES, lambda: _add_plainly(ivo, other, facts), add))
        yield ratio("adding an access record, recorded", found, floor, "<= 1.5", "ms")


def _add_plainly(actor: Any, case: Case, facts: dict[str, Any]) -> None:
    """What `record_access` does, but for its entry."""
    with _writing() as session:
        session.expire_all()
        session.refresh(actor)
        session.refresh(case, with_for_update=True)
        session.info.pop("roles", None)
        assert allows(actor, Permission.RECORD_ACCESS, case)
        case.accesses_numbered += 1
        session.add(AccessRecord(case=case, number=case.accesses_numbered, by=actor, at=now(), note=_new(), **facts))
        session.flush()
        session.commit()


def _claim(lead: Account, case: Case) -> Claim:
    disclosure = disclosures.record_disclosure(lead, case, outlet="A daily", appeared=stated("2018-03-01", "UTC"))
    return claims.record_claim(lead, disclosure, quote="What came out.")


def _new() -> str:
    return f"Said at {time.monotonic_ns()}"


def _change_plainly(actor: Any, thing: Any, name: str, needs: Permission) -> None:
    """Lock, reread, permission, what rests on it, flush, commit: what any program does that is as careful, unlogged."""
    with _writing() as session:
        case = thing.case
        session.expire_all()
        session.refresh(actor)
        session.refresh(case, with_for_update=True)
        if not isinstance(thing, Case):
            session.refresh(thing)
        session.info.pop("roles", None)
        assert allows(actor, needs, thing)
        if isinstance(thing, Claim):
            assert not claims.records_citing(thing)
        setattr(thing, name, _new())
        thing.lock_version += 1
        session.flush()
        session.commit()


_turn = turns.turn_to_write


@contextmanager
def _writing() -> Iterator[Session]:
    """The turn to write and a transaction in it, as an action has them."""
    session = db.session()
    session.rollback()
    with _turn(db.engine(), PATIENCE):
        session.info["writing"] = True
        try:
            yield session
        finally:
            del session.info["writing"]


@contextmanager
def _hold_times() -> Iterator[list[float]]:
    """The milliseconds for which each recorded change kept its turn to write."""
    found: list[float] = []

    @contextmanager
    def timed(engine: sa.Engine, *waiting: Any) -> Iterator[None]:
        with _turn(engine, *waiting):
            began = time.perf_counter()
            try:
                yield
            finally:
                found.append((time.perf_counter() - began) * 1000)

    turns.turn_to_write = timed
    try:
        yield found
    finally:
        turns.turn_to_write = _turn
