"""Who a file names, as systems write it: one person however decorated, several in a cell, near, damaged, or nobody."""

import re

import pytest

from tests import world
from tests.builders.build_material import material, person
from tests.imports.logs import bring, counts, log, work_off
from tests.imports.systems.test_samples import SAMPLES
from tests.imports.test_cli_import import run  # noqa: F401  # a fixture
from tracker.actions.register.accounts import add_alias
from tracker.base import db
from tracker.imports.lines.look import look_into
from tracker.imports.lines.preview import preview_lines
from tracker.imports.plan import Plan
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Identifier, Person
from tracker.models.access.words import IdentifierKind
from tracker.models.case.cases import Case

THE_LOG = "/cases/LK-AAAA/access-logs/1"
HEADER = b"person,material,since\n"
LINE = ",ROOMS,2020-03-13 09:15:30\n"
HERS = "anna@office.example"
SPELLINGS = [f"i:0#.f|membership|{HERS}", f"Anna Ang <{HERS}>", f"SMTP:{HERS}", f"{HERS};", f"EXAMPLE\\\\{HERS}",
             f'"{HERS} "', f"mailto:{HERS}", f"<{HERS}>", HERS.upper(), f"'{HERS}"]  # fmt: skip


def lines(*people):
    return HEADER + "".join(f'"{one.replace(chr(34), chr(34) * 2)}"{LINE}' for one in people).encode()


def records():
    db.session().rollback()
    found = db.session().scalars(AccessRecord.of(world.case()).order_by(AccessRecord.number))
    return [(one.line, one.part, one.person.pseudonym) for one in found]


def test_a_known_person_is_found_however_an_address_is_decorated(run):  # noqa: F811
    person(("email", HERS))
    code, out, err = run(lines(*SPELLINGS))
    assert (code, err) == (0, "")
    assert "1 already in the case, 0 new, 0 unsure" in out
    assert {who for *_, who in records()} == {"P-001"}


def test_of_a_line_with_a_person_who_cannot_be_read_the_others_come_in_once_the_error_is_left_out(run):  # noqa: F811
    content = lines("1.23E+05; a@office.example;9E+12", "b@office.example", "1E+05;2E+05")
    code, out, _ = run(content)
    assert (code, counts()["access_record"]) == (1, 0)
    assert "2 records to import, from 2 lines." in out
    assert "1 line cannot be read.\n1 line can be read in part. The others in a line with an error are imported." in out
    assert "1 line (2), person, '1.23E+05; 9E+12': A spreadsheet rewrote this number" in out
    assert "They are imported once this error is left out.\n" in out
    assert "1 line (4), person, '1E+05; 2E+05': A spreadsheet rewrote this number" in out
    code, out, err = run(content, "--skip-faults")
    assert (code, err, "Imported as LK-AAAA/L1: 2 records, 2 new people." in out) == (0, "", True)
    assert records() == [(2, 1, "P-001"), (3, 0, "P-002")]
    assert [(one["value"], one["lines"]) for one in log().left_out] == [("1.23E+05; 9E+12", 1), ("1E+05; 2E+05", 1)]


def test_each_recipient_of_a_message_trace_has_a_record_of_its_line_by_what_became_of_the_message(app, browse):
    material(identifier="Plan for the autumn")
    ines = browse("ines")
    bring(ines, (SAMPLES / "exchange-enhanced-trace.csv").read_bytes())
    plan, file = Plan.of(log()), SAMPLES / "exchange-enhanced-trace.csv"
    seen, _ = preview_lines(file, plan, world.case(), look_into(file, plan.reading, plan.mapping))
    assert [(one.number, one.state) for one in seen] == [
        (2, "left out"), (2, "left out"), (2, "new"), (2, "new"), (3, "new"), (4, "left out"),
    ]  # fmt: skip
    ines.post_form(f"{THE_LOG}/columns")
    work_off()
    ines.post_form(f"{THE_LOG}/start", at=THE_LOG)
    work_off()
    assert records() == [(2, 0, "P-001"), (2, 1, "P-002"), (3, 0, "P-003")]
    told = ines.get(f"{THE_LOG}/line?line=2").text
    assert told.count("tess@example.org") == 2  # in the cell, and as somebody it names


@pytest.mark.parametrize("by_number", [False, True])
def test_on_the_page_they_come_in_as_the_check_says_however_the_error_is_left_out(browse, by_number):
    material(identifier="ROOMS")
    ines = browse("ines")
    bring(ines, lines("1.23E+05; a@office.example", "b@office.example"))
    work_off()
    shown = ines.get(THE_LOG).text
    assert "Some lines can be read only in part" in shown
    assert re.search(r"<dt>Read in part</dt><dd>1<", shown)
    where, which = ("/left-out", {"lines": "2"}) if by_number else ("/left-out?problem=1", {})
    ines.post_form(THE_LOG + where, why="Nobody can say who", **which)
    assert "Import 2 records" in ines.get(THE_LOG).text
    ines.post_form(f"{THE_LOG}/start", at=THE_LOG)
    work_off()
    assert records() == [(2, 1, "P-001"), (3, 0, "P-002")]


@pytest.mark.cases("an import for each")
@pytest.mark.parametrize("cell", [*SPELLINGS, f"zoe@office.example;{HERS}", "anna+x@office.example", "EXAMPLE\\anna"])
def test_the_recusal_works_however_a_log_decorates_the_address(run, cell):  # noqa: F811
    add_alias(world.person("ada"), world.person("otto"), kind=IdentifierKind.EMAIL, value=HERS)
    assert "will be recused: Otto" in run(lines(cell), "--dry-run")[1]
    assert counts()["person"] == 0
    assert run(lines(cell))[0] == 0
    assert db.session().scalar(Case.locate(world.person("otto"), case="LK-AAAA")) is None


def test_everybody_in_a_cell_gets_a_record_of_the_same_line(run, command):  # noqa: F811
    cells = ("a@office.example;b@office.example;A@office.example", '"Doe, C" <c@office.example>, d@office.example')
    code, out, _ = run(lines(*cells))
    assert code == 0
    assert "4 records to import, from 2 lines." in out
    assert "4 recipients in 2 lines." in out
    assert records() == [(2, 0, "P-001"), (2, 1, "P-002"), (3, 0, "P-003"), (3, 1, "P-004")]
    assert {one._name for one in db.session().scalars(Person.of(world.case()))} == {"", "Doe, C"}
    assert command("audit", "verify")[0] == 0


def test_several_columns_of_people_are_joined(run):  # noqa: F811
    content = b"To,Cc,Optional,material,since\na@b.example,b@b.example; c@b.example,,ROOMS,2020-03-13 09:15\n"
    words = "--map person=To --map more_people=Cc --map more_people=Optional --map material=material --map since=since"
    code, out, _ = run(content, *words.split())
    assert (code, len(records())) == (0, 3)
    assert "3 recipients in 1 line." in out
    alone = "--map more_people=Cc --map material=material --map since=since"
    assert "2 recipients in 1 line." in run(content, *alone.split(), "--dry-run")[1]


def test_badges_that_a_spreadsheet_rewrote_are_asked_about_or_refused(run):  # noqa: F811
    content = lines("00123", '="00123"', "123", "123.0")
    code, out, err = run(content)
    assert "123: It may be the same badge, with or without its zeros. as:00123" in out
    assert (code, '--person "123=as:00123"' in err) == (1, True)
    code, out, err = run(content, "--person", "123=as:00123", "--person", "123.0=new")
    assert (code, err) == (0, "")
    assert [who for *_, who in records()] == ["P-001", "P-001", "P-001", "P-002"]
    assert "its last digits are lost" in run(lines("1.23E+05", "7"))[1]


def test_an_account_of_another_domain_is_another_until_somebody_says_so(run):  # noqa: F811
    person(("account", "NORTH\\ang"), name="Anna Ang")
    content = lines("SOUTH\\ang", "ang", "north\\ANG", "WEST\\doe", "EAST\\doe", "doe")
    code, out, _ = run(content)
    assert code == 1
    assert "SOUTH\\ang: The account has this name in another domain or directory. P-001" in out
    assert "EAST\\doe: The account has this name in another domain or directory. as:WEST\\doe" in out
    assert run(content, "--person", "SOUTH\\ang=new", "--person", "EAST\\doe=new")[0] == 0
    assert [who for *_, who in records()] == ["P-002", "P-001", "P-001", "P-003", "P-004", "P-003"]
    held = db.session().scalars(Identifier.of(world.case())).all()
    assert sorted(one._value for one in held) == ["NORTH\\ang", "WEST\\doe"]


def test_letters_that_look_alike_are_near_and_not_equal(run):  # noqa: F811
    _, out, _ = run(lines("\u0130lker", "ilker", "ILKER", "\u0131lker", "STRASSE", "stra\u00dfe"))
    assert "2 new, 2 unsure" in out


@pytest.mark.slow("imports twice, and two people read the page")
def test_what_names_nobody_is_asked_about_once_and_kept_with_the_log(run, browse):  # noqa: F811
    content = lines("SYSTEM", HERS, "system", "anna;app@sharepoint")
    code, out, err = run(content)
    assert "SYSTEM: This account may name nobody." in out
    assert (code, '"SYSTEM=nobody"' in err) == (1, True)
    words = [word for key in ("SYSTEM", "app@sharepoint") for word in ("--person", f"{key}=nobody")]
    code, out, err = run(content, *words, "--person", "anna=new")
    assert (code, err) == (0, "")
    assert "SYSTEM names nobody: 1 line, first line 2" in out
    assert "2 records to import, from 2 lines." in out
    assert "2 lines name nobody." in out
    assert counts()["person"] == 2
    assert (log().nobody_rows, log().names_nobody, len(records())) == (3, True, 2)
    page = browse("lena").get("/cases/LK-AAAA/access-logs/1").text
    assert page.count("Names nobody, first in line") == 3
    assert ("2 lines that name nobody" in page, "Names nobody</dt><dd>" in page) == (True, False)
    assert "SYSTEM" not in browse("rhea").get("/cases/LK-AAAA/access-logs/1").text
    assert db.session().scalars(AccessLog.of(world.case())).one().report["nobody"]["app@sharepoint"] == [1, 5]


def test_a_person_is_settled_on_the_page_as_somebody_else_of_the_file_or_as_nobody(run, browse):  # noqa: F811
    ines = browse("ines")
    material(identifier="MAT")
    content = lines("00123", "123", "svc_backup").replace(b"ROOMS", b"MAT")
    bring(ines, content)
    work_off()
    page = ines.get("/cases/LK-AAAA/access-logs/1/people").text
    assert "Same person as &#34;00123&#34; in this file" in page
    assert ines.post_form("/cases/LK-AAAA/access-logs/1/people", who_0="as:00123", who_1="nobody").status_code == 303
    work_off()
    assert (log().report["unsure"], log().report["new"], log().report["rows"]) == ([], 1, 2)
    assert "Names nobody</dt><dd>1<small>" in ines.get("/cases/LK-AAAA/access-logs/1").text
