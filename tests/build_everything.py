"""One of every thing in LK-AAAA and three of every thing in LK-BBBB, recorded by actions: for tests that look at all.

A test asks for it with `@pytest.mark.furnished`. Number 3 of a thing exists in LK-BBBB only. Of access logs LK-AAAA has
a second one, which waits to be read. At the end Walt turns out to be a person of LK-AAAA, and Ivo, who is proposed as
its observer, has not answered.
"""

import io
from dataclasses import replace
from pathlib import Path

from flask import current_app

from tests import world
from tests.everything import ROOMS
from tracker.actions import (
    accesses,
    captures,
    cases,
    claims,
    disclosures,
    duties,
    materials,
    people,
    rivals,
    versions,
    whereabouts,
)
from tracker.actions.versions import Content
from tracker.analysis.csvfile import sniff
from tracker.analysis.moments import Moment, stated
from tracker.imports import reading, taking
from tracker.imports.check import check
from tracker.imports.plan import Plan
from tracker.models.cases import Case
from tracker.models.disclosures import Disclosure
from tracker.models.logs import AccessLog
from tracker.models.materials import Material
from tracker.models.people import Person
from tracker.models.words.accesses import Channel, Level
from tracker.models.words.disclosures import Medium
from tracker.models.words.duties import Duty
from tracker.models.words.logs import LogKind, LogState
from tracker.models.words.materials import CopyForm, HoldersKnown, Point
from tracker.models.words.people import IdentifierKind
from tracker.models.words.rivals import Confidence
from tracker.models.words.screening import ScreenResult

UNKNOWN = Moment.of()


def furnish() -> None:
    """Record everything, and put up Walt's wall last."""
    for reference, who, times in (("LK-AAAA", "ines", 1), ("LK-BBBB", "ivo", 3)):
        for number in range(1, times + 1):
            record(world.case(reference), who, number)
    receive(world.case(), "ines", file_of("LK-AAAA", 2))
    cases.answer_screen(
        world.person("cora"), world.case(), result=ScreenResult.PROCEED, answered_on="2018-03-21", reason="No claim"
    )
    duties.assign_user(world.person("lena"), world.case(), email=world.email("ivo"), duty=Duty.OBSERVER)
    walts = [("email", world.email("walt"))]
    people.add_person(world.person("lena"), world.case(), name="Walt", post="Desk officer", unit="", identifiers=walts)


def record(case: Case, who: str, number: int) -> None:
    """One of every thing, as the `number`th of its kind."""
    material = record_material(case, who, number)
    seen = record_person(case, who, number)
    record_disclosure(case, who, number)
    accesses.record_access(
        world.person(who), case, person=seen, material=material, level=Level.E3, channel=Channel.OPENED,
        since=stated("2018-03-20 19:15", "UTC"), until=UNKNOWN, source="Portal", note="",
    )  # fmt: skip
    whereabouts.record_whereabouts(
        world.person(who), case, person=seen, place=f"Room {number}",
        since=stated("2018-03-20 19:00", "UTC"), until=stated("2018-03-20 20:00", "UTC"), source="Doors", note="",
    )  # fmt: skip

    import_log(case, who, file_of(case.reference, number))
    for room in ROOMS:
        room.furnish(case, who, number)


def file_of(reference: str, number: int) -> Path:
    """A small access log of the case, on disk."""
    path = Path(current_app.config["SETTINGS"].instance) / f"portal-{reference}-{number}.csv"
    path.write_text(
        f"Since,Person,Material,Channel,Level\n2018-03-20T18:1{number}:00Z,{address(reference, 1)},CARDS-1,opened,E3\n"
    )
    return path


def receive(case: Case, who: str, path: Path) -> AccessLog:
    """Put a file into the store and say what it is; it waits to be tried."""
    dialect = sniff(path)
    mapping, _ = reading.proposed(path, dialect, LogKind.ACCESS.value, None)
    plan = Plan(dialect, replace(mapping, zone="UTC"), IdentifierKind.EMAIL)
    fitness = {"system": "Portal", "obtained_from": "Registry", "gaps": "none", "clock_offset": "0"}
    whole = {"obtained": UNKNOWN, "covers_since": UNKNOWN, "covers_until": UNKNOWN}
    return taking.received(
        current_app.extensions["files"], world.person(who), case, LogKind.ACCESS, path, plan, {**fitness, **whole}
    )


def import_log(case: Case, who: str, path: Path) -> None:
    """Import a file in one go."""
    log = receive(case, who, path)
    report = check(path, Plan.of(log), case)
    taking.taken_in(current_app.extensions["files"], world.person(who), log, report)
    if log.state is not LogState.VISIBLE:
        raise RuntimeError(log.failure or str(report))


def address(reference: str, number: int) -> str:
    """The address of a person of a case."""
    return f"aide{number}.{reference}@office.example".lower()


def record_material(case: Case, who: str, number: int) -> Material:
    """A material with a version that keeps its text, a copy and an unresolved way of spreading."""
    material = materials.register_material(
        world.person(who), case, identifier=f"CARDS-{number}", title="Notecards", marking="internal",
        created=stated("2018-03-19", "UTC"),
    )  # fmt: skip
    stored = current_app.extensions["files"].put(io.BytesIO(f"cards {number}".encode()))
    version = versions.record_version(
        world.person(who), material, label="v1", settings=current_app.config["SETTINGS"], made=UNKNOWN,
        content=Content(
            text="Do not congratulate", file=stored, file_name="cards.txt", reason="Short, and needed to compare"
        ),
        holders_known=HoldersKnown.ABOUT, holders=95,
    )  # fmt: skip
    materials.record_copy(
        world.person(who), material, form=CopyForm.PAPER, holder="Registry", version=version, label="1/4", mark=""
    )
    materials.record_coverage(world.person(who), version, point=Point.UNLOGGED_PRINTER, note="Room 4")
    return material


def record_person(case: Case, who: str, number: int) -> Person:
    """A person with two identifiers."""
    known = [("email", address(case.reference, number)), ("badge", f"B-{number}")]
    return people.add_person(
        world.person(who), case, name=f"Name {number}", post="Aide", unit="Press", identifiers=known
    )


def record_disclosure(case: Case, who: str, number: int) -> Disclosure:
    """A disclosure with a claim, a capture and what a second source says of it."""
    ines = world.person(who)
    disclosure = disclosures.record_disclosure(
        ines, case, outlet=f"The Paper {number}", title="What was said", medium=Medium.NEWSPAPER,
        published=stated("2018-03-20 22:00", "UTC"), url="https://paper.example/1", text="He was told not to.",
    )  # fmt: skip
    claims.record_claim(ines, disclosure, quote="He was told not to.")
    stored = current_app.extensions["files"].put(io.BytesIO(f"a picture of page {number}".encode()))
    captures.record_capture(ines, disclosure, name="page.png", sha256=stored.sha256, size=stored.size)
    rivals.record_rival(
        ines, disclosure, field="published", value="21:55", source="Web archive", confidence=Confidence.MEDIUM
    )
    return disclosure
