"""The three recusals: no view without a permission, no change outside an action, no action without its entry."""

import pytest
import sqlalchemy as sa

from tests import world
from tests.readers.digests import digests
from tracker import create_app
from tracker.actions.case import cases
from tracker.actions.register import accounts
from tracker.audit.doors import Denied, Refused, action, housekeeping, staging
from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.words import LogState
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditEntry
from tracker.models.register.sessions import LoginAttempt
from tracker.policy import Permission
from tracker.web.guard import Area

READ_ONLY = "readonly|read-only|not authorized"  # the words of SQLite and PostgreSQL


def guarded_view_that_writes():
    """A view somebody might write one day: it changes a row and tells the session to keep it."""
    case = world.case()
    case.title = "Changed by a page"
    db.session().commit()
    return "changed"


def test_a_view_cannot_be_written_without_a_permission():
    with pytest.raises(TypeError, match="needs"):
        Area("bad", __name__).route("/bad")


def test_a_view_cannot_have_two_permissions():
    area = Area("bad", __name__)

    def view():
        return "ok"

    area.route("/one", needs=Permission.ANYONE)(view)
    with pytest.raises(TypeError, match="one view, one permission"):
        area.route("/two", needs=Permission.SIGNED_IN)(view)


def test_the_program_does_not_start_with_a_view_that_names_no_permission(settings, monkeypatch):
    def unguarded(app):
        app.add_url_rule("/open", "open", lambda: "open to all")

    monkeypatch.setattr("tracker.web.login.init_app", lambda app, _: unguarded(app))
    with pytest.raises(RuntimeError, match="open"):
        create_app(settings)


@pytest.mark.alters
def test_a_view_added_behind_the_door_fails_closed(app, browse):
    app.view_functions["late"] = lambda: "open to all"
    app.url_map.add(app.url_rule_class("/late", endpoint="late", methods=["GET"]))
    answer = browse("lena").get("/late")
    assert answer.status_code == 500
    assert "open to all" not in answer.text


@pytest.mark.alters
def test_a_get_that_tries_to_change_something_fails(app, browse):
    guarded_view_that_writes.needs, guarded_view_that_writes.of = Permission.SIGNED_IN, None
    guarded_view_that_writes.fresh = False
    app.view_functions["writes"] = guarded_view_that_writes
    app.url_map.add(app.url_rule_class("/writes", endpoint="writes", methods=["GET"]))
    assert browse("lena").get("/writes").status_code in {500, 503}  # the database says that it is read-only
    assert world.case().title == "Briefing for a call"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases SET title = 'changed'",
        "DELETE FROM assignment",
        "INSERT INTO related_case (case_id, other_id, reason, by_id, at) VALUES (1, 2, 'x', 1, 'x')",
        "DROP TABLE recusal_match",
    ],
)
def test_sql_outside_an_action_fails(app, statement):
    with pytest.raises(sa.exc.DatabaseError, match=READ_ONLY):
        db.session().execute(sa.text(statement))


def test_a_row_changed_outside_an_action_is_not_kept(app):
    world.case().title = "Changed by hand"
    with pytest.raises(sa.exc.DatabaseError, match=READ_ONLY):
        db.session().commit()
    db.session().rollback()
    assert world.case().title == "Briefing for a call"


def test_an_action_does_not_take_along_what_was_changed_before_it(app):
    lena, case = world.person("lena"), world.case()
    case.title = "Changed by hand"
    with pytest.raises(RuntimeError, match="outside an action"):
        cases.read_case(lena, case)


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(Case).values(title="changed"),
        sa.delete(Case),
        sa.insert(Case).values(reference="LK-CCCC", title="made", marking="internal", opened_by_id=1),
    ],
    ids=["update", "delete", "insert"],
)
def test_a_bulk_statement_in_an_action_fails(app, entries, statement):
    @action(Permission.EDIT_CASE, "case.changed")
    def pass_the_entry_by(lead, case):
        db.session().execute(statement)

    before = entries()
    with pytest.raises(RuntimeError, match="through its rows"):
        pass_the_entry_by(world.person("lena"), world.case())
    assert world.case().title == "Briefing for a call"
    assert entries() == before


def test_an_action_that_fails_half_way_leaves_neither_change_nor_entry(app, entries):
    @action(Permission.EDIT_CASE, "case.changed")
    def fail_half_way(lead, case):
        case.title = "Half way"
        db.session().flush()
        raise Refused("No further.")

    before = entries()
    with pytest.raises(Refused):
        fail_half_way(world.person("lena"), world.case())
    assert world.case().title == "Briefing for a call"
    assert entries() == before


def test_a_change_whose_entry_cannot_be_written_is_not_kept(app, monkeypatch):
    def broken(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr("tracker.audit.doors.append", broken)
    with pytest.raises(OSError, match="full"):
        cases.edit_case(world.person("lena"), world.case(), lock_version=1, title="Never kept")
    assert world.case().title == "Briefing for a call"


def test_an_action_within_an_action_leaves_one_entry(app, entries):
    @action(Permission.EDIT_CASE, "case.changed")
    def edit_and_read(lead, case):
        cases.edit_case(lead, case, lock_version=1, title="Changed within")
        cases.read_case(lead, case)

    before = len(entries())
    edit_and_read(world.person("lena"), world.case())
    assert len(entries()) == before + 1
    assert entries()[-1]["act"] == "case.changed"


def test_the_door_of_housekeeping_leads_to_nothing_else(app):
    lena = world.person("lena")
    with pytest.raises(RuntimeError, match="does not lead to account"), housekeeping() as record:
        record.get(Account, lena.id).name = "Somebody else"
    assert world.person("lena").name == "Lena"


def test_the_door_of_housekeeping_leads_to_its_tables(app):
    before = db.session().scalar(sa.select(sa.func.count(LoginAttempt.id)))
    with housekeeping() as record:
        record.add(LoginAttempt(name_hash="a", device_hash="b", at=world.case().opened, ok=True))
    assert db.session().scalar(sa.select(sa.func.count(LoginAttempt.id))) == before + 1


@pytest.mark.furnished
def test_the_door_of_staging_is_shut_for_a_log_that_everybody_sees(app):
    log = db.session().scalars(sa.select(AccessLog).where(AccessLog.state == LogState.VISIBLE)).first()
    before = digests()
    with pytest.raises(Refused, match="stopped"), staging(log) as connection:
        connection.execute(sa.delete(AccessRecord))
    assert digests() == before


def test_a_recorded_read_writes_its_entry_and_nothing_else(app, entries):
    before, count = digests(), len(entries())
    cases.read_case(world.person("lena"), world.case())
    assert digests() == before
    assert len(entries()) == count + 1
    assert set(entries()[-1]["d"]) == set()


def test_a_denied_action_changes_nothing(app, entries):
    before, said = digests(), entries()
    with pytest.raises(Denied, match="You do not have permission to edit the case"):
        cases.edit_case(world.person("ines"), world.case(), lock_version=1, title="Not hers to change")
    assert (digests(), entries()) == (before, said)


def test_an_account_that_is_disabled_may_do_nothing_from_now_on(app):
    lena, case = world.person("lena"), world.case()
    accounts.disable_account(world.person("ada"), world.person("lena"))
    with pytest.raises(Denied, match="You do not have permission to"):
        cases.edit_case(lena, case, lock_version=1, title="Too late")


def test_no_row_of_the_audit_log_can_be_changed(app):
    for change in (sa.update(AuditEntry).values(outcome="ok"), sa.delete(AuditEntry)):
        with pytest.raises(sa.exc.DatabaseError), housekeeping() as record:
            record.execute(change)


def test_a_copy_of_the_world_is_as_if_nobody_had_used_one_before(another):
    found = []
    for _ in range(2):
        with another():
            found.append((digests(), db.session().scalar(sa.select(sa.func.max(AuditEntry.seq)))))
            made = cases.open_case(world.person("nora"), None, title="Mine", marking="internal")
            found[-1] += (made.id, db.session().scalar(sa.select(sa.func.max(AuditEntry.seq))))
    assert found[0] == found[1]
