"""Whoever has the database forges the record: `verify` names it, and no honest change later hides what was forged."""

import re

import pytest
import sqlalchemy as sa

from tests import world as people_of
from tests.audit.test_chain import intruder, verdict, without_guards  # noqa: F401  # a fixture
from tests.audit.test_imports import by_sql
from tests.audit.test_proof_across_versions import newcomers
from tests.audit.test_records import KEYS, MODELS, other, there
from tests.readers.browse import begun
from tracker.actions.access import people
from tracker.actions.register import mismatches, sessions
from tracker.audit.doors import Denied, Refused, action
from tracker.audit.integrity import Mismatch
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.disclosure.claims import Claim
from tracker.models.register.acknowledgements import Acknowledgement
from tracker.models.register.audit_log import AuditEntry
from tracker.models.register.sessions import LoginSession
from tracker.policy import Permission

pytestmark = pytest.mark.furnished


def somebody(name="Walter Young"):
    """A person whom an action recorded by this name."""
    return people.add_person(people_of.person("ines"), people_of.case(), name=name, post="", unit="", identifiers=[])


def edited(person, **facts):
    db.session().rollback()
    again = db.session().get_one(Person, person.id, populate_existing=True)
    people.edit_person(people_of.person("ines"), again, lock_version=again.lock_version, **facts)


def forge(person, name="Somebody else"):
    by_sql(f"UPDATE person SET name = '{name}' WHERE id = {person.id}")


def stranger():
    """A person who came with an import, whom no entry names."""
    newcomers("stranger@office.example")
    return db.session().scalars(sa.select(Person).order_by(Person.id.desc())).first()


@pytest.mark.parametrize("whom", [somebody, stranger])
def test_an_honest_edit_does_not_hide_a_forged_name(app, entries, whom):
    person = whom()
    forge(person)
    with pytest.raises(Mismatch, match=f"person:{person.id} was changed outside the program"):
        edited(person, post="Driver")
    (entry,) = entries("integrity.mismatch")
    assert (entry["obj"], entry["case"], entry["out"]) == (f"person:{person.id}", "LK-AAAA", "failed")
    assert entry["d"]["expected"] != entry["d"]["found"]
    assert f"person:{person.id} " in verdict().fault.sentence


def test_a_second_try_is_refused_and_named_again(app, entries):
    person = somebody()
    forge(person)
    for _ in range(2):
        with pytest.raises(Mismatch):
            edited(person, post="Driver")
    assert len(entries("integrity.mismatch")) == 2


def test_a_row_that_no_entry_made_is_not_written_over(app):
    person = somebody()
    names = [column.name for column in Person.__table__.columns if column.name not in {"id", "number"}]
    columns = ", ".join(f'"{name}"' for name in names)
    by_sql(
        f"INSERT INTO person (id, number, {columns}) SELECT 70000, 70000, {columns} FROM person WHERE id = {person.id}"
    )
    with pytest.raises(Mismatch, match="person:70000"):
        edited(db.session().get_one(Person, 70000), post="Driver")


def test_a_row_set_back_to_what_it_was_before_is_not_written_over(app):
    person = somebody()
    was = dict(db.session().execute(sa.select(Person.__table__).where(Person.id == person.id)).mappings().one())
    edited(person, name="Walter Younger")
    by_sql(f"UPDATE person SET name = '{was['name']}', lock_version = {was['lock_version']} WHERE id = {person.id}")
    with pytest.raises(Mismatch):
        edited(person, post="Driver")


@action(Permission.ANYONE, "test.changed", when_closed=True)
def touch(_who, thing, *, name, value):
    setattr(thing, name, value)


ONCE = {"account", "acknowledgement", "account_alias", "claim_check", "export", "related_case"}  # written only once


@pytest.mark.cases("every kind of record")
@pytest.mark.parametrize("kind", sorted(set(MODELS) - ONCE))
def test_no_kind_of_row_is_written_over_once_it_was_forged(told, kind):
    model, key = MODELS[kind], there(kind)
    texts = [one for one in sa.inspect(model).column_attrs if type(one.columns[0].type) in {sa.String, sa.Text}]
    free = [one for one in texts if not one.columns[0].info.get("derived") and not one.columns[0].unique]
    if not free:
        pytest.skip("it has no text that could be forged")
    by_sql(f'UPDATE "{kind}" SET "{free[0].columns[0].name}" = {other(free[0].columns[0])} WHERE {KEYS[kind]} = {key}')
    thing = db.session().get_one(model, key, populate_existing=True)
    with pytest.raises((Mismatch, RuntimeError), match=r"outside the program|is sealed"):
        touch(people_of.person("ines"), thing, name=free[-1].key, value="honestly")


def test_what_an_action_read_and_another_saved_is_no_forgery(app, entries):
    claim = db.session().get_one(Claim, 1)
    for who in ("ines", "lena"):
        touch(people_of.person(who), claim, name="quote", value=f"What {who} read")
    assert (entries("integrity.mismatch"), verdict().fault) == ([], None)


def acknowledged(person, reason="A restored backup was tried on the wrong machine."):
    told = sa.select(AuditEntry).where(AuditEntry.action == "integrity.mismatch").order_by(AuditEntry.seq)
    entry = db.session().scalars(told).all()[-1]
    mismatches.acknowledge_mismatch(people_of.person("aldo"), entry, reason=reason)


@pytest.mark.parametrize("whom", [somebody, stranger])
def test_an_auditor_acknowledges_with_a_reason_and_verify_goes_on_naming_it(app, entries, command, whom):
    person = whom()
    forge(person)
    with pytest.raises(Mismatch):
        edited(person, post="Driver")
    acknowledged(person)
    (entry,) = entries("integrity.acknowledged")
    assert (entry["obj"], entry["case"]) == (f"person:{person.id}", "LK-AAAA")
    assert entry["d"]["expected"] != entry["d"]["found"]
    edited(person, post="Driver")
    assert (verdict().fault, verdict().acknowledged) == (None, ((entry["seq"], f"person:{person.id}"),))
    code, printed = command("audit", "verify")
    assert (code, f"Acknowledged: person:{person.id} was changed outside" in printed) == (0, True)
    forge(person, "A third name")
    assert f"person:{person.id} was changed" in verdict().fault.sentence


def test_what_was_forged_again_since_is_not_acknowledged_by_an_older_entry(app, command):
    person = somebody()
    forge(person)
    with pytest.raises(Mismatch):
        edited(person, post="Driver")
    forge(person, "A third name")
    with pytest.raises(Refused, match="changed again"):
        acknowledged(person)
    assert command("audit", "verify")[0] == 1  # leaves an entry of how it is now
    acknowledged(person)
    assert verdict().fault is None


def test_nobody_but_an_auditor_acknowledges_and_never_without_a_reason(app):
    person = somebody()
    forge(person)
    with pytest.raises(Mismatch):
        edited(person, post="Driver")
    entry = db.session().scalars(sa.select(AuditEntry).where(AuditEntry.action == "integrity.mismatch")).one()
    for who in ("ada", "lena", "ines"):
        with pytest.raises(Denied):
            mismatches.acknowledge_mismatch(people_of.person(who), entry, reason="It is well.")
    with pytest.raises(Refused, match="reason"):
        acknowledged(person, reason=" ")
    forge(person, "Walter Young")
    with pytest.raises(Refused, match="nothing to acknowledge"):
        acknowledged(person)
    assert db.session().scalars(sa.select(Acknowledgement)).all() == []


def test_what_is_missing_cannot_be_acknowledged(app, monkeypatch):
    forge(person := somebody())
    with pytest.raises(Mismatch):
        edited(person, post="Driver")
    monkeypatch.setattr(mismatches, "find_thing", lambda *asked: None)
    with pytest.raises(Refused, match="Restore it from a backup"):
        acknowledged(person)


def test_the_auditor_finds_it_on_a_page_and_acknowledges_it_there(app, browse):
    person = somebody()
    forge(person)
    with pytest.raises(Mismatch):
        edited(person, post="Driver")
    aldo = browse("aldo")
    listed = aldo.get("/audit-log/mismatches").text
    address = re.search(r"/audit-log/mismatches/\d+", listed)[0]
    assert f"Acknowledge change of person:{person.id}" in listed
    assert "Walter" not in listed + aldo.get(address).text
    assert aldo.post_form(address, reason="A backup was tried.").status_code == 303
    assert "Acknowledged" in aldo.get("/audit-log/mismatches").text
    assert browse("lena").get("/audit-log/mismatches").status_code == 403


def test_a_changed_form_shows_the_sentence_and_keeps_what_was_typed(app, browse):
    person = somebody()
    forge(person)
    answer = browse("ines").post_form(f"/cases/LK-AAAA/people/{person.number}/edit", post="Driver")
    assert (answer.status_code, "was changed outside the program" in answer.text) == (409, True)
    assert "Driver" in answer.text


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE login_session SET account_id = (SELECT id FROM account WHERE email = 'lena@tracker.example')",
        "UPDATE login_session SET token_hash = 'x'",
        "UPDATE login_session SET started_at = '2018-01-01T00:00:00.000000Z'",
    ],
)
def test_a_session_that_is_turned_into_somebody_elses_is_named(app, change):
    begun(people_of.person("ines").id)
    key = db.session().scalar(sa.select(sa.func.max(LoginSession.id)))
    assert verdict().fault is None
    by_sql(f"{change} WHERE id = {key}")
    assert f"login_session:{key} is not as its account signed in" in verdict().fault.sentence


def test_a_session_that_was_squeezed_in_or_opened_again_is_named(app):
    token = begun(people_of.person("ines").id)
    login = db.session().scalars(sa.select(LoginSession).order_by(LoginSession.id.desc())).first()
    sessions.sign_out(people_of.person("ines"), people_of.person("ines"), login=login)
    assert (verdict().fault, bool(token)) == (None, True)
    by_sql(f"UPDATE login_session SET ended_at = NULL WHERE id = {login.id}")
    assert f"login_session:{login.id} was ended by this entry, and is open again." in verdict().fault.sentence
    columns = "account_id, started_at, seen_at, confirmed_at, browser, address"
    by_sql(f"UPDATE login_session SET ended_at = started_at WHERE id = {login.id}")
    by_sql(f"INSERT INTO login_session (token_hash, {columns}) SELECT 'x', {columns} FROM login_session LIMIT 1")
    assert "no entry of a sign-in names it" in verdict().fault.sentence


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_record WHERE seq = 7",
        "UPDATE audit_record SET sha256 = NULL WHERE seq = 7",
        "UPDATE audit_record SET record_id = record_id + 70000 WHERE seq = 7",
        "INSERT INTO audit_record (seq, kind, record_id) VALUES (7, 'claim', 70000)",
        "INSERT INTO audit_record (seq, kind, record_id) VALUES (70000, 'claim', 1)",
    ],
)
def test_the_table_of_named_records_is_built_anew_and_compared(intruder, statement):  # noqa: F811
    with pytest.raises(sa.exc.DBAPIError), intruder.begin() as connection:
        connection.exec_driver_sql(statement)
    without_guards(intruder, (statement, {}))
    assert "records" in verdict().fault.sentence
    assert verdict().fault.seq in {7, 70000}
