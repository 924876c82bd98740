"""The decision log: sealed at once, append-only."""

import pytest

from tracker.actions.findings import decisions
from tracker.audit.doors import Denied, Refused, action
from tracker.base import db
from tracker.policy import Permission


def logged(world, who="ines", **more):
    said = {"what": "We ask nobody yet.", "reason": "It may have been public.", **more}
    return decisions.log_decision(world.person(who), world.case(), **said)


@pytest.mark.parametrize("who", ["lena", "ines", "cora", "dora"])
def test_a_decision_is_numbered_and_sealed_as_it_is_written(world, who, last_entry):
    one = logged(world, who, alternatives="Ask everybody.", revisit="In May")
    assert (one.number, one.is_sealed, one.seal) == (1, True, one.compute_seal())
    assert (last_entry()["act"], last_entry()["obj"]) == ("decision.logged", f"decision:{one.id}")
    assert last_entry()["d"]["seals"] == {f"decision:{one.id}": one.seal}
    assert logged(world, who).number == 2


@pytest.mark.parametrize("name", ["what", "reason", "alternatives", "revisit", "number", "at"])
def test_no_word_of_a_decision_changes_afterwards(world, name):
    one = logged(world)

    @action(Permission.LOG_DECISION, "decision.changed")
    def change(who, decision):
        setattr(decision, name, 7 if name == "number" else world.case().opened if name == "at" else "Other words")

    with pytest.raises(RuntimeError, match="sealed and cannot change"):
        change(world.person("ines"), one)


def test_a_decision_is_not_removed(world):
    one = logged(world)

    @action(Permission.LOG_DECISION, "decision.removed")
    def remove(who, decision):
        db.session().delete(decision)

    with pytest.raises(RuntimeError, match="sealed and cannot change"):
        remove(world.person("ines"), one)


@pytest.mark.parametrize("name", ["what", "reason"])
def test_a_decision_says_what_and_why(world, name):
    with pytest.raises(Refused, match="Enter the decision and the reason"):
        logged(world, **{name: " "})


@pytest.mark.parametrize("who", ["rhea", "otto", "nora", "ivo", "ada"])
def test_who_decides_nothing_logs_nothing(world, who):
    with pytest.raises(Denied):
        logged(world, who)
