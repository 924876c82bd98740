"""Exports are numbered and told before they begin, and told again however they end."""

import pytest

from tests import world as people
from tracker.actions.register import accounts, exports
from tracker.audit.doors import Denied, Refused
from tracker.base import db
from tracker.models.register.audit_log import AuditDetail
from tracker.models.register.exports import Export, Outcome

HASH = "0" * 64


def started(who="lena", **about):
    return exports.start_list(people.person(who), people.case(), **({"what": "access", "filter": ""} | about))


def test_a_list_is_numbered_within_the_case(world, last_entry):
    started()
    export = started("otto", what="people", filter="q=Young")
    assert (export.number, export.what, export.filter, export.names) == (2, "people", "q=Young", False)
    assert (export.by, export.outcome, export.ended) == (world.person("otto"), Outcome.RUNNING, None)
    assert export.file_name == "LK-AAAA-export-2-people.csv"
    entry = last_entry()
    assert (entry["act"], entry["case"], entry["obj"]) == ("export.started", "LK-AAAA", f"export:{export.id}")
    assert {name: entry["d"][name] for name in ("number", "what", "names")} == {
        "number": 2, "what": "people", "names": False,
    }  # fmt: skip


def test_the_words_of_a_filter_stand_where_they_can_be_erased(world, last_entry):
    started(filter="q=Young")
    entry = last_entry()
    assert "Young" not in str(entry)
    assert "Young" in db.session().get(AuditDetail, entry["seq"]).values


def test_the_lists_of_the_register_have_numbers_of_their_own(world):
    started()
    cases = exports.start_cases(world.person("ivo"), None, what="cases", filter="")
    audit_log = exports.start_audit_log(world.person("aldo"), None, what="audit_log", filter="")
    assert [(one.case_id, one.number, one.file_name) for one in (cases, audit_log)] == [
        (None, 1, "register-export-1-cases.csv"),
        (None, 2, "register-export-2-audit_log.csv"),
    ]


def test_names_leave_with_a_purpose_and_a_recipient(world):
    export = exports.start_case_with_names(
        world.person("cora"), world.case(), purpose="Referral", recipient="Prosecutor"
    )
    assert (export.what, export.names, export.purpose, export.recipient) == ("case", True, "Referral", "Prosecutor")
    assert export.file_name == "LK-AAAA-export-1.zip"


@pytest.mark.parametrize(("purpose", "recipient"), [("", "Prosecutor"), ("Referral", " ")])
def test_names_without_a_purpose_or_a_recipient_stay(world, entries, purpose, recipient):
    with pytest.raises(Refused, match="Names are exported only with both"):
        exports.start_case_with_names(world.person("cora"), world.case(), purpose=purpose, recipient=recipient)
    assert entries("export.started") == []


def test_the_audit_log_of_the_case_leaves_for_its_lead(world):
    assert exports.start_case_audit_log(world.person("lena"), world.case(), what="audit_log", filter="").number == 1


@pytest.mark.parametrize(
    ("who", "start", "about"),
    [
        ("ivo", exports.start_list, {"what": "access", "filter": ""}),
        ("walt", exports.start_case_with_names, {"purpose": "", "recipient": ""}),
        ("otto", exports.start_case, {}),
        ("rhea", exports.start_case_with_names, {"purpose": "x", "recipient": "y"}),
        ("ines", exports.start_case_audit_log, {"what": "audit_log", "filter": ""}),
    ],
)
def test_who_may_not_export_does_not(world, who, start, about):
    case = world.case() if who != "walt" else world.case("LK-BBBB")
    with pytest.raises(Denied):
        start(world.person(who), case, **about)
    assert db.session().query(Export).count() == 0


@pytest.mark.parametrize(("who", "start"), [("ada", exports.start_cases), ("lena", exports.start_audit_log)])
def test_who_may_not_export_from_the_register_does_not(world, who, start):
    with pytest.raises(Denied):
        start(world.person(who), None, what="cases", filter="")


def test_the_end_tells_how_much_has_left(world, last_entry):
    export = started()
    exports.end_export(world.person("lena"), export, rows=7, sha256=HASH, complete=True)
    assert (export.rows, export.sha256, export.outcome) == (7, HASH, Outcome.OK)
    assert export.ended >= export.at
    entry = last_entry()
    assert (entry["act"], entry["out"], entry["obj"]) == ("export.ended", "ok", f"export:{export.id}")
    assert (entry["d"]["number"], entry["d"]["rows"], entry["d"]["sha256"]) == (1, 7, HASH)


def test_an_export_that_is_broken_off_has_failed(world, last_entry):
    export = started()
    exports.end_export(world.person("lena"), export, rows=2, sha256=HASH, complete=False)
    assert export.outcome is Outcome.FAILED
    assert (last_entry()["act"], last_entry()["out"]) == ("export.ended", "failed")


def test_an_export_ends_once(world):
    export = started()
    exports.end_export(world.person("lena"), export, rows=7, sha256=HASH, complete=True)
    with pytest.raises(Refused, match="already ended"):
        exports.end_export(world.person("lena"), export, rows=8, sha256=HASH, complete=True)


def test_an_export_ends_also_for_an_account_that_was_disabled_meanwhile(world, last_entry):
    export = started("otto")
    accounts.disable_account(world.person("ada"), world.person("otto"))
    exports.end_export(world.person("otto"), export, rows=0, sha256=HASH, complete=False)
    assert last_entry()["act"] == "export.ended"
