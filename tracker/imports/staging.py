"""Laying out the rows of a file where nobody sees them, a batch at a time, so that nobody else waits for long."""

import secrets
import time
from collections.abc import Callable, Iterator
from itertools import count, islice
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from tracker.analysis.logs.access_log import Fault, Tally
from tracker.analysis.logs.rows import is_covered
from tracker.analysis.logs.times.quick import When
from tracker.analysis.moments import sql_text
from tracker.audit import schema
from tracker.audit.doors import Refused, now, staging
from tracker.audit.rows import RowHash, RowsHash, columns_of
from tracker.base import db, turns
from tracker.base.db import EVER_AFTER, EVER_BEFORE
from tracker.base.files import FileStore
from tracker.imports.check import CheckedRow, Nobody, Progress, Record, check_rows, people_of
from tracker.imports.corrections import Correction, corrections, lay_corrections
from tracker.imports.materials import Materials
from tracker.imports.plan import Plan
from tracker.imports.reading import stored_file
from tracker.imports.report import LEAST
from tracker.imports.who.matches import Newcomer, kind_of
from tracker.imports.who.people import People
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Identifier, Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import LogKind
from tracker.models.case.cases import Case
from tracker.models.inquiry.press_contacts import PressContact

BATCH = 2_000
FEW = 20  # people: for each the database looks through all records for one that names them
_SHARED = ("case_id", "number", "line", "part", "repeat_of", "source", "note", "at", "why_corrected",
           *(f"{end}_{part}" for end in ("since", "until") for part in ("earliest", "latest", "offset", "precision")),
           "person_id", "identifier_id", "log_id", "by_id")  # fmt: skip
_CONTACT = ("case_id", "number", "line", "source", "recorded", "why_corrected",
            *(f"at_{part}" for part in ("earliest", "latest", "offset", "precision")), "person_id", "log_id", "by_id",
            "with_whom", "minutes", "channel", "basis", "content_known", "content", "explanation")  # fmt: skip
_TABLES: dict[LogKind, tuple[Any, tuple[str, ...]]] = {  # of a list of people only the people are laid out
    LogKind.ACCESS: (
        AccessRecord,
        (*_SHARED, "material_id", "version_id", "copy_id", "channel", "level", "told_by_id"),
    ),
    **dict.fromkeys((LogKind.WHEREABOUTS, LogKind.PEOPLE), (Whereabouts, (*_SHARED, "place"))),
    LogKind.PRESS_CONTACTS: (PressContact, _CONTACT),
}


def stage(log: AccessLog, files: FileStore, progress: Progress = lambda _: None) -> None:
    """Lay out every row of the log but those left out. Raises Refused when the file no longer reads as it was tried.

    What was laid out before a refusal stays for `remove`.
    """
    plan, case, expected = Plan.of(log), log.case, log.report["rows"]
    with staging(log):
        log.salt = secrets.token_hex(32)
    people, materials = people_of(case, plan), Materials(case, plan)
    batches = _Batches(log, people, plan)
    rows = batches.admit(check_rows(stored_file(files, log.sha256), plan, people, materials, Tally()))
    while batch := list(islice(rows, BATCH)):
        batches.lay(batch)
        progress(batches.done)
    found = batches.done + batches.omitted
    if found != expected:
        raise Refused(f"{found:,} records can be imported now. The check found {expected:,}. Check the file again.")
    corrected = corrections(stored_file(files, log.sha256), plan)
    lay_corrections(log, batches.table, batches.mark, corrected)
    with staging(log):
        log.rows_sha256 = batches.rows_sha256(corrected)


class _Batches:
    """Puts batches of rows under a log, each in a short transaction of its own."""

    def __init__(self, log: AccessLog, people: People, plan: Plan) -> None:
        self.log, self.people, self.plan = log, people, plan
        self.named, self.causes = log.named_lines, log.causes_left_out
        self.done = self.omitted = 0
        self.stays: set[int] = set()  # lines that are reported, and are rows all the same
        self.first, self.is_access = log.first_number or 1, log.kind is LogKind.ACCESS
        self.values: Callable[[list[Record]], Iterator[tuple[Any, ...]]] = self._values
        if log.kind is LogKind.PRESS_CONTACTS:
            self.values = self._contacts
        model, names = _TABLES[log.kind]
        self.table = model.__tablename__
        self.mark = "?" if db.session().get_bind().dialect.name == "sqlite" else "%s"
        marks = ", ".join([self.mark] * (len(names) + 1))
        self.insert = f"INSERT INTO {self.table} ({', '.join(names)}, row_sha256) VALUES ({marks})"  # noqa: S608  # ours
        covered = columns_of(model, schema.head())
        self.hash_row, self.in_order = RowHash(log.salt, self.table).of, itemgetter(*map(names.index, covered))
        self.hashes = RowsHash()
        self.newcomers: tuple[list[str], list[str]] = ([], [])  # the hashes of people, and of their identifiers
        self.shared = (log.case_id, sql_text(now()), log.id, log.imported_by_id)

    def admit(self, rows: Iterator[CheckedRow]) -> Iterator[Record]:
        """The rows but those that are left out; Refused for one that can no longer be taken in."""
        for one in rows:
            if isinstance(one, Fault):
                if one.line not in self.named and not is_covered(one.cause, self.causes):
                    raise Refused(f"Line {one.line} can no longer be imported: {one.reason} Check the file again.")
                if one.is_stay:
                    self.stays.add(one.line)
            elif isinstance(one, Nobody):
                continue
            elif one[1].why:
                raise Refused("A person in this file became an unsure match after the check. Check the file again.")
            elif one[0].line in self.named and one[0].line not in self.stays:
                self.omitted += 1
            else:
                yield one

    def lay(self, batch: list[Record]) -> None:
        """One batch, with the people who are new in it."""
        with staging(self.log) as connection:
            if self.log.kind is LogKind.PEOPLE:  # whose line was left out is not laid out
                listed = {id(match.newcomer) for _, match, *_ in batch}
                self.people.waiting = [one for one in self.people.waiting if id(one[0].newcomer) in listed]
            if self.people.waiting:
                self._lay_people()
            if self.log.kind is not LogKind.PEOPLE:
                rows = [(*row, self.hash_row(self.in_order(row))) for row in self.values(batch)]
                connection.exec_driver_sql(self.insert, rows)
                self.hashes.add(row[-1] for row in rows)
            self.done += len(batch)
            self.log.done_rows = self.done

    def rows_sha256(self, corrected: list[Correction]) -> str:
        """The hash over all that was laid out, once nothing more will be: `verify` makes the same in this order."""
        for hashes in self.newcomers:
            self.hashes.add(hashes)
        self.hashes.add_corrections(sorted((one.line, one.corrected, one.why) for one in corrected))
        return self.hashes.sha256

    def _values(self, batch: list[Record]) -> Iterator[tuple[Any, ...]]:
        case_id, at, log_id, by_id = self.shared
        for number, (row, who, ids, part) in enumerate(batch, self.first + self.done):
            (line, _, _, _, _, _, _, channel, level, place, since, until, source, note, repeat_of, left, _) = row
            own = (*ids, channel or None, level or LEAST, None) if self.is_access else (place,)
            told = source or (f"left: line {left}" if left else "")
            yield (case_id, number, line, part, repeat_of, told, note, at, "", *_bounds(since), *_bounds(until),
                   who.person_id, who.identifier_id, log_id, by_id, *own)  # fmt: skip

    def _contacts(self, batch: list[Record]) -> Iterator[tuple[Any, ...]]:
        case_id, at, log_id, by_id = self.shared
        for number, (row, who, *_) in enumerate(batch, self.first + self.done):
            yield (case_id, number, row.line, row.source, at, "", *_bounds(row.since), who.person_id, log_id, by_id,
                   row.place, *row.more)  # fmt: skip

    def _lay_people(self) -> None:
        session, case = db.session(), self.log.case
        session.refresh(case, with_for_update={"of": Case})  # nobody else gives out a pseudonym now
        waiting, self.people.waiting = self.people.waiting, []
        newcomers = list({id(one): one for match, _ in waiting if (one := match.newcomer)}.values())
        fresh = [one for one in newcomers if one.person_id is None]
        people = [
            self._new_row(Person, case_id=case.id, number=number, name=one.name, **one.facts)
            for one, number in zip(fresh, self._numbers(case, fresh), strict=True)
        ]
        session.add_all(people)
        session.flush()  # their ids stand in the rows
        for one, person in zip(fresh, people, strict=True):
            one.person_id = person.id
        self.log.new_people += len(people)
        self._lay_identifiers(case, newcomers)
        for match, mark in waiting:
            if match.newcomer:
                match.person_id, match.identifier_id = match.newcomer.person_id, match.newcomer.ids.get(mark)

    def _numbers(self, case: Case, fresh: list[Newcomer]) -> list[int]:
        """A number for each: that of their pseudonym where it is free, else the next."""
        session, wanted = db.session(), {one.number for one in fresh if one.number}
        here = Person.case_id == case.id
        taken = set(session.scalars(sa.select(Person.number).where(here, Person.number.in_(wanted))))
        highest = session.scalar(sa.select(sa.func.max(Person.number)).where(here)) or 0
        further = count(max(highest, *wanted, 0) + 1)
        return [one.number if one.number and one.number not in taken else next(further) for one in fresh]

    def _lay_identifiers(self, case: Case, newcomers: list[Newcomer]) -> None:
        made = [
            (one, mark, self._new_row(Identifier, case_id=case.id, person_id=one.person_id, value=text,
                                      kind=self.people.kinds.get(mark) or kind_of(text, self.plan.kind)))
            for one in newcomers for mark, text in one.marks.items() if mark not in one.ids
        ]  # fmt: skip
        db.session().add_all(identifier for *_, identifier in made)
        db.session().flush()  # the same
        for one, mark, identifier in made:
            one.ids[mark] = identifier.id

    def _new_row(self, model: Any, **facts: Any) -> Any:
        """A row that came with the log, with its hash; what has a default has it now."""
        table = model.__table__
        given = {
            one.name: one.default.arg
            for one in table.columns
            if one.default is not None and one.default.is_scalar and "derived" not in one.info
        }
        given |= facts | {"came_with_id": self.log.id, "by_id": self.log.imported_by_id}
        values = [given[name] for name in columns_of(model, schema.head())]
        given["row_sha256"] = RowHash(self.log.salt, table.name).of(values)
        self.newcomers[model is Identifier].append(given["row_sha256"])
        attribute = sa.inspect(model).get_property_by_column  # a private column has another name in the model
        return model(**{attribute(table.columns[name]).key: value for name, value in given.items()})


def _bounds(when: When) -> tuple[str, str, str | None, str]:
    first, last, offset, precision = when
    return first or EVER_BEFORE, last or EVER_AFTER, offset, precision


def remove(log: AccessLog) -> None:
    """Take away what was laid out under a log that nobody will see: rows, then the people who came with it."""
    people = sa.select(Person.id).where(Person.came_with_id == log.id)
    for model, condition, many in (
        (AccessRecord, AccessRecord.log_id == log.id, BATCH),
        (Whereabouts, Whereabouts.log_id == log.id, BATCH),
        (PressContact, PressContact.log_id == log.id, BATCH),
        (Identifier, Identifier.person_id.in_(people), BATCH),
        (Person, Person.came_with_id == log.id, FEW),
    ):
        some = sa.select(model.id).where(condition).order_by(model.id.desc()).limit(many)  # what corrects goes first
        found = many
        while found == many:
            with staging(log) as connection:
                found = connection.execute(sa.delete(model).where(model.id.in_(some))).rowcount
            time.sleep(turns.BETWEEN * 3)  # nothing else takes time here, and who waits looks for the turn so often
