"""Custody: one holder at a time, a chain without gap or overlap, and an end that two people agree on."""

from datetime import timedelta
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import world as people
from tests.builders.build_exhibit import exhibit, handed
from tracker.actions.case import cases
from tracker.actions.inquiry import custody
from tracker.actions.register import accounts
from tracker.audit.doors import Denied, Refused, now
from tracker.audit.verify import sealed
from tracker.models.access.words import IdentifierKind
from tracker.models.inquiry.custody import CustodyEntry


def proposed(of, *, who="ines", reason="Returned"):
    return custody.propose_disposal(people.person(who), of, reason=reason)


def confirmed(disposal, *, who="lena"):
    custody.confirm_disposal(people.person(who), disposal)


def test_a_handover_begins_with_whoever_holds_it_and_is_sealed(world, last_entry):
    made = exhibit()
    second = handed(made, "Laboratory", seal_number="S-2", condition="Intact")
    assert (second.number, second.from_holder, made.holder) == (2, "Evidence room", "Laboratory")
    assert second.sealed_parts()["before"] == made.custody[0].seal
    entry = last_entry()
    assert (entry["act"], entry["obj"]) == ("exhibit.handed_over", f"custody_entry:{second.id}")
    assert entry["d"]["seals"] == {f"custody_entry:{second.id}": second.seal}


def test_who_saw_an_older_chain_is_told_who_holds_it_now(world):
    made = exhibit()
    handed(made, "Laboratory")
    with pytest.raises(Refused, match=r"Laboratory holds it now \(entry 2\)"):
        handed(made, "Registry", after=1)
    assert [one.to_holder for one in made.custody] == ["Evidence room", "Laboratory"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"to": "evidence ROOM"}, "already holds this exhibit"),
        ({"to": "The mo" + "le"}, "Leave out"),
        ({"at": "2018-03-22 08:59"}, "before an earlier handover"),
        ({"at": "2018-03-21"}, "before an earlier handover"),
        ({"at": (now() + timedelta(hours=3)).strftime("%Y-%m-%d %H:%M")}, "lies in the future"),
    ],
)
def test_what_cannot_be_a_handover_is_refused_and_leaves_nothing(world, entries, facts, words):
    made = exhibit()
    before = len(entries())
    with pytest.raises(Refused, match=words):
        handed(made, **facts)
    assert (len(made.custody), len(entries())) == (1, before)


@pytest.mark.parametrize("at", ["2018-03-22", "", now().strftime("%Y-%m-%d")])
def test_a_time_that_is_known_roughly_is_taken_where_the_order_can_be(world, at):
    made = exhibit()
    handed(made, at=at)
    assert made.holder == "Laboratory"


def test_an_unknown_time_lets_no_later_handover_slip_before_an_earlier_one(world):
    made = exhibit()
    handed(made, "Laboratory", "")
    with pytest.raises(Refused, match="before an earlier handover"):
        handed(made, "Registry", "2018-03-01")


HOLDERS = st.sampled_from(["Evidence room", "Laboratory", "Registry"])
TIMES = st.sampled_from(["2018-03-21 10:00", "2018-03-22", "2018-03-23 10:00", "2018-03-24 10:00", "", "2099-01-01"])
STEPS = st.lists(st.tuples(HOLDERS, TIMES, st.integers(0, 1)), max_size=6)


@pytest.mark.slow("walks through many handovers")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_under_any_handovers_there_is_one_holder_and_neither_gap_nor_overlap(world, steps):
    made = exhibit(again=True)
    for to, at, behind in steps:
        held = made.holder
        try:
            handed(made, to, at, after=len(made.custody) - behind)
        except Refused:
            assert made.holder == held
        else:
            assert made.holder == to
    chain = made.custody
    assert [one.number for one in chain] == list(range(1, len(chain) + 1))
    assert all(one.to_holder == then.from_holder for one, then in pairwise(chain))
    assert all(one.from_holder != one.to_holder for one in chain)
    starts = [one.at.earliest for one in chain if one.at.earliest]
    assert all(one.at.latest is None or one.at.latest >= starts[0] for one in chain)


@pytest.mark.parametrize(
    ("column", "value"),
    [("from_holder", "x"), ("to_holder", "x"), ("why", "x"), ("seal_number", "x"), ("condition", "x"),
     ("by_id", 1), ("number", 9), ("recorded", now())],
)  # fmt: skip
def test_a_handover_never_changes(world, monkeypatch, column, value):
    entry = exhibit().custody[0]
    monkeypatch.setattr(custody, "receive", lambda exhibit, *_, **__: setattr(exhibit.custody[0], column, value))
    with pytest.raises(RuntimeError, match="sealed and cannot change"):
        handed(entry.exhibit)


def test_another_person_ends_custody_and_the_record_stays(world, last_entry):
    made = exhibit()
    disposal = proposed(made)
    assert (last_entry()["act"], made.disposal.waits, made.is_disposed) == ("disposal.proposed", True, False)
    confirmed(disposal)
    assert (made.is_disposed, made.has_file, disposal.confirmed_by.name) == (True, False, "Lena")
    assert (made.sha256, made.holder) == (sha256(b"the bytes").hexdigest(), "Evidence room")
    assert disposal.is_sealed


def test_the_entry_of_a_disposal_names_the_hash_and_seals_it(world, last_entry):
    disposal = proposed(exhibit())
    confirmed(disposal, who="cora")
    entry = last_entry()
    assert (entry["act"], entry["obj"]) == ("disposal.confirmed", f"disposal:{disposal.id}")
    assert (entry["d"]["sha256"], entry["d"]["exhibit"]) == (disposal.exhibit.sha256, 1)
    assert entry["d"]["seals"] == {f"disposal:{disposal.id}": disposal.seal}


def test_nobody_confirms_what_she_proposed_under_any_account(world):
    disposal = proposed(exhibit(), who="ines")
    accounts.add_alias(world.person("ada"), world.person("lena"), kind=IdentifierKind.EMAIL, value=world.email("ines"))
    for who in ("ines", "lena"):
        with pytest.raises(Denied):
            confirmed(disposal, who=who)
    confirmed(disposal, who="dora")


def test_whoever_proposed_it_takes_it_back(world, last_entry):
    made = exhibit()
    custody.decline_disposal(people.person("ines"), proposed(made, who="ines"), reason="It is asked for again")
    assert (last_entry()["act"], made.disposal) == ("disposal.declined", None)


def test_nothing_is_proposed_or_declined_without_a_reason(world):
    made = exhibit()
    with pytest.raises(Refused, match="Enter why the exhibit is no longer needed"):
        custody.propose_disposal(people.person("ines"), made, reason="\u200b")
    with pytest.raises(Refused, match="Enter why the exhibit must be kept"):
        custody.decline_disposal(people.person("lena"), proposed(made), reason=" ")


@pytest.mark.parametrize("who", ["rhea", "otto", "ivo"])
def test_reviewer_and_observer_dispose_of_nothing(world, who):
    made = exhibit()
    with pytest.raises(Denied):
        proposed(made, who=who)
    disposal = proposed(made)
    with pytest.raises(Denied):
        confirmed(disposal, who=who)
    with pytest.raises(Denied):
        custody.decline_disposal(people.person(who), disposal, reason="No")
    with pytest.raises(Denied):
        handed(made, who=who)


def test_what_was_declined_stays_and_may_be_proposed_anew(world, last_entry):
    made = exhibit()
    disposal = proposed(made)
    custody.decline_disposal(people.person("cora"), disposal, reason="Needed for the appeal")
    assert (last_entry()["act"], disposal.declined_by.name, made.disposal) == ("disposal.declined", "Cora", None)
    with pytest.raises(Refused, match="was already declined"):
        confirmed(disposal)
    confirmed(proposed(made))
    assert made.is_disposed


def test_of_one_exhibit_one_disposal_waits_at_a_time(world):
    made = exhibit()
    disposal = proposed(made)
    with pytest.raises(Refused, match="already waiting for a second person"):
        proposed(made, who="lena")
    confirmed(disposal)
    with pytest.raises(Refused, match="was already confirmed"):
        custody.decline_disposal(people.person("lena"), disposal, reason="Too late")
    for act in (proposed, handed):
        with pytest.raises(Refused, match="Exhibit 1 was disposed of and has no holder"):
            act(made)


def test_under_a_legal_hold_nothing_is_disposed_of(world):
    made = exhibit()
    disposal = proposed(made)
    cases.edit_case(
        world.person("lena"), world.case(), lock_version=world.case().lock_version, legal_hold="Court order"
    )
    with pytest.raises(Refused, match="This case is under legal hold"):
        confirmed(disposal)
    with pytest.raises(Refused, match="This case is under legal hold"):
        proposed(exhibit(b"another"))
    assert not made.is_disposed


def test_every_kind_of_the_room_is_sealed_from_the_start():
    assert sealed.SEALED["custody_entry"] is CustodyEntry
    assert {name for name, model in sealed.SEALED.items() if model.SEALED_AT_ONCE} >= {"exhibit", "custody_entry"}
