"""A case as its record stood: whatever happened since, each earlier state comes back; reading it is recorded now."""

import random
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests import world
from tests.builders.build_access import access, claim, disclosure, person_level, utc
from tests.builders.build_everything import import_log
from tests.builders.build_inquiry import confirmed, eliminated
from tests.builders.build_interview import accounted, engaged, planned
from tests.builders.build_material import NOWHEN, material, person, version
from tracker.actions.access import access_logs, access_records, eliminations, people
from tracker.actions.access.exposure import read_exposure
from tracker.actions.answers.holdings import read_matrix
from tracker.actions.disclosure import claims, disclosures
from tracker.actions.register.exports import start_list
from tracker.audit.as_of import reading
from tracker.audit.as_of.copying import TODAY
from tracker.audit.as_of.present import stood
from tracker.audit.as_of.reading import NotYet, as_it_stood, recorded_since
from tracker.audit.as_of.undoing import NOT_KEPT, tables
from tracker.audit.doors import Gone, Refused, action, housekeeping, now, witness
from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Identifier, Person
from tracker.models.access.words import IdentifierKind, Level, LogKind, LogState
from tracker.models.case.cases import Case
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.inquiry.interviews import Interview
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditDetail
from tracker.models.register.last_looks import LastLook
from tracker.policy import Permission

HEADER = "Since,Person,Material,Channel,Level\n"
HOUSEKEEPING = {"import_mapping", "search_text", "export"}
OUTSIDE = {"done_rows", "changed"}  # the progress of a worker, and what follows from the audit log


def rows(session):
    """Every quoted column of every row of the case, by table and key."""
    found, here = {}, world.case().id
    for table in tables():
        of_case = table.c.get("id" if table.name == "cases" else "case_id")
        if of_case is not None and table.name not in TODAY | HOUSEKEEPING:
            columns = [one for one in table.columns if not one.info.get("secret") and one.name not in OUTSIDE]
            for row in session.execute(sa.select(*columns).where(of_case == here)).mappings():
                found[table.name, row["id"]] = dict(row)
    return found


def one_of(chance, model, *where):
    return chance.choice(db.session().scalars(model.of(world.case()).where(*where).order_by(model.id)).all())


def edit(verb, thing, **facts):
    verb(world.person("ines"), thing, lock_version=thing.lock_version, **facts)


@pytest.fixture
def steps(app, tmp_path):
    """What people do, each by a chance: made, edited, corrected, removed, imported, reverted, taken back."""

    def log(chance):
        path = tmp_path / f"log-{chance.random()}.csv"
        path.write_text(f"{HEADER}2018-03-20T18:10:00Z,{chance.random()}@portal.example,CARDS,opened,E3\n")
        import_log(world.case(), "ines", path, LogKind.ACCESS)

    def revert(chance):
        visible = AccessLog.of(world.case()).where(AccessLog.state == LogState.VISIBLE)
        if (last := db.session().scalars(visible.order_by(AccessLog.id.desc())).first()) is not None:
            access_logs.revert_log(world.person("ines"), last, why="The wrong file")

    def correct(chance):
        old = one_of(chance, AccessRecord, AccessRecord.uncorrected())
        access_records.correct_access(
            world.person("ines"), old, person=old.person, material=old.material, level=Level.E1,
            since=utc("2018-03-20"), until=NOWHEN, why_corrected="Mistyped.",
        )  # fmt: skip

    def remove(chance):
        made = people.add_identifier(
            world.person("ines"), one_of(chance, Person), kind=IdentifierKind.BADGE, value=f"B-{chance.random()}"
        )
        if chance.random() < 0.5:
            people.remove_identifier(world.person("ines"), made)

    def take_back(chance):
        made = confirmed(eliminated(of=one_of(chance, Disclosure)))
        if chance.random() < 0.5:
            eliminations.withdraw_elimination(world.person("ines"), made, reason="A new record.")

    return [
        log, log, revert, correct, remove, take_back,
        lambda chance: person(unit=chance.choice("AB")),
        lambda chance: edit(people.edit_person, one_of(chance, Person), unit=chance.choice("CDE"), name="A post"),
        lambda chance: edit(disclosures.edit_disclosure, one_of(chance, Disclosure), outlet=f"Daily {chance.random()}"),
        lambda chance: edit(claims.edit_claim, claim(one_of(chance, Disclosure)), quote=f"Said {chance.random()}"),
        lambda chance: access(one_of(chance, Person), db.session().scalars(sa.select(AccessRecord)).first().material),
    ]  # fmt: skip


@pytest.mark.slow("a case is worked on for fourteen steps, and read again after each")
@pytest.mark.parametrize("seed", [11, pytest.param(3, marks=pytest.mark.gate("another order of the same steps"))])
def test_each_earlier_state_comes_back(app, steps, tmp_path, seed):
    chance, states = random.Random(seed), []
    person_level()
    disclosure()
    access(of=material("CARDS"))
    for _ in range(14):
        chance.choice(steps)(chance)
        states.append((now(), rows(db.session())))
    for at, state in states:
        with as_it_stood(world.case(), at, tmp_path) as record:
            then = rows(record)
        assert then == state
    assert list(tmp_path.glob("tmp*")) == []


def test_an_import_counts_from_its_import_until_it_is_reverted(app, steps, tmp_path):
    access(of=material("CARDS"))
    times = [now()]
    for step in steps[1:3]:
        step(random.Random(1))
        times.append(now())
    for at, records, known in zip(times, (1, 2, 1), (1, 2, 2), strict=True):
        with as_it_stood(world.case(), at, tmp_path) as record:
            assert len(record.scalars(AccessRecord.of(world.case())).all()) == records
            assert len(record.scalars(Person.of(world.case())).all()) == known


def test_a_secret_text_that_changed_since_is_not_kept_for_the_date(app, tmp_path):
    seen = planned()
    engaged(seen)
    accounted(seen, narrative="Two copies were on the table.")
    then = now()
    accounted(seen, narrative="One copy was on the table.")
    kept = version(material("CARDS"), label="v1")
    with as_it_stood(world.case(), then, tmp_path) as record:
        assert record.get_one(Interview, seen.id).narrative == NOT_KEPT
    with as_it_stood(world.case(), now(), tmp_path) as record:
        assert record.get_one(Interview, seen.id).narrative == "One copy was on the table."
        assert record.get(type(kept), kept.id) is not None


def test_what_was_removed_is_there_again_with_what_follows_from_it(app, tmp_path):
    somebody = person(("badge", "B-7 "))
    then, (badge,) = now(), somebody.identifiers
    key = badge.id
    people.remove_identifier(world.person("ines"), badge)
    with as_it_stood(world.case(), then, tmp_path) as record:
        again = record.get_one(Identifier, key)
        assert (again._value, again._value_folded) == ("B-7 ", "b-7")
        with pytest.raises(Gone):
            note_identifier(record.get_one(Account, world.person("ines").id), again)


@action(Permission.READ_CASE, "identifier.read", changes=False)
def note_identifier(_reader, _identifier):
    """A recorded read of something that is gone."""


def test_reading_is_recorded_in_the_register_and_nothing_is_changed(app, tmp_path, last_entry):
    person_level()
    one = disclosure()
    then = now()
    with as_it_stood(world.case(), then, tmp_path) as record:
        lena, case = record.get_one(Account, world.person("lena").id), record.get_one(Case, world.case().id)
        read_matrix(lena, case)
        export = start_list(lena, case, what="people", filter="")
        assert "-people-as-of-" in export.file_name
        read_exposure(lena, record.get_one(Disclosure, one.id))
        with pytest.raises(Refused, match="cannot be changed"):
            disclosures.edit_disclosure(lena, record.get_one(Disclosure, one.id), lock_version=1, outlet="Another")
        with housekeeping() as register:
            register.merge(LastLook(account_id=lena.id, case_id=case.id, at=now()))
        witness("access.denied", lena, outcome="denied", case=case)
        with pytest.raises(sa.exc.DatabaseError):
            record.execute(sa.text("DELETE FROM person"))
        assert stood()
    assert stood() is None
    assert last_entry()["act"] == "access.denied"
    db.session().rollback()
    assert db.session().get(LastLook, (world.person("lena").id, world.case().id)) is not None


def test_the_entry_says_as_of_when(app, tmp_path, last_entry):
    person_level()
    with as_it_stood(world.case(), now(), tmp_path) as record:
        read_matrix(record.get_one(Account, world.person("lena").id), record.get_one(Case, world.case().id))
    assert last_entry()["act"] == "matrix.read"
    assert last_entry()["d"]["as_of"].endswith("Z")
    read_matrix(world.person("lena"), world.case())
    assert "as_of" not in last_entry()["d"]


def test_nothing_is_shown_of_a_time_before_the_case_or_of_erased_values(app, tmp_path):
    since = recorded_since(world.case())
    with pytest.raises(NotYet), as_it_stood(world.case(), since - timedelta(seconds=1), tmp_path):
        pass
    with as_it_stood(world.case(), since, tmp_path) as record:
        assert [one.reference for one in record.scalars(sa.select(Case))] == ["LK-AAAA"]
    person()
    newest = sa.select(sa.func.max(AuditDetail.seq)).scalar_subquery()
    with housekeeping() as record:
        record.connection().execute(sa.delete(sa.inspect(AuditDetail).local_table).where(AuditDetail.seq == newest))
        record.commit()
    later = since + timedelta(microseconds=1)
    with pytest.raises(Refused, match="were erased"), as_it_stood(world.case(), later, tmp_path):
        pass


def test_few_are_kept_and_none_for_long(app, tmp_path, monkeypatch):
    times = [now() for _ in range(reading.MOST + 2)]
    for at in [*times, times[-1]]:
        with as_it_stood(world.case(), at, tmp_path):
            assert len(reading._kept) <= reading.MOST
    monkeypatch.setattr(reading, "KEPT_FOR", -1.0)
    with as_it_stood(world.case(), times[0], tmp_path):
        assert len(reading._kept) == 1
