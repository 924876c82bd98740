"""Names: revealed to reviewer and deciding official alone, one person at a time, for an hour, each look recorded."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.builders.build_material import person
from tests.walks.test_actions_at_large import behind_the_programs_back
from tracker.actions.access import reveals
from tracker.actions.case import roles
from tracker.audit.doors import Denied, Refused, now
from tracker.base import db
from tracker.models.access.reveals import Reveal
from tracker.models.case.words import Role, Stage
from tracker.models.register.audit_log import AuditDetail
from tracker.policy import Permission, allows

WHY = "The letter quotes a signature."


def revealed(world, who="rhea", of=None):
    return reveals.reveal_name(world.person(who), of or person(name="P. Young"), reason=WHY)


def sees(world, who, of):
    return allows(world.person(who), Permission.READ_NAMES, of)


@pytest.mark.parametrize("who", ["rhea", "dora"])
def test_a_name_is_revealed_for_an_hour_to_whoever_asked(world, who, last_entry):
    one, other = person(name="P. Young"), person(name="A. Old")
    reveal = revealed(world, who, one)
    assert reveal.until - reveal.at == timedelta(hours=1)
    assert [sees(world, each, one) for each in (who, "otto", "rhea" if who == "dora" else "dora")] == [
        True,
        False,
        False,
    ]
    assert not sees(world, who, other)
    assert not sees(world, who, world.case())
    entry = last_entry()
    assert (entry["act"], entry["obj"], entry["d"]["person"]) == ("name.revealed", f"reveal:{reveal.id}", "P-001")


def test_the_reason_stands_in_the_details_alone(world, last_entry):
    revealed(world)
    entry = last_entry()
    details = db.session().scalar(sa.select(AuditDetail.values).where(AuditDetail.seq == entry["seq"]))
    assert WHY in details
    assert WHY not in str(entry)


def test_it_expires_by_itself(world, monkeypatch):
    one = person(name="P. Young")
    monkeypatch.setattr(reveals, "now", lambda: now() - timedelta(minutes=61))
    revealed(world, of=one)
    monkeypatch.undo()
    assert not sees(world, "rhea", one)
    assert reveals.view_name(world.person("rhea"), one) is None
    assert revealed(world, of=one).until > now()


def test_it_is_not_revealed_twice_at_once(world):
    one = revealed(world)
    with pytest.raises(Refused, match=r"^The name of P-001 is already revealed to you until \d\d:\d\d UTC\.$"):
        revealed(world, of=one.person)


@pytest.mark.parametrize("who", ["lena", "ines", "cora", "otto", "ivo", "nora"])
def test_nobody_else_reveals(world, who):
    with pytest.raises(Denied):
        revealed(world, who)


def test_whoever_sees_names_by_a_role_needs_no_reveal(world):
    for held in list(world.case().assignments):
        if held.role is Role.COUNSEL:
            roles.end_assignment(world.person("lena"), held, reason="Moved.")
    offered = roles.offer_role(world.person("lena"), world.case(), email=world.email("dora"), role=Role.COUNSEL)
    roles.accept_role(world.person("dora"), offered, declaration="None.")
    with pytest.raises(Refused, match="already see names"):
        revealed(world, "dora")


def test_each_look_is_recorded_and_only_of_a_revealed_name(world, entries):
    one = revealed(world).person
    assert reveals.view_name(world.person("rhea"), one).account.name == "Rhea"
    for who in ("lena", "otto", "dora"):
        assert reveals.view_name(world.person(who), one) is None
    assert [entry["obj"] for entry in entries("name.read")] == [f"person:{one.id}"]


def test_who_is_left_an_observer_sees_the_name_no_longer(world):
    one = revealed(world).person
    lena, rhea = world.person("lena"), world.person("rhea")
    offered = roles.offer_role(lena, world.case(), email=rhea.email, role=Role.OBSERVER)
    roles.accept_role(rhea, offered, declaration="None.")
    held = next(held for held in world.case().assignments if held.role is Role.REVIEWER)
    roles.end_assignment(lena, held, reason="Moved.")
    assert not sees(world, "rhea", one)


def test_a_name_is_revealed_in_a_closed_case_too(world):
    one = person(name="P. Young")
    behind_the_programs_back("UPDATE cases SET stage = :closed WHERE reference = 'LK-AAAA'", closed=Stage.CLOSED.value)
    revealed(world, of=one)
    assert db.session().scalars(sa.select(Reveal)).one().reason == WHY
