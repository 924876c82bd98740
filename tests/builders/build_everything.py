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
from tests.builders.everything import ROOMS
from tracker.actions.access import access_records, people, recusal, whereabouts
from tracker.actions.case import cases, roles
from tracker.actions.disclosure import (
    aliases,
    captures,
    claims,
    conflicts,
    disclosures,
    materials,
    official_releases,
    versions,
)
from tracker.actions.disclosure.versions import Content
from tracker.analysis.logs.files.csv_file import sniff
from tracker.analysis.moments import Moment, stated
from tracker.audit.doors import action, now
from tracker.base import db
from tracker.imports import reading, whole_import
from tracker.imports.check import check
from tracker.imports.plan import Plan
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.recusal_questions import RecusalQuestion
from tracker.models.access.words import Channel, IdentifierKind, Level, LogKind, LogState
from tracker.models.case.cases import Case
from tracker.models.case.words import ProtectionResult, Role
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.words import AliasKind, Confidence, CopyForm, HoldersKnown, Medium, Point
from tracker.models.register.accounts import Account
from tracker.policy import Permission

UNKNOWN = Moment.of()


def furnish() -> None:
    """Record everything, and put up Walt's recusal last."""
    for reference, who, times in (("LK-AAAA", "ines", 1), ("LK-BBBB", "ivo", 3)):
        for number in range(1, times + 1):
            record(world.case(reference), who, number)
    receive(world.case(), "ines", file_of("LK-AAAA", 2))
    cases.record_protection_check(
        world.person("cora"), world.case(), result=ProtectionResult.PROCEED, answered_on="2018-03-21", reason="No claim"
    )
    roles.offer_role(world.person("lena"), world.case(), email=world.email("ivo"), role=Role.OBSERVER)
    walts = [("email", world.email("walt"))]
    people.add_person(world.person("ines"), world.case(), name="Walt", post="Desk officer", unit="", identifiers=walts)
    for reference, who, times in (("LK-AAAA", "ines", 1), ("LK-BBBB", "ivo", 3)):
        for number in range(1, times + 1):
            merge_and_part(world.person(who), world.case(reference), number=number)
            ask_about_cora(world.person(who), world.case(reference))


@action(Permission.RECORD_PERSON, "person.merged")
def merge_and_part(account: Account, case: Case, *, number: int) -> PersonMerge:
    """Two people who were said to be one and are parted again, whatever else is recorded of them."""
    first, second, *_ = db.session().scalars(Person.of(case).order_by(Person.number))
    about = {"by": account, "at": now(), "parted_at": now(), "parted_by": account, "why_parted": "They met."}
    merge = PersonMerge(case=case, number=number, person=second, same_as=first, reason="The same badge.", **about)
    db.session().add(merge)
    return merge


@action(Permission.IMPORT_LOG, "recusal.asked")
def ask_about_cora(account: Account, case: Case) -> RecusalQuestion:
    """What is asked before an import recuses everybody who settles recusals, whatever else the log would do."""
    log = db.session().scalars(AccessLog.of(case).order_by(AccessLog.number)).first()
    about = world.email("cora"), "cora+post@tracker.example"
    return recusal.ask(case, world.person("cora"), *about, log=log, by_id=account.id)


def record(case: Case, who: str, number: int) -> None:
    """One of every thing, as the `number`th of its kind."""
    material = record_material(case, who, number)
    seen = record_person(case, who, number)
    record_disclosure(case, who, number)
    access_records.record_access(
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


def receive(case: Case, who: str, path: Path, kind: LogKind = LogKind.ACCESS) -> AccessLog:
    """Put a file into the store and say what it is; it waits to be tried."""
    dialect = sniff(path)
    mapping, _ = reading.propose_mapping(path, dialect, kind.value, None)
    plan = Plan(dialect, replace(mapping, zone="UTC"), IdentifierKind.EMAIL)
    reliability = {"system": "Portal", "obtained_from": "Registry", "gaps": "none", "clock_offset": "0"}
    whole = {"obtained": UNKNOWN, "covers_since": UNKNOWN, "covers_until": UNKNOWN}
    return whole_import.receive_file(
        current_app.extensions["files"], world.person(who), case, kind, path, plan, {**reliability, **whole}
    )


def import_log(case: Case, who: str, path: Path, kind: LogKind = LogKind.ACCESS) -> None:
    """Import a file in one go."""
    log = receive(case, who, path, kind)
    report = check(path, Plan.of(log), case)
    whole_import.import_log(current_app.extensions["files"], world.person(who), log, report)
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
    aliases.add_alias(world.person(who), material, kind=AliasKind.PATH, value=rf"S:\Briefing\cards-{number}.docx")
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
    official_releases.record_release(ines, case, by="Press office", title="Readout", text="They spoke.")
    conflicts.record_conflict(
        ines, disclosure, field="published", value="21:55", source="Web archive", confidence=Confidence.MEDIUM
    )
    return disclosure
