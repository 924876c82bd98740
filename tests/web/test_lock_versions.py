"""The one lock: what saves over a record somebody has read asks for the version that was read, in one place for all."""

import ast
import importlib
import inspect
import pkgutil
import typing
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.builders.build_access import access, claim, disclosure
from tests.builders.build_inquiry import hypothesis
from tests.builders.build_material import person
from tracker import actions
from tracker.actions.access import people
from tracker.actions.disclosure import claims
from tracker.actions.findings import citations
from tracker.audit.doors import Stale
from tracker.base import db
from tracker.models.access.words import IdentifierKind
from tracker.models.disclosure.claims import Checked
from tracker.models.disclosure.words import Question
from tracker.models.register.accounts import Account
from tracker.models.words import Answer
from tracker.policy import allows

ROOT = Path(actions.__file__).parent
VERBS = {
    name: verb
    for module in pkgutil.walk_packages([str(ROOT)], "tracker.actions.")
    for name, verb in vars(importlib.import_module(module.name)).items()
    if hasattr(verb, "needs") and verb.__module__ == module.name
}
EDITS = {name for name, verb in VERBS.items() if verb.edits}
ASKED = {  # what asked for a version before there was one lock; an edit is added here, and never taken away
    "edit_account", "edit_case", "edit_claim", "edit_disclosure", "edit_exhibit", "edit_finding",
    "edit_line_of_inquiry", "edit_log", "edit_material", "edit_copy", "edit_coverage", "edit_version",
    "edit_person", "edit_outcome", "write_planning", "write_engagement", "write_narrative", "write_closure",
    "cancel_interview", "stop_interview", "record_test_result", "close_line_of_inquiry", "leave_open",
    "record_answer", "record_no_response", "extend_reply", "respond", "answer_recommendation",
    "record_referral_result",
}  # fmt: skip


def subject_of(verb):
    """A record that the verb is about and that is not final, and somebody who may do it."""
    model = list(typing.get_type_hints(inspect.unwrap(verb)).values())[1]
    things = [one for one in db.session().scalars(sa.select(model)) if getattr(one, "why_final", None) is None]
    accounts = db.session().scalars(sa.select(Account)).all()
    return next((account, thing) for account in accounts for thing in things if allows(account, verb.needs, thing))


def test_every_edit_asks_for_a_version():
    assert ASKED | {name for name in VERBS if name.startswith("edit_")} == EDITS


@pytest.mark.cases("every edit")
@pytest.mark.furnished
@pytest.mark.parametrize("name", sorted(EDITS))
def test_an_edit_refuses_every_version_but_the_newest(world, name, entries):
    verb = VERBS[name]
    account, thing = subject_of(verb)
    before, newest = len(entries()), thing.lock_version
    for read in (newest - 1, newest + 1, 0, None):
        with pytest.raises(Stale) as refusal:
            verb(account, thing, lock_version=read)
        assert refusal.value.thing is thing
    with pytest.raises(TypeError, match="the version that was read"):
        verb(account, thing)
    assert (thing.lock_version, len(entries())) == (newest, before)


def test_no_action_compares_or_counts_a_version():
    for path in ROOT.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            targets = [*getattr(node, "targets", ()), getattr(node, "target", None)]
            sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
            named = [one for side in (*targets, *sides) if side is not None for one in ast.walk(side)]
            versions = [one for one in named if isinstance(one, ast.Attribute) and one.attr == "lock_version"]
            assert not versions, f"{path.name}:{versions[0].lineno} minds the version by hand"


def test_a_part_raises_its_whole_once_and_a_new_record_begins_at_one(world):
    ines, told = world.person("ines"), claim(disclosure())
    assert told.lock_version == 1
    claims.edit_claim(ines, told, lock_version=1, quote="Otherwise", **{Question.CLEARANCE.value: Checked(Answer.YES)})
    assert told.lock_version == 2
    aide = person()
    badge = people.add_identifier(ines, aide, kind=IdentifierKind.BADGE, value="B-77")
    assert aide.lock_version == 2
    people.remove_identifier(ines, badge)
    assert aide.lock_version == 3
    one = hypothesis()
    cited = citations.cite(ines, one, kind=citations.Cited.CLAIM, thing=told, bearing=citations.Bearing.SUPPORTS)
    assert (one.lock_version, told.lock_version) == (2, 2)
    citations.withdraw_citation(ines, cited, reason="Another.")
    assert one.lock_version == 3


def test_what_only_counts_on_in_a_case_is_no_other_version_of_it(world):
    before = world.case().lock_version
    row = access()
    assert (world.case().lock_version, row.number, world.case().accesses_numbered) == (before, 1, 1)
