"""Downloads over HTTP: what is in them, what is told of them, and who gets them."""

import csv
import hashlib
import io

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import world
from tracker.actions.access import people
from tracker.actions.case import roles
from tracker.actions.register import accounts
from tracker.base import db
from tracker.exports.streams import Stream
from tracker.models.case.assignments import Assignment
from tracker.models.register.exports import Export, Outcome
from tracker.web import guard
from tracker.web.transfer import downloads

pytestmark = pytest.mark.furnished

LISTS = (
    "disclosures claims checks captures materials versions copies coverage people access access-logs whereabouts team"
    " conflicts"
).split()
NAMES = ("Name 1", "aide1.lk-aaaa@office.example", "B-1")
STAFF = ("lena", "ines", "rhea", "cora", "dora", "otto")


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def unread(client, url):
    """An answer whose bytes nobody has taken yet."""
    return FlaskClient.open(client, url)


def exports():
    db.session().rollback()
    return list(db.session().scalars(sa.select(Export).order_by(Export.id)))


@pytest.mark.parametrize("name", LISTS)
def test_each_list_of_a_case_is_a_file_without_names(browse, name):
    answer = browse("lena").get(f"/cases/LK-AAAA/{name}.csv")
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="LK-AAAA-export-1-{name}.csv"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert rows_of(answer) or name in {"access-logs", "checks"}
    assert not [name for name in NAMES if name in answer.text]


def test_an_access_leaves_under_the_names_of_the_import(browse):
    row = rows_of(browse("otto").get("/cases/LK-AAAA/access.csv"))[0]
    assert (
        list(row)[:16]
        == (
            "person name material version copy channel level since_utc since_local since_precision"
            " until_utc until_local until_precision source line note"
        ).split()
    )
    assert list(row)[-1] == "Access is opportunity, not guilt."
    assert list(row.values())[:16] == [
        "P-001", "", "CARDS-1", "", "", "opened", "E3", "2018-03-20T19:15:00Z", "2018-03-20T19:15:00+00:00[UTC]",
        "minute", "", "", "unknown", "Portal", "", "",
    ]  # fmt: skip
    assert row["Access is opportunity, not guilt."] == "confirmed access"


def test_a_person_leaves_as_her_pseudonym(browse):
    first, _ = rows_of(browse("lena").get("/cases/LK-AAAA/people.csv"))
    assert first == {
        "person": "P-001",
        "name": "",
        "post": "Aide",
        "unit": "Press",
        "involvement": "recipient",
        "identifiers": "",
    }


def test_an_account_leaves_as_its_role(browse):
    [capture] = rows_of(browse("lena").get("/cases/LK-AAAA/captures.csv"))
    [case] = rows_of(browse("lena").get("/cases.csv"))
    assert (capture["by"], case["lead"]) == ("investigator", "lead")


def test_the_file_holds_what_the_filter_shows(browse):
    shown = browse("lena").get("/cases/LK-AAAA/access.csv?level=E3")
    hidden = browse("lena").get("/cases/LK-AAAA/access.csv?level=E4")
    assert {row["level"] for row in rows_of(shown)} == {"E3"}
    assert rows_of(hidden) == []
    assert [export.filter for export in exports()] == ["level=E3", "level=E4"]


@pytest.mark.parametrize("name", "access access-logs disclosures materials people conflicts whereabouts".split())
def test_words_that_nothing_holds_leave_the_header_alone(browse, name):
    assert rows_of(browse("lena").get(f"/cases/LK-AAAA/{name}.csv"))
    assert rows_of(browse("lena").get(f"/cases/LK-AAAA/{name}.csv?q=no+such+words")) == []


def test_the_list_of_cases_and_the_audit_logs_are_narrowed_too(browse):
    assert rows_of(browse("lena").get("/cases.csv?q=no+such+words")) == []
    assert {row["action"] for row in rows_of(browse("lena").get("/cases/LK-AAAA/audit-log.csv?action=claim"))} == {
        "claim.recorded"
    }
    assert {row["case"] for row in rows_of(browse("aldo").get("/audit-log.csv?case=LK-BBBB"))} == {"LK-BBBB"}


def test_a_filter_that_cannot_be_read_lets_nothing_out(browse):
    assert browse("lena").get("/cases/LK-AAAA/access.csv?person=everybody").status_code == 422
    assert exports() == []


def test_a_case_of_others_is_not_in_the_list_of_cases(browse):
    answer = browse("ivo").get("/cases.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="register-export-1-cases.csv"'
    assert [row["reference"] for row in rows_of(answer)] == ["LK-BBBB"]


@pytest.mark.parametrize("name", LISTS)
def test_who_may_not_read_the_case_gets_no_list_of_it(browse, name):
    assert {
        who: browse(who).get(f"/cases/LK-AAAA/{name}.csv").status_code for who in ("ivo", "walt", "ada", "aldo")
    } == dict.fromkeys(("ivo", "walt", "ada", "aldo"), 404)
    assert exports() == []


def test_the_audit_log_of_a_case_is_for_its_lead_and_counsel(browse):
    answers = {who: browse(who).get("/cases/LK-AAAA/audit-log.csv").status_code for who in STAFF}
    assert answers == {"lena": 200, "ines": 403, "rhea": 403, "cora": 200, "dora": 403, "otto": 403}


def test_the_auditor_exports_every_entry_without_contents(browse, entries):
    answer = browse("aldo").get("/audit-log.csv")
    rows, lines = rows_of(answer), entries()
    assert [row["seq"] for row in rows] == [str(line["seq"]) for line in lines[: len(rows)]]
    assert rows[-1] == {
        "seq": str(lines[-2]["seq"]), "at_utc": lines[-2]["at"], "at_local": lines[-2]["at"].replace("Z", "+00:00"),
        "at_precision": "exact", "actor": "auditor", "action": "export.started", "case": "", "record": "export:1",
        "outcome": "ok", "entry_hash": lines[-1]["prev"], "cseq": "", "actor_id": lines[-2]["actor"], "via": "",
    }  # fmt: skip
    assert "Name 1" not in answer.text


def test_an_export_is_told_before_its_first_byte_and_after_its_last(browse, entries):
    answer = browse("lena").get("/cases/LK-AAAA/access.csv")
    started, ended = entries("export.started")[-1], entries("export.ended")[-1]
    assert started["d"]["number"] == ended["d"]["number"] == 1
    assert (started["case"], started["d"]["what"], started["d"]["names"]) == ("LK-AAAA", "access", False)
    assert (ended["out"], ended["d"]["rows"]) == ("ok", len(rows_of(answer)))
    assert ended["d"]["sha256"] == hashlib.sha256(answer.data).hexdigest()
    assert ended["sid"] == started["sid"]


def test_a_download_that_is_broken_off_has_failed(browse, entries, monkeypatch):
    monkeypatch.setattr(downloads, "CHUNK", 10)
    answer = unread(browse("lena"), "/cases/LK-AAAA/access.csv")
    head = next(iter(answer.response))
    answer.close()
    ended = entries("export.ended")[-1]
    assert (ended["out"], ended["d"]["rows"], ended["d"]["sha256"]) == ("failed", 0, hashlib.sha256(head).hexdigest())
    assert exports()[-1].outcome is Outcome.FAILED


def test_asking_for_the_headers_alone_is_told_like_a_download(browse, entries):
    answer = browse("lena").head("/cases/LK-AAAA/access.csv")
    answer.close()
    assert (answer.status_code, answer.data) == (200, b"")
    assert [line["act"] for line in entries()[-2:]] == ["export.started", "export.ended"]
    assert entries()[-1]["out"] == "failed"


def test_a_part_of_a_file_is_not_served(browse):
    answer = browse("lena").get("/cases/LK-AAAA/access.csv", headers={"Range": "bytes=0-9"})
    assert answer.status_code == 200
    assert len(answer.data) > 10


@pytest.mark.parametrize("url", ["/cases/LK-AAAA/access.csv", "/cases/LK-AAAA/export", "/cases.csv"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_other_site_starts_a_download(browse, last_entry, url, site):
    assert browse("lena").get(url, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert (last_entry()["act"], last_entry()["out"]) == ("access.denied", "denied")
    assert browse("lena").get(url, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_exports_are_numbered_within_their_case(browse):
    for url in ("/cases/LK-AAAA/people.csv", "/cases.csv", "/cases/LK-AAAA/access.csv", "/cases.csv"):
        assert browse("lena").get(url).text
    assert [(export.case_id, export.number) for export in exports()] == [(1, 1), (None, 1), (1, 2), (None, 2)]


def test_what_a_spreadsheet_would_run_is_shown_instead(browse):
    for post in ("=1+1", "'=1+1", "\uff1d1+1", "-2", "a=1"):
        people.add_person(world.person("ines"), world.case(), name="", post=post, unit="", identifiers=[])
    rows = rows_of(browse("lena").get("/cases/LK-AAAA/people.csv"))
    assert [row["post"] for row in rows[2:]] == ["'=1+1", "''=1+1", "'\uff1d1+1", "'-2", "a=1"]


def test_the_session_of_whoever_takes_the_bytes_is_left_as_it_was(browse):
    answer = unread(browse("lena"), "/cases/LK-AAAA/access.csv")
    mine = db.session()
    assert answer.data
    answer.close()
    assert db.session() is mine


def made_meanwhile(monkeypatch, happens):
    """While the file of an export is written, something happens."""
    spool = Stream.spool

    def slow(stream, folder):
        written = spool(stream, folder)
        happens()
        return written

    monkeypatch.setattr(Stream, "spool", slow)


def disable(who):
    accounts.disable_account(world.person("ada"), world.person(who))


def leave():
    held = db.session().scalars(sa.select(Assignment).where(Assignment.account_id == world.person("ines").id)).all()
    for assignment in held:
        roles.end_assignment(world.person("lena"), assignment, reason="Moved")


@pytest.mark.parametrize(("who", "happens", "status"), [("ines", leave, 404), ("ines", lambda: disable("ines"), 401)])
def test_who_may_not_have_it_any_more_gets_nothing(browse, entries, monkeypatch, who, happens, status):
    made_meanwhile(monkeypatch, happens)
    answer = unread(browse(who), "/cases/LK-AAAA/access.csv")
    assert answer.status_code == status
    assert "P-001" not in answer.text
    assert (entries("export.ended")[-1]["out"], entries("export.ended")[-1]["d"]["rows"]) == ("failed", 0)
    assert exports()[-1].outcome is Outcome.FAILED


def test_who_is_still_of_the_case_and_may_not_read_it_any_more_gets_nothing(browse, monkeypatch):
    made_meanwhile(monkeypatch, lambda: monkeypatch.setattr(guard, "allows", lambda *_: False))
    answer = unread(browse("ines"), "/cases/LK-AAAA/access.csv")
    assert answer.status_code == 403
    assert "P-001" not in answer.text
