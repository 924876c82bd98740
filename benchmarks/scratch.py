"""Scratch instances of two sizes: two cases told by actions, then rows by the driver.

The rows go round the audit log's doors, which is quick; nothing but a benchmark may do that.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlcipher3 import dbapi2 as sqlite

from tests import world
from tests.builders import build_material
from tests.machinery.instances import copied
from tracker import create_app
from tracker.actions.access import access_records
from tracker.actions.disclosure import claims, disclosures
from tracker.analysis.moments import Moment, sql_text, stated
from tracker.audit.doors import action
from tracker.audit.entries import Entry, Origin
from tracker.base import db
from tracker.base.config import Settings
from tracker.cli.founding import prepare
from tracker.models.access.words import Level
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditEntry
from tracker.policy import Permission

PEOPLE, MATERIALS, VERSIONS, ENTRIES = 200, 3, 3, 3
FROM, DAYS = datetime(2018, 3, 1, tzinfo=UTC), timedelta(days=60)
BUSIEST = 10  # every so many accesses are those of P-001


@dataclass(frozen=True)
class Size:
    """How many accesses lie in LK-AAAA, and how many cases Lena leads."""

    access_records: int
    cases: int


SMALL, LARGE = Size(1_000, 100), Size(1_000_000, 15_000)


def found_instance(folder: Path) -> Settings:
    """A new instance below `folder` with two cases, the people of the tests, and 200 people of LK-AAAA."""
    settings = prepare(folder / "founded" / "instance")
    with opened(settings):
        world.build()
        _tell()
    return settings


def grow_instance(base: Settings, size: Size) -> Settings:
    """A copy of `base` of this size, beside it; Lena leads every case of it but one."""
    settings = copied(base, base.instance.parent.with_name(f"grown-{size.access_records}"))
    plain = sqlite.connect(str(settings.instance / "tracker.db"))
    for pragma in ("synchronous = OFF", "journal_mode = MEMORY", "cache_size = -600000"):
        plain.execute(f"PRAGMA {pragma}")
    chance = random.Random(size.access_records)  # the same rows every time
    with plain:
        _multiply_accesses(plain, size.access_records, chance)
        _multiply_cases(plain, size.cases)
    plain.close()
    with opened(settings):
        commit_to_case(world.person("lena"), world.case())
    return settings


@action(Permission.EDIT_CASE, "case.changed")
def commit_to_case(_lead: Account, case: Case) -> None:
    """Say in the audit log what the case is, whose counter was set past it: no action writes over it otherwise."""
    db.session().info["entry"].commit_to(case)


def spread_accesses(settings: Settings, people: int) -> None:
    """Give the accesses of a register to so many people of LK-AAAA, each about as many."""
    plain = sqlite.connect(str(settings.instance / "tracker.db"))
    for pragma in ("synchronous = OFF", "journal_mode = MEMORY", "cache_size = -600000"):
        plain.execute(f"PRAGMA {pragma}")
    person = read_row(plain, "SELECT * FROM person WHERE case_id = 1 ORDER BY number DESC")
    (known, last) = plain.execute("SELECT count(*), max(id) FROM person WHERE case_id = 1").fetchone()
    more = range(1, people - known + 1)
    index = "ix_access_person_since"  # made anew afterwards, which is quicker
    (make,) = plain.execute("SELECT sql FROM sqlite_master WHERE name = ?", [index]).fetchone()
    with plain:
        insert_rows(plain, "person", person, (person | {"id": last + n, "number": person["number"] + n} for n in more))
        plain.execute("CREATE TEMP TABLE theirs AS SELECT row_number() OVER () AS n, id FROM person WHERE case_id = 1")
        plain.execute("CREATE UNIQUE INDEX temp.theirs_n ON theirs (n)")
        plain.execute(f"DROP INDEX {index}")
        chosen = "SELECT theirs.id FROM theirs WHERE n = access_record.id * 7919 % ? + 1"
        plain.execute(f"UPDATE access_record SET person_id = ({chosen}) WHERE case_id = 1", [people])
        plain.execute(make)
    plain.close()


@contextmanager
def opened(settings: Settings) -> Iterator[Flask]:
    """The program over an instance, its context pushed; the database is let go of afterwards."""
    app = create_app(settings)
    with app.app_context():
        yield app
    db.release()


def _tell() -> None:
    """What the rows hang on: people, materials with versions, one access, one claim."""
    ines, case = world.person("ines"), world.case()
    people = [build_material.person(post=f"Clerk {number}") for number in range(PEOPLE)]
    materials = [build_material.material(f"FILE-{number}") for number in range(MATERIALS)]
    versions = [build_material.version(material) for material in materials for _ in range(VERSIONS // MATERIALS)]
    began = stated("2018-03-01 09:00", "UTC")
    facts: dict[str, Any] = {"material": materials[0], "version": versions[0], "copy": None, "channel": None}
    access_records.record_access(
        ines, case, person=people[0], level=Level.E3, since=began, until=Moment.of(), source="", note="seen", **facts
    )
    disclosure = disclosures.record_disclosure(ines, case, outlet="A daily", appeared=began)
    claims.record_claim(ines, disclosure, quote="What came out.")


def _multiply_accesses(plain: Any, wanted: int, chance: random.Random) -> None:
    """More accesses like the one that was recorded, one after the other, to people and materials by chance."""
    first = read_row(plain, "SELECT * FROM access_record")
    versions = plain.execute("SELECT id, material_id FROM version").fetchall()
    people = [number for (number,) in plain.execute("SELECT id FROM person ORDER BY id")]

    def rows() -> Iterator[dict[str, Any]]:
        for number in range(first["id"] + 1, first["id"] + wanted):
            at = sql_text(FROM + number * DAYS / wanted)
            version, material = chance.choice(versions)
            who = people[0] if number % BUSIEST == 0 else chance.choice(people)
            yield first | {
                "id": number, "number": number, "person_id": who, "version_id": version, "material_id": material,
                "since_earliest": at, "since_latest": at, "note": f"row {number}",
            }  # fmt: skip

    insert_rows(plain, "access_record", first, rows())
    plain.execute("UPDATE cases SET accesses_numbered = ?", [wanted])


def _multiply_cases(plain: Any, wanted: int) -> None:
    """More cases with Lena as their lead, each with a few entries in the audit log that continue its chain."""
    case = read_row(plain, "SELECT * FROM cases WHERE reference = 'LK-AAAA'")
    lead = read_row(plain, "SELECT * FROM assignment WHERE case_id = ? AND role = 'lead'", case["id"])
    more = [
        case
        | {"id": number, "reference": f"LK-C{number:06}", "title": f"Inquiry {number}"}
        | dict.fromkeys(("opened", "changed"), sql_text(FROM + timedelta(minutes=number)))
        for number in range(1_000, 1_000 + wanted - 1)
    ]
    insert_rows(plain, "cases", case, iter(more))
    insert_rows(plain, "assignment", lead, (lead | {"id": one["id"], "case_id": one["id"]} for one in more))
    _extend_audit_log(plain, more)


def _extend_audit_log(plain: Any, cases: list[dict[str, Any]]) -> None:
    last = read_row(plain, "SELECT * FROM audit ORDER BY seq DESC")
    (uid,) = plain.execute("SELECT uid FROM account WHERE email_folded = ?", [world.email("lena")]).fetchone()
    lines, details, at = [], [], datetime.now(UTC) - timedelta(days=30)
    seq, entry_hash = last["seq"], last["entry_hash"]
    for cseq in range(1, ENTRIES + 1):
        for case in cases:
            seq, at = seq + 1, at + timedelta(milliseconds=10)
            entry = Entry("case.changed", uid, case["reference"], f"cases:{case['id']}", Origin())
            entry.changed = {f"cases:{case['id']}": {"title": ["", case["title"]]}}
            line, detail, _ = entry.complete(seq, entry_hash, cseq, at)
            entry_hash = line["entry_hash"]
            lines.append(line)
            details.append({"seq": seq, **(detail or {})})
    insert_rows(plain, AuditEntry.__tablename__, last, iter(lines))
    insert_rows(plain, "audit_detail", details[0], iter(details))


def read_row(plain: Any, select: str, *values: Any) -> dict[str, Any]:
    """The first row of a select, by its columns."""
    found = plain.execute(f"{select} LIMIT 1", values)
    return dict(zip([column[0] for column in found.description], found.fetchone(), strict=True))


def insert_rows(plain: Any, table: str, like: dict[str, Any], rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows that have the columns of `like`, past every action."""
    names = ", ".join(f'"{name}"' for name in like)
    marks = ", ".join("?" * len(like))
    plain.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", ([row[n] for n in like] for row in rows))
