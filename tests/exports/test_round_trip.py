"""Accesses and whereabouts that leave with names come in again, into an empty case, as the same rows."""

import csv
import io
import zipfile

import pytest
from flask import current_app

from tests import world
from tests.builders import build_material
from tests.imports import logs
from tracker.actions.access import access_logs as log_actions
from tracker.actions.access import access_records, people, whereabouts
from tracker.actions.case import cases
from tracker.actions.disclosure import materials, versions
from tracker.actions.disclosure.versions import Content
from tracker.actions.inquiry import press_contacts
from tracker.actions.register import exports
from tracker.analysis.letters import says
from tracker.analysis.moments import Moment, stated
from tracker.base import db
from tracker.exports.bundle import Bundle, tables_for
from tracker.exports.labels import Labels
from tracker.exports.streams import Stream
from tracker.exports.writing import Shape, Tally, lines
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import Channel, Involvement, Level, LogKind, LogState
from tracker.models.disclosure.words import CopyForm, HoldersKnown
from tracker.models.inquiry.press_contacts import PressContact
from tracker.models.inquiry.words import Basis
from tracker.models.register.exports import Format
from tracker.models.words import Answer
from tracker.web.lists import zip_tables

TIMES = [
    stated("2018-03-20 19:15:04", "America/New_York"),
    stated("2018-03-20 19:15", "Asia/Kolkata"),
    stated("2018-03-20", "-04:00"),
    stated("2018-03-20 19:00", "America/New_York", "hour"),
    stated("2018-03-20 10:00", "Z", "before"),
    stated("2018-03-20 10:00:00", "Z", "between", "2018-03-20 11:00:00.25"),
    Moment.of(),
]
LISTS = (LogKind.PEOPLE, LogKind.ACCESS, LogKind.WHEREABOUTS, LogKind.PRESS_CONTACTS)  # people first: they are named
TEXTS = [
    "=1+1", "'=1+1", "''=1+1", "+44 20", "-", "@home", "\uff1d1+1", "'quoted'", "'", 'say "no", twice', "two\nlines",
    "plain", "",
]  # fmt: skip


@pytest.fixture
def recorded(world):
    """Two people with names and identifiers like formulas, and rows of every precision and every awkward text."""
    cards = build_material.material("CARDS")
    first = build_material.version(cards, "v1")
    copy = materials.record_copy(
        world.person("ines"), cards, form=CopyForm.PAPER, holder="", version=first, label="", mark=""
    )
    some = [
        build_material.person(("badge", "=B-1"), ("email", "p.young@tracker.example"), name="'Patricia"),
        build_material.person(("account", "-42"), name="@Paul, the clerk"),
        build_material.person(("account", "nameless"), name=""),
    ]
    for number, since in enumerate(TIMES * 2):
        who, text = some[number % 3], TEXTS[number % len(TEXTS)]
        access_records.record_access(
            world.person("ines"), world.case(), person=who, material=cards, version=first if number % 2 else None,
            copy=copy if number % 3 else None, level=list(Level)[number % 8],
            channel=None if number % 4 else Channel.PORTAL,
            since=since, until=TIMES[-1] if number % 2 else stated("2019-01-01", "UTC"), source=text, note=text,
        )  # fmt: skip
        whereabouts.record_whereabouts(
            world.person("ines"), world.case(), person=who, place=text or "Room", since=since, until=Moment.of(),
            source=text, note=text,
        )  # fmt: skip
        press_contacts.record_press_contact(
            world.person("ines"), world.case(), person=who, with_whom=text or "The Paper", at=since, minutes=number,
            channel=text[:80], basis=list(Basis)[number % 4], content=text if says(text) else "", explanation=text,
            content_known=Answer.YES if says(text) else Answer.NO, source=text,
        )  # fmt: skip
    people.edit_person(world.person("ines"), some[1], lock_version=some[1].lock_version, post="=Clerk", unit="Registry",
                       involvement=Involvement.HANDLER)  # fmt: skip


def exported(case, who):
    """The files of a whole case with names."""
    export = exports.start_case_with_names(world.person(who), case, purpose="A referral", recipient="The prosecutor")
    bundle = Bundle.of(export, case, tables_for(zip_tables(), export.by, case))
    with zipfile.ZipFile(io.BytesIO(b"".join(Stream(export, bundle.write)))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def emptied():
    """A case of Ivo's own that has nothing but the material of the first."""
    ivo = world.person("ivo")
    case = cases.open_case(ivo, None, title="The next", marking="internal")
    return with_material(case, "ivo")


def with_material(case, who):
    made = materials.register_material(
        world.person(who), case, identifier="CARDS", title="Notecards", marking="internal", created=Moment.of()
    )
    first = versions.record_version(
        world.person(who), made, label="v1", settings=current_app.config["SETTINGS"], made=Moment.of(),
        content=Content(), holders_known=HoldersKnown.UNKNOWN, holders=None,
    )  # fmt: skip
    materials.record_copy(world.person(who), made, form=CopyForm.PAPER, holder="", version=first, label="", mark="")
    return case


def imported(content, kind, case, who):
    """Import a file with nothing told about it but what it is."""
    log = logs.received(content, kind, by=who, case=case)
    log_actions.ask_check(world.person(who), log)
    logs.work_off()
    log = logs.log(log.number, case)
    assert (log.state, log.report.get("listed")) == (LogState.CHECKED, []), log.failure
    log_actions.start_import(world.person(who), log)
    logs.work_off()
    log = logs.log(log.number, case)
    assert log.state is LogState.VISIBLE, log.failure


def said(case, model):
    """What the rows of a case say, but for where they come from."""
    db.session().rollback()
    rows = db.session().scalars(model.of(case).order_by(model.number)).all()
    if model is Person:
        return [
            (one.pseudonym, one._name, one.post, one.unit, one.involvement,
             [(known.kind, known._value) for known in one.identifiers])
            for one in rows
        ]  # fmt: skip
    if model is PressContact:
        return [
            (one.number, one.person.pseudonym, one.with_whom, one.at, one.minutes, one.channel, one.basis,
             one.content_known, one.content, one.explanation, one.source)
            for one in rows
        ]  # fmt: skip
    about = ("material", "version", "copy", "channel", "level") if model is AccessRecord else ("place",)
    return [
        (
            row.person.pseudonym, row.person._name, row.since, row.until, row.source, row.note,
            *(getattr(thing, "identifier", None) or getattr(thing, "label", None) or getattr(thing, "number", thing)
              for thing in (getattr(row, name) for name in about)),
        )
        for row in rows
    ]  # fmt: skip


@pytest.mark.gate("exports and imports five times")
def test_rows_that_leave_with_names_come_in_as_the_same_rows_five_times_over(recorded):
    case, who = world.case(), "lena"
    first = exported(case, who)
    rows = {model: said(case, model) for model in (Person, AccessRecord, Whereabouts, PressContact)}
    assert [len(some) for some in rows.values()] == [3, 14, 14, 14]
    for _ in range(5):
        files = exported(case, who)
        case, who = emptied(), "ivo"
        for kind in LISTS:
            imported(files[f"{kind.value.replace('_', '-')}.csv"], kind, case, who)
        for model, some in rows.items():
            assert said(case, model) == some
    columns = ["person", "name", "material", "version", "copy", "channel", "level", "since_utc", "since_local", "note"]
    assert cells(exported(case, who)["access.csv"], columns) == cells(first["access.csv"], columns)


def as_workbooks(case):
    """The same lists with names as workbooks, by their kinds."""
    tables = {table.name: table for table in zip_tables()}
    written = {}
    with db.session().get_bind().connect() as connection:
        labels = Labels(connection, case.id, names=True)
        for kind in LISTS:
            table = tables[kind.value.replace("_", "-")]
            written[kind] = b"".join(lines(labels, table, table.of(case), Tally(), Shape(Format.XLSX)))
    return written


@pytest.mark.slow("four imports")
def test_workbooks_come_in_as_the_same_rows(recorded):
    rows = {model: said(world.case(), model) for model in (Person, AccessRecord, Whereabouts, PressContact)}
    books, case = as_workbooks(world.case()), emptied()
    for kind, content in books.items():
        imported(content, kind, case, "ivo")
    for model, some in rows.items():
        assert said(case, model) == some


def cells(content, columns):
    return [[row[name] for name in columns] for row in csv.DictReader(io.StringIO(content.decode(), newline=""))]


def test_the_rows_of_an_reverted_log_stay_here_and_the_log_says_so(recorded):
    case = with_material(cases.open_case(world.person("ivo"), None, title="The next", marking="internal"), "ivo")
    imported(exported(world.case(), "lena")["access.csv"], LogKind.ACCESS, case, "ivo")
    before = exported(case, "ivo")
    log_actions.revert_log(world.person("ivo"), logs.log(1, case), why="The wrong file")
    after = exported(case, "ivo")
    assert (len(cells(before["access.csv"], ["log"])), cells(after["access.csv"], ["log"])) == (14, [])
    assert cells(before["access.csv"], ["log", "number"])[-1] == ["1", "14"]
    told = cells(after["access-logs.csv"], ["state", "reverted_why", "reverted_by"])
    assert told == [["reverted", "The wrong file", "lead"]]
