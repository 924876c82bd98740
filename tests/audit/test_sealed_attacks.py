"""What is sealed, attacked column by column: by every form that leads to it, by an import, by another case, by SQL.

A sealed interview, an approval and a handover of an exhibit, each the first of its kind in LK-AAAA. Whatever is sent,
its row stays as it was, byte for byte; whoever changes it in the database itself is told on by the audit log.
"""

from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import current_app

from tests import world as people
from tests.audit.test_files import DAMAGES
from tests.builders import build_everything, build_exhibit, build_finding, build_interview, build_material
from tests.machinery.snapshots import built_once
from tests.readers.pages import Page
from tracker.actions.inquiry import custody, interviews
from tracker.audit.doors import now
from tracker.audit.verify.sealed import SEALED
from tracker.base import db
from tracker.models.findings.reviews import Review
from tracker.models.inquiry.custody import CustodyEntry
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.interviews import Interview
from tracker.policy.refusals import Refused

HERE = "/cases/LK-AAAA"
INTERVIEW, EXHIBIT, FINDING = f"{HERE}/interviews/1", f"{HERE}/exhibits/1", f"{HERE}/findings/1"
ADDED = {"kind": "erratum", "text": "Room 5", "signed_by": "Investigator", "signed": "2018-03-23"}
FORMS = {  # the addresses that lead to each, whoever may use them, and what a sound form of it holds
    Interview: [
        *((f"{INTERVIEW}/{part}", "ines", {}) for part in ("planning", "engagement", "narrative", "closure", "seal")),
        *((f"{INTERVIEW}/{part}", "ines", {}) for part in ("stop", "cancellation", "holding", "evaluation")),
        (f"{INTERVIEW}/addenda/new", "ines", ADDED),
        (f"{INTERVIEW}/present/new", "ines", {"who": "Clerk", "why": "Takes the note"}),
        (f"{INTERVIEW}/present/1/remove", "ines", {}),
    ],
    Review: [
        (f"{FINDING}/approval", "rhea", {"verdict": "returned", "reasons": "On second thoughts."}),
        (f"{FINDING}/edit", "ines", {"allegation": "Other words."}),
        (f"{FINDING}/submission", "lena", {}),
        (f"{FINDING}/withdraw", "lena", {}),
        (f"{FINDING}/comments/new", "rhea", {"field": "reasoning", "text": "Why?"}),
        (f"{FINDING}/citations/new", "ines", {"evidence": "claim 1/1", "bearing": "supports"}),
    ],
    CustodyEntry: [
        (f"{EXHIBIT}/custody/new", "ines", {"to_holder": "Laboratory", "at": "2018-03-24", "why": "Examination"}),
        (f"{EXHIBIT}/edit", "ines", {"title": "Another title"}),
        (f"{EXHIBIT}/disposals/new", "ines", {"reason": "Returned"}),
        (f"{EXHIBIT}/disposals/1/confirm", "lena", {}),
        (f"{EXHIBIT}/verification", "ines", {}),
    ],
}
ATTACKS = [(model, *form) for model, forms in FORMS.items() for form in forms]
NAMES = [f"{model.__tablename__} by {url.removeprefix(HERE)}" for model, url, *_ in ATTACKS]
EACH = [pytest.param(7, id="every seventh column"), pytest.param(1, id="every column", marks=pytest.mark.full)]
KINDS = pytest.mark.parametrize("model", FORMS, ids=lambda model: model.__tablename__)


@pytest.fixture(autouse=True)
def preserved_world(world):
    seal_one_of_each()


@built_once
def seal_one_of_each():
    """One of each, sealed."""
    one = build_interview.held(build_material.person())
    interviews.add_presence(people.person("ines"), one, who="Colleague", why="Accompanies the person")
    build_interview.seal(build_interview.closed(one))
    exhibit = build_exhibit.exhibit()
    build_exhibit.handed(exhibit, "Registry")
    custody.propose_disposal(people.person("ines"), exhibit, reason="Returned")
    build_finding.a_claim()
    build_finding.approved(build_finding.submitted())


def rows_of(model):
    """Every row of a kind, as the database holds it; rows that came later stand at the end."""
    db.session().rollback()
    return [tuple(row) for row in db.session().execute(sa.select(model.__table__).order_by(model.id))]


def another(column):
    """Something else that a form could send for a column, under each name by which its field may be called."""
    name, value = column.name, "Other words"
    if isinstance(column.type, sa.Enum):
        value = list(column.type.enum_class)[-1].value
    elif isinstance(column.type, sa.Boolean):
        value = "y"
    elif isinstance(column.type, sa.Integer):
        value = "2"
    elif isinstance(column.type, sa.TypeDecorator):
        value = "2001-01-01 10:00"
    base = name.removesuffix("_id").removesuffix("_earliest").removesuffix("_latest")
    return dict.fromkeys((name, base, f"{base}-latest"), value)


@pytest.mark.gate("sends a form for many columns")
@pytest.mark.parametrize("step", EACH)
@pytest.mark.parametrize(("model", "url", "who", "sound"), ATTACKS, ids=NAMES)
def test_no_form_changes_a_column_of_what_is_sealed(browse, model, url, who, sound, step):
    client, before, shown = browse(who), rows_of(model), None
    first = ATTACKS.index((model, url, who, sound)) % step  # the forms of a kind share its columns out
    for column in list(model.__table__.columns)[first::step]:
        shown = shown_on(client, url) if shown is None else shown
        answer = client.post(url, data={**shown, **sound, **another(column), **client.tokens()})
        assert answer.status_code in {303, 403, 404, 409, 422}, column.name
        assert rows_of(model)[: len(before)] == before, column.name
        shown = None if answer.status_code == 303 else shown  # something was added, as it should be


def shown_on(client, url):
    """The form of a page as a browser holds it; nothing where there is none any more."""
    answer = client.get(url)
    forms = Page(answer.text).all("form") if answer.status_code == 200 else []
    mine = [one for one in forms if one.get("method") == "post" and (one.get("action") or url) == url]
    return Page(answer.text).form_to(url, url).shown() if mine else {}


@pytest.mark.cases("every form of what is sealed")
@pytest.mark.parametrize(("model", "url", "who", "sound"), ATTACKS, ids=NAMES)
def test_the_address_of_another_case_leads_to_none_of_it(browse, model, url, who, sound):
    before, there = rows_of(model), url.replace("LK-AAAA", "LK-BBBB")
    everything = {name: value for column in model.__table__.columns for name, value in another(column).items()}
    for other, address in ((who, there), ("ivo", url), ("ivo", there)):
        client = browse(other)
        for more in ({}, everything, {"case_id": "1", "id": "1"}):
            sent = {**sound, **more, **client.tokens()}
            assert client.post(address, data=sent).status_code == 404, (other, address)
    assert rows_of(model) == before


@KINDS
def test_no_import_whose_columns_are_called_alike_changes_it(model):
    before = rows_of(model)
    build_material.material("CARDS-1")
    columns = model.__table__.columns
    header = ",".join(["Since", "Person", "Material", "Channel", "Level", *(column.name for column in columns)])
    values = ",".join(another(column)[column.name] for column in columns)
    path = Path(current_app.config["SETTINGS"].instance) / "portal.csv"
    path.write_text(f"{header}\n2018-03-20T18:11:00Z,aide@office.example,CARDS-1,opened,E3,{values}\n")
    with suppress(Refused):  # a column may be taken for one of an access log that names nothing of the case
        build_everything.import_log(people.case(), "ines", path)
    assert rows_of(model) == before


def by_sql(statement):
    """Whether the database let somebody change a row who has its rights, and goes round the program."""
    db.session().rollback()
    with db.writer().connect() as connection:
        try:
            changed = connection.execute(statement).rowcount
        except sa.exc.DBAPIError:
            return False
        connection.commit()
    return changed == 1


@pytest.mark.slow("verifies the audit log after each column")
@pytest.mark.parametrize("step", EACH)
@KINDS
def test_the_audit_log_names_each_column_that_was_changed_in_the_database(model, command, step):
    table, thing = model.__table__, f"{model.__tablename__}:1"
    fixed = [one for one in table.columns if one.name not in {"id", *SEALED[model.__tablename__].FREE}][::step]
    (was,) = db.session().execute(sa.select(table).where(table.c.id == 1)).mappings()
    told = set()
    for column in fixed:
        if by_sql(sa.update(table).where(table.c.id == 1).values({column: otherwise(column, was[column.name])})):
            code, printed = command("audit", "verify")
            assert (code, thing in printed) == (1, True), f"{column.name}: {printed}"
            assert by_sql(sa.update(table).where(table.c.id == 1).values({column: was[column.name]}))
            told.add(column.name)
    assert {one.name for one in fixed if not one.foreign_keys} <= told  # the others the database may refuse by itself
    assert command("audit", "verify")[0] == 0


def otherwise(column, was):
    """Another value of a column."""
    if isinstance(column.type, sa.Enum):
        return next(word for word in column.type.enum_class if word is not was)
    if isinstance(column.type, sa.Boolean):
        return not was
    if isinstance(column.type, sa.Integer):
        return 7 if not column.foreign_keys else 2 if was != 2 else 3
    if isinstance(column.type, sa.TypeDecorator):
        return now() if was is None else was.replace(year=2001)
    return f"{was}."[-(column.type.length or 100) :] if was else "x"


@KINDS
def test_the_audit_log_names_what_was_removed(model, command):
    for table in (*children(model), model.__table__):
        by_sql(sa.delete(table).where(table.c.id == 1) if table is model.__table__ else sa.delete(table))
    assert all(row[0] != 1 for row in rows_of(model))
    code, printed = command("audit", "verify")
    assert (code, f"{model.__tablename__}:1" in printed) == (1, True), printed


def children(model):
    """The tables whose rows point to it, and would keep it."""
    tables, mine = db.Base.metadata.sorted_tables, model.__table__
    return [one for one in tables if any(key.column.table is mine for key in one.foreign_keys)]


def swapped(path):
    """Another file of the store, as it lies there, takes its place."""
    other = build_exhibit.exhibit(b"another")
    path.write_bytes(current_app.extensions["files"].path(other.sha256).read_bytes())


HARM = {name: DAMAGES[name] for name in ("one bit", "cut off")} | {"swapped": swapped}


@pytest.mark.parametrize("harm", HARM)
def test_a_file_that_was_touched_is_neither_sent_nor_passed_over(browse, command, entries, harm):
    file = f"{EXHIBIT}/file"
    assert browse("ines").get(file).data == b"the bytes"
    HARM[harm](current_app.extensions["files"].path(db.session().get(Exhibit, 1).sha256))
    answer = browse("ines").get(file)
    assert (answer.status_code, b"the byte" in answer.data) == (500, False)
    said = entries("file.damaged")[-1]
    assert (said["out"], said["case"], said["obj"]) == ("failed", "LK-AAAA", "exhibit:1")
    code, printed = command("audit", "verify")
    assert (code, "Exhibit 1 of LK-AAAA: its file was changed or lost" in printed) == (1, True)
    assert len(entries("file.damaged")) == 2
