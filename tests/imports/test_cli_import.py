"""The command: the same import as on the pages, in one go; a refusal stores nothing."""

import getpass

import pytest

from tests import world
from tests.builders.build_material import material, person
from tests.imports.logs import DOORS, counts, log
from tracker import cli
from tracker.actions.case.cases import edit_case
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import LogState

COLUMNS = (
    "--map since=timestamp --map identifier=prox-id --map note=zone --fixed material=ROOMS --fixed level=E3".split()
)
NOTHING = {"access_record": 0, "whereabouts": 0, "person": 0, "identifier": 0}


@pytest.fixture
def run(app, settings, monkeypatch, capsys, tmp_path):
    """Run `tracker import access LK-AAAA FILE ...`: its exit code, what it printed, what it said was wrong."""
    monkeypatch.setenv("TRACKER_INSTANCE", str(settings.instance))
    monkeypatch.setenv("TRACKER_DATABASE_URL", settings.database_url)
    material(identifier="ROOMS")

    def ran(content=DOORS, *words, kind="access", case="LK-AAAA", who="ines", zone="UTC"):
        file = tmp_path / "doors.csv"
        file.write_bytes(content)
        zoned = ["--zone", zone] if zone else []
        words = ["import", kind, case, str(file), "--as", world.email(who), *zoned, *words]
        monkeypatch.setattr("sys.argv", ["tracker", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        db.sessions.remove()
        return left.value.code or 0, *capsys.readouterr()

    yield ran
    db.release()


def test_a_file_comes_in_and_its_receipt_is_printed(run, entries):
    code, out, err = run(DOORS, *COLUMNS)
    assert (code, err) == (0, "")
    assert "4 records to import, from 4 lines.\n  line 2: anna001, ROOMS, 31 May 2016, 08:00 UTC\n" in out
    assert "0 lines left out by rule.\n0 lines cannot be read.\nPeople: 0 already in the case, 2 new, 0 unsure." in out
    assert "1 line the same as an earlier line." in out
    assert "Imported as LK-AAAA/L1: 4 records, 2 new people." in out
    rows = db.session().scalars(AccessRecord.of(world.case()).order_by(AccessRecord.line))
    assert [row.repeat_of for row in rows] == [
        None, None, 3, None,
    ]  # fmt: skip
    assert {
        entry["via"]
        for act in ("access_log.received", "access_log.started", "access_log.imported")
        for entry in entries(act)
    } == {f"cli:{getpass.getuser()}"}
    assert counts()["access_record"] == 4


def test_times_without_a_zone_are_in_the_zone_of_the_case(run):
    assert "has no time zone" in run(DOORS, *COLUMNS, zone="")[2]
    case = world.case()
    edit_case(world.person("lena"), case, lock_version=case.lock_version, title=case.title, zone="Asia/Kolkata")
    assert run(DOORS, *COLUMNS, zone="")[0] == 0
    assert log().zone == "Asia/Kolkata"


def test_a_dry_run_stores_nothing(run, app):
    code, out, _ = run(DOORS, *COLUMNS, "--dry-run")
    assert (code, "4 records to import" in out) == (0, True)
    assert counts() == NOTHING
    assert not list(app.extensions["files"].root.glob("??/*"))


def test_bad_rows_are_printed_and_nothing_is_stored_unless_they_are_left_out(run, app):
    bad = DOORS + b"soon, anna001, Lobby\n" + b"2016-05-31 08:00,, Lobby\n" * 25
    code, out, _ = run(bad, *COLUMNS)
    assert (code, counts()) == (1, NOTHING)
    assert "26 lines cannot be read." in out
    assert "25 lines (7, 8, 9, 10, 11, 12, 13, 14, 15, 16 ...), person, empty: This cell must not be empty." in out
    assert "1 line (6), timestamp, 'soon': This value is not a date or time." in out
    assert not list(app.extensions["files"].root.glob("??/*"))
    code, out, _ = run(bad, *COLUMNS, "--skip-faults")
    assert (code, "Imported as LK-AAAA/L1: 4 records" in out) == (0, True)
    assert [(one["lines"], one["why"]) for one in log().left_out] == [
        (25, "Left out by --skip-faults."), (1, "Left out by --skip-faults."),
    ]  # fmt: skip


REFUSED = {
    "an unclosed quote": (DOORS.replace(b"Lobby", b'"Lobby'), "Line 2, column 3: This quote is not closed"),
    "a PDF": (b"%PDF-1.7" + DOORS, "This is a PDF document, not a log."),
    "a NUL": (DOORS.replace(b"Lobby", b"Lob\0by"), "Line 2: This line has a NUL byte"),
    "a doubled name": (DOORS.replace(b"zone", b"timestamp"), "Name one of them: timestamp (column 1)"),
    "a large cell": (DOORS.replace(b"Lobby", b"x" * 200_000), "A cell can have at most 100,000 characters"),
    "many columns": (b",".join([b"a"] * 100_000) + b"\n1\n", "A line can have at most 1,000 cells"),
    "no rows": (b"timestamp,prox-id,zone\n", "The file has a header but no other lines"),
    "an unknown encoding": (DOORS.replace(b"Lobby", b"\xffLobby"), "Choose the encoding"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_read_gets_one_clear_refusal(run, what):
    content, sentence = REFUSED[what]
    code, out, err = run(content, *COLUMNS)
    assert (code, out, counts()) == (1, "", NOTHING)
    assert sentence in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--map", "since=timestamp", "--fixed", "material=ROOMS"], "Choose the column for person"),
        (["--map", "since=when"], 'The file has no column "when"'),
        ([*COLUMNS, "--zone", "Mars"], "is not a time zone"),
        ([*COLUMNS, "--fixed", "level=E9"], '"E9" is not an evidence level'),
        ([*COLUMNS, "--fixed", "material=NONE", "--skip-faults"], "No line of this file can be imported"),
    ],
)
def test_a_mapping_that_cannot_be_used_gets_one_clear_refusal(run, words, sentence):
    code, _, err = run(DOORS, *words)
    assert (code, counts()) == (1, NOTHING)
    assert sentence in err


@pytest.mark.parametrize(
    "words",
    [["--map", "since"], ["--person", "a=Anna"], ["--covers-since", "soon", *COLUMNS], ["--identifier-kind", "x"]],
)
def test_a_word_that_is_no_option_is_a_matter_of_usage(run, words):
    assert run(DOORS, *words)[0] == 2
    assert counts() == NOTHING


def test_times_without_a_zone_are_not_taken_for_those_of_any(run):
    code, _, err = run(DOORS, *COLUMNS, zone="")
    assert (code, "has no time zone" in err) == (1, True)


@pytest.mark.parametrize(("who", "case", "sentence"), [
    ("ivo", "LK-AAAA", "has no role in a case LK-AAAA"),
    ("ines", "LK-ZZZZ", "has no role in a case LK-ZZZZ"),
    ("rhea", "LK-AAAA", "You do not have permission to import or revert an access log."),
    ("nobody", "LK-AAAA", "No account nobody@tracker.example can sign in."),
])  # fmt: skip
def test_who_may_not_import_is_refused(run, who, case, sentence):
    code, out, err = run(DOORS, *COLUMNS, who=who, case=case)
    assert (code, out, sentence in err) == (1, "", True)
    assert counts() == NOTHING


def test_the_same_bytes_are_recognised(run):
    assert run(DOORS, *COLUMNS)[0] == 0
    code, _, err = run(DOORS, *COLUMNS)
    assert (code, "This file is already in the case as LK-AAAA/L1" in err) == (1, True)
    assert counts()["access_record"] == 4


def test_what_a_killed_import_left_does_not_stop_the_next(run, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as kill:
        kill.setattr("tracker.imports.worker._import_log", killed)
        kill.setattr("tracker.imports.worker._fail", lambda *_: None)
        assert run(DOORS, *COLUMNS)[0] != 0
    assert log().state is LogState.STAGING
    code, out, _ = run(DOORS, *COLUMNS)
    assert (code, "Imported as LK-AAAA/L2" in out) == (0, True)
    assert log().state is LogState.FAILED


def test_columns_are_remembered_for_a_system_and_dates_for_its_next_file(run):
    first = DOORS.replace(b"2016-05-31", b"4/5/2016")
    assert "could be read as m/d/y or d/m/y" in run(first, *COLUMNS)[2]
    assert run(first, *COLUMNS, "--date-format", "d/m/y", "--system", "Doors", "--identifier-kind", "badge")[0] == 0
    code, out, err = run(first.replace(b"08:", b"11:"), "--fixed", "material=ROOMS", "--system", "doors")
    assert (code, err) == (0, "")
    assert "People: 2 already in the case, 0 new" in out
    row = db.session().scalars(AccessRecord.of(world.case()).order_by(AccessRecord.id.desc())).first()
    assert (row.since.words, row.note) == ("4 May 2016, 09:30 UTC", "Server Room")
    assert row.identifier.kind.value == "badge"


def test_somebody_unsure_is_settled_by_a_word(run):
    anna = person(name="Anna Ang")
    content = b"timestamp,prox-id,name\n2016-05-31 08:00,anna001,Anna Ang\n2016-05-31 08:00,b=2,Anna Ang\n"
    words = [*"--map since=timestamp --map identifier=prox-id --map name=name --fixed material=ROOMS".split()]
    code, out, err = run(content, *words)
    assert (code, counts()["access_record"]) == (1, 0)
    assert "anna001 (Anna Ang): A person of this name is in the case" in out
    assert '--person "anna001=P-001"' in err
    code, out, _ = run(content, *words, "--person", "anna001=P-001", "--person", "b=2=new")
    assert (code, "1 new person" in out) == (0, True)
    rows = db.session().scalars(AccessRecord.of(world.case()).order_by(AccessRecord.line)).all()
    assert [row.person.number for row in rows] == [1, 2]
    assert [one._value for one in rows[0].person.identifiers] == ["anna001"]
    assert rows[0].person_id == anna.id


def test_whereabouts_of_going_in_and_out_say_whom_they_would_shut_out(run):
    content = (b"from,badge,door,type\n2016-05-31 08:00,rhea@tracker.example,Vault,IN\n"
               b"2016-05-31 08:20,rhea@tracker.example,Vault,OUT\n2016-05-31 09:00,b,Vault,IN\n"
               b"2016-05-31 09:00,b,Vault,ALARM\n")  # fmt: skip
    words = "--map from=from --map identifier=badge --map place=door --event type --enter IN --leave OUT".split()
    code, out, _ = run(content, *words, "--skip", "ALARM", "--clock-offset", "slow", kind="whereabouts")
    assert code == 0
    assert "Account holders who will be recused: Rhea." in out
    assert "1 entry without an exit" in out
    rows = db.session().scalars(Whereabouts.of(world.case()).order_by(Whereabouts.line)).all()
    assert [(row.line, row.place, row.until.words) for row in rows] == [
        (2, "Vault", "31 May 2016, 08:20 UTC"), (4, "Vault", "unknown"),
    ]  # fmt: skip
    assert (log().clock_offset, log().gaps, log().state) == ("slow", "unknown", LogState.VISIBLE)


def test_any_number_of_faulty_lines_can_be_left_out(run):
    code, out, _ = run(DOORS + b"soon, anna001, Lobby\n" * 1001, *COLUMNS, "--skip-faults")
    assert (code, "1,001 lines cannot be read." in out) == (0, True)
    assert (log().rows, log().left_out[0]["lines"]) == (4, 1001)


def test_progress_is_shown_to_a_person_at_a_terminal(run, monkeypatch):
    monkeypatch.setattr("tracker.cli.base._is_terminal", lambda: True)
    code, _, err = run(DOORS + b"2016-05-31 09:30, anna001, x\n" * 4000, *COLUMNS)
    assert (code, "Checking" in err, "Importing" in err) == (0, True, True)


def test_lines_are_left_out_by_rule_and_values_get_a_meaning(run):
    content = (b"When,Who,Action,Result\n2016-05-31 08:00,anna,view,ok\n2016-05-31 08:10,anna,print,ok\n"
               b"2016-05-31 08:20,berta,view,denied\n2016-05-31 08:30,berta,delete,ok\n")  # fmt: skip
    words = ["--map", "since=When", "--map", "identifier=Who", "--fixed", "material=ROOMS"]
    words += ["--where", "Result is not denied", "--value", "Action:view=E3", "--value", "Action:print=E4"]
    code, _, err = run(content, *words, "--value", "Action:delete=leave out", "--system", "Portal")
    assert (code, err) == (0, "")
    assert log().report["left_out"] == {"Result is denied": 1, "Action is delete": 1}
    rows = db.session().scalars(AccessRecord.of(world.case()).order_by(AccessRecord.line)).all()
    assert [(row.line, row.level.value) for row in rows] == [(2, "E3"), (3, "E4")]
    again = run(content + b"2016-05-31 09:00,anna,copy,ok\n", "--fixed", "material=ROOMS", "--system", "Portal")
    assert "Choose what these values mean. Action: copy (1 line)." in again[2]
    assert run(content, *words, "--where", "Mood is x")[2].count(
        'no column "Mood". The header in line 1 reads: When, Who'
    )
