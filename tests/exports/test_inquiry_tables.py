"""The files of the inquiry: their columns, what stands in them, and what never leaves in any of them."""

import csv
import io
import re
import zipfile

import pytest

from tests import world
from tests.builders import build_access, build_case, build_columns, build_finding, build_inquiry
from tests.exports.test_tables import rows
from tracker.actions.access import eliminations
from tracker.actions.access.people import add_person
from tracker.audit.doors import action, now
from tracker.base import db
from tracker.exports.bundle import tables_for
from tracker.models.case.words import ProtectionResult
from tracker.models.findings.reviews import Review
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import Verdict
from tracker.models.inquiry.words import InformationGrade, SourceGrade
from tracker.policy import Permission
from tracker.web.lists import LISTS, zip_tables

TABLES = {table.name: table for table in zip_tables()}

PROMISED = {
    "interviews": "number person capacity voluntary advisement acknowledged place mode started* ended* state signed* "
    "statement_sha256",
    "addenda": "interview number kind text by signed*",
    "exhibits": "number title form sha256 size obtained* obtained_from grade",
    "custody": "exhibit number from_holder to_holder at* why seal",
    "lines-of-inquiry": "number question direction owner due* state result",
    "eliminations": "person disclosure claim ground evidence strength proposed_by confirmed_by",
    "findings": "number person allegation rule standard evidence_for evidence_against missing reasoning reply "
    "conclusion state revision text_sha256 author",
    "reviews": "finding revision reviewer verdict note text_sha256 at*",
}
FURTHER = set(
    "presence disposals press-contacts hypotheses citations subject-status reveals finding-revisions comments replies"
    " assessments decisions outcomes stage-moves suspensions review-waivers protection-checks".split()
)
NEVER = {  # what was said, what counsel keeps, what the team thinks
    "interview": "notice planning companion_words confidentiality engaged recorder narrative answers clarified shown "
    "deviation closure corrections refusal why_ended",
    "evaluation": "text",
    "privileged_note": "text",
    "protection_check": "reason",
    "protection_answers": "requester",
    "finding_revision": "text",
}
WITH_NAMES = {"presence.who", "addendum.signed_by", "person.name"}
IN_STATEMENTS = {f"interview.{one}" for one in NEVER["interview"].split()} - {"interview.planning"}
MARK = "=canary "


@pytest.fixture
def marked(world):
    return build_columns.told(MARK)


@pytest.mark.parametrize("name", PROMISED)
def test_the_first_columns_are_those_that_were_promised(name):
    promised = []
    for word in PROMISED[name].split():
        times = [f"{word[:-1]}_{part}" for part in ("utc", "local", "precision")]
        promised += times if word.endswith("*") else [word]
    assert TABLES[name].header[: len(promised)] == promised


def test_every_noun_of_the_inquiry_has_its_file():
    in_a_case = {one.name for one in LISTS if one.columns and one.everywhere is None}
    assert {*PROMISED, *FURTHER} <= in_a_case < set(TABLES)


@pytest.mark.parametrize("names", [False, True], ids=["without names", "with names"])
def test_what_must_never_leave_is_in_no_file(marked, browse, names):
    given = {"names": "y", "purpose": "Referral", "recipient": "Prosecutor"} if names else {}
    answer = browse("lena").post_form("/cases/LK-AAAA/export", **given)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    statements = {name: texts.pop(name) for name in list(texts) if name.startswith("statements/")}
    found, said = (
        set(re.findall(r"canary ([a-z_]+\.[a-z_]+)", "".join(some.values()))) for some in (texts, statements)
    )
    never = {f"{table}.{column}" for table, columns in NEVER.items() for column in columns.split()}
    assert found & never == set()
    assert found & WITH_NAMES == (WITH_NAMES if names else set())
    assert {"interview.narrative", "addendum.text"} <= said
    assert said & (never | WITH_NAMES) <= IN_STATEMENTS | ({"presence.who", "addendum.signed_by"} if names else set())
    assert {"addendum.text", "finding.reasoning", "reply.answer", "decision.reason", "press_contact.content"} <= found
    assert {"interview.place", "interview.declination"} == {one for one in found if one.startswith("interview.")}


def test_each_text_that_could_run_is_shown_instead(marked, browse):
    lena, seen = browse("lena"), 0
    for table in LISTS:
        for row in csv.DictReader(io.StringIO(lena.get(f"/cases/LK-AAAA/{table.name}.csv").text, newline="")):
            cells = {name: cell for name, cell in row.items() if "canary" in cell}
            assert {name for name, cell in cells.items() if not cell.startswith("'=canary")} == set(), table.name
            seen += len(cells)
    assert seen > 50


@pytest.mark.cases("exports every table")
@pytest.mark.parametrize("name", sorted({*PROMISED, *FURTHER}))
def test_each_of_them_has_its_rows_and_those_of_no_other_case(marked, browse, name):
    assert rows(name, TABLES[name].header[0])
    answer = browse("ivo").get(f"/cases/LK-BBBB/{name}.csv")
    assert answer.status_code == (409 if TABLES[name].person_level else 200)  # no counsel has answered there
    assert "canary" not in answer.text


def test_people_are_pseudonyms_and_accounts_are_roles(marked):
    assert rows("interviews", "person", "advisement", "by") == [
        ("P-001", "'=canary standard_text.name, version 1", "investigator"),
    ]  # fmt: skip
    assert rows("findings", "person", "author") == [("P-001", "investigator")]
    assert rows("reviews", "finding", "elimination", "reviewer") == [("90", "", "reviewer"), ("", "90", "reviewer")]
    assert rows("subject-status", "person", "by", "signed_by") == [("P-001", "investigator", "counsel")]
    assert rows("outcomes", "by", "closed_by") == [("investigator", "deciding_official")]
    assert rows("reveals", "person", "by") == [("P-001", "investigator")]
    assert rows("lines-of-inquiry", "owner", "hypothesis") == [("investigator", "90")]


def test_the_text_given_because_counsel_attends_is_the_last_column(marked):
    assert TABLES["interviews"].header[-1] == "counsel_text"
    assert rows("interviews", "counsel_text") == [("'=canary standard_text.name, version 1",)]


def test_a_citation_says_what_it_cites(marked):
    assert rows("citations", "finding", "hypothesis", "subject_status", "cited") == [
        ("90", "", "", "exhibit:90"), ("", "", "90", "claim:1/1"),
        ("", "90", "", "access_record:1"), ("", "90", "", "press_contact:90"),
    ]  # fmt: skip


def test_seals_leave_under_the_names_that_were_promised(marked):
    assert rows("interviews", "statement_sha256") == [(marked["interview"].seal,)]
    assert rows("custody", "exhibit", "seal") == [("90", marked["custody_entry"].seal)]
    assert rows("findings", "text_sha256") == rows("finding-revisions", "text_sha256")


def test_the_protection_check_leaves_as_result_and_day_alone(marked):
    assert TABLES["protection-checks"].header == ["result", "answered_on"]


GRADES = [((SourceGrade.B, InformationGrade.TWO), "B2"), ((None, None), ""), ((SourceGrade.C, None), "C-")]


@action(Permission.READ_CASE, "trial.changed")
def change(reader, case, *, what):
    what(case)


@pytest.mark.parametrize(("grades", "grade"), GRADES)
def test_a_grade_is_two_letters_or_says_what_was_not_judged(marked, grades, grade):
    def judge(_case):
        marked["exhibit"].source_grade, marked["exhibit"].information_grade = grades

    change(world.person("ines"), world.case(), what=judge)
    assert rows("exhibits", "grade") == [(grade,)]
    assert marked["exhibit"].grade == grade


def test_a_grade_that_begins_like_a_formula_is_guarded(marked):
    change(world.person("ines"), world.case(), what=lambda _: setattr(marked["exhibit"], "source_grade", None))
    assert rows("exhibits", "grade") == [("'-1",)]


def test_an_elimination_is_confirmed_until_it_is_returned_or_withdrawn(marked):
    assert rows("eliminations", "person", "disclosure", "claim", "proposed_by", "confirmed_by") == [
        ("P-001", "1", "1", "investigator", "reviewer"),
    ]  # fmt: skip

    def send_back(case):
        reviewer = world.person("rhea")
        facts = {
            "elimination_id": marked["elimination"].id,
            "verdict": Verdict.RETURNED,
            "number": 95,
            "text_sha256": "b" * 64,
        }
        db.session().add(build_columns.filled(Review, reviewer, case, "", **facts))

    change(world.person("ines"), world.case(), what=send_back)
    assert rows("eliminations", "confirmed_by") == [("",)]


def test_a_withdrawn_elimination_is_confirmed_by_nobody(marked):
    change(world.person("ines"), world.case(), what=lambda _: setattr(marked["elimination"], "withdrawn_at", now()))
    assert rows("eliminations", "confirmed_by", "withdrawn_precision") == [("", "exact")]


def test_a_subject_is_one_while_the_subject_status_is_in_force(marked, world):
    add_person(world.person("ines"), world.case(), name="", post="Clerk", unit="", identifiers=[])
    assert rows("people", "person", "involvement") == [("P-001", "subject"), ("P-002", "recipient")]
    change(world.person("ines"), world.case(), what=lambda _: setattr(marked["subject_status"], "ended_at", now()))
    assert rows("people", "person", "involvement") == [("P-001", "recipient"), ("P-002", "recipient")]


def test_a_subject_status_that_lapsed_or_waits_makes_nobody_a_subject(marked, world):
    def lapse(case):
        marked["subject_status"].ended_at = now()
        for number, facts in ((95, {"signed_at": now(), "until": now()}), (96, {})):
            whom = marked["subject_status"].person_id
            db.session().add(
                build_columns.filled(
                    SubjectStatus, world.person("ines"), case, "", person_id=whom, number=number, **facts
                )
            )

    change(world.person("ines"), world.case(), what=lapse)
    assert rows("people", "involvement") == [("recipient",)]


def texts_of_the_zip(client):
    answer = client.post_form("/cases/LK-AAAA/export")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_while_the_protection_check_is_shut_no_file_holds_an_answer_about_a_person(world, browse):
    build_case.protection_check()
    about, subject = build_inquiry.eliminated(), build_inquiry.designated()
    said = {"text_sha256": about.text_sha256, "note": "P-001 was in the room."}
    eliminations.return_elimination(world.person("rhea"), about, **said)
    build_inquiry.cite(subject, build_case.claim(), note="P-002 told of it.")
    build_case.find()
    build_finding.returned(build_finding.submitted(), reasons="Say who else held it.")
    lena, words = browse("lena"), ("was in the room", "told of it", "Say who else held it", "exhibit:1")
    for result, out in ((ProtectionResult.PROCEED, True), (ProtectionResult.STOP_AND_REFER, False)):
        build_case.protection_check(result)
        single = "".join(lena.get(f"/cases/LK-AAAA/{name}.csv").text for name in ("reviews", "citations"))
        for text in (single, "".join(texts_of_the_zip(lena).values())):
            assert [one in text for one in words] == [out, out, True, True]


def test_while_the_protection_check_is_shut_a_whole_case_has_no_file_about_persons(world):
    def files():
        return {table.name for table in tables_for(zip_tables(), world.person("lena"), world.case())}

    shut = {table.name for table in TABLES.values() if table.person_level}
    assert "eliminations" in shut
    assert not shut & files()
    build_access.person_level()
    assert shut <= files()
