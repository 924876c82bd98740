"""What is sealed stays: no flush of the program changes it, takes off its seal, or removes it."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import CompositeProperty

from tests import world
from tests.audit.test_chain import verdict
from tests.builders import build_columns
from tests.readers.digests import digests
from tracker.audit.doors import Refused, action, seal
from tracker.audit.sealing import refuse_changes_to_sealed
from tracker.audit.verify.sealed import SEALED
from tracker.base import db
from tracker.models.inquiry.custody import CustodyEntry
from tracker.models.inquiry.interviews import Interview, Presence
from tracker.policy import Permission

CHECKED = {("exhibit", "form"), ("exhibit", "sha256")}
KINDS = {
    "addendum", "custody_entry", "decision", "subject_status", "disposal", "elimination", "exhibit", "interview",
    "outcome",
    "review",
}  # fmt: skip


def fields_of(model):
    """The columns that are fixed once a row of the model is sealed."""
    mapper, found = sa.inspect(model), set()
    for name in model.FORMATS[-1].fields:
        told = mapper.all_orm_descriptors[name].property
        found |= {part.key for part in told.props} if isinstance(told, CompositeProperty) else {name}
    return found


FIXED = [(kind, name) for kind, model in SEALED.items() for name in sorted({*fields_of(model), "seal"})]


@action(Permission.READ_CASE, "trial.changed")
def change(reader, thing, *, what):
    """What an action might do by mistake."""
    what(thing)
    db.session().flush()


def other(value):
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 7
        case sa.Enum() | str():
            return f"x{value[1:]}"
    return build_columns.now()


def test_these_kinds_are_sealed():
    assert set(SEALED) == KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_column_of_a_sealed_kind_is_fixed_unless_it_is_named_as_free(kind):
    model = SEALED[kind]
    columns = {one.key for one in sa.inspect(model).column_attrs}
    told = fields_of(model) | ({"planning"} if model is Interview else set())  # planning is in the parts, as its hash
    assert columns == {"id", "seal", *told, *model.FREE}
    assert not told & set(model.FREE)


@pytest.mark.cases("flushes each column")
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_flush_changes_a_fixed_column(told, kind, entries):
    before, said = digests(), len(entries())
    for name in [name for of, name in FIXED if of == kind and name != "seal"]:
        no_flush_changes(told[kind], kind, name)
        assert digests() == before, name
        assert len(entries()) == said, name


def no_flush_changes(thing, kind, name):
    column = SEALED[kind].__table__.c[name]
    words = list(column.type.enum_class) if isinstance(column.type, sa.Enum) else []
    now = getattr(thing, name)
    new = next((word for word in words if word is not now), None) or other(now)
    by_itself = column.foreign_keys or (kind, name) in CHECKED  # the database would complain first

    def what(row):
        setattr(row, name, new)
        if by_itself:
            refuse_changes_to_sealed(db.session())

    with pytest.raises(RuntimeError, match=rf"{kind}:1 is sealed and cannot change"):
        change(world.person("ines"), thing, what=what)


def test_nor_how_an_interview_was_planned(told):
    with pytest.raises(RuntimeError, match="interview:1 is sealed"):
        change(world.person("ines"), told["interview"], what=lambda row: setattr(row, "planning", "Otherwise"))


@pytest.mark.parametrize("other_seal", [None, "0" * 64])
def test_no_flush_takes_off_a_seal_or_puts_on_another(told, other_seal):
    for kind in sorted(KINDS):
        with pytest.raises(RuntimeError, match=f"{kind}:1 is sealed and cannot change"):
            change(world.person("ines"), told[kind], what=lambda row: setattr(row, "seal", other_seal))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_flush_removes_what_is_sealed(told, kind):
    """SQLAlchemy would first loosen what belongs to it: whichever of the two is noticed, nothing is removed."""
    before = digests()
    with pytest.raises((RuntimeError, sa.exc.IntegrityError)):
        change(world.person("ines"), told[kind], what=db.session().delete)
    assert digests() == before


def test_a_decision_is_removed_by_no_flush_and_the_seal_says_so(told):
    with pytest.raises(RuntimeError, match="decision:1 is sealed and cannot change"):
        change(world.person("ines"), told["decision"], what=db.session().delete)


@pytest.mark.parametrize(
    "what",
    [
        lambda there: setattr(there, "why", "Another reason"),
        lambda there: db.session().delete(there),
        lambda there: setattr(there, "interview_id", another_interview(there).id),
        lambda there: db.session().add(
            Presence(case=there.case, interview=there.interview, number=91, who="One more", why="Came later")
        ),
    ],
    ids=["changed", "removed", "moved", "one more"],
)
def test_who_was_there_is_sealed_with_the_interview(told, what):
    before = digests()
    with pytest.raises(RuntimeError, match="interview:1 is sealed, and its parts cannot change"):
        change(world.person("ines"), told["presence"], what=what)
    assert digests() == before


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_named_as_free_can_change_and_the_seal_holds(told, kind):
    for name in SEALED[kind].FREE:
        the_seal_holds_when_it_changes(told[kind], kind, name)


def the_seal_holds_when_it_changes(thing, kind, name):
    column = SEALED[kind].__table__.c[name]
    words = list(column.type.enum_class) if isinstance(column.type, sa.Enum) else []
    new = words[-1] if words else world.person("ines").id if column.foreign_keys else other(getattr(thing, name))
    new = thing.id if name == "twin_id" else new
    change(world.person("ines"), thing, what=lambda row: setattr(row, name, new))
    if name == "lock_version":
        new += 1  # the action itself raises it once more
    assert getattr(thing, name) == new
    assert verdict().fault is None


def another_interview(there):
    """One that is not sealed."""
    planned = build_columns.filled(
        Interview, world.person("ines"), there.case, "", number=91, person_id=there.interview.person_id
    )
    db.session().add(planned)
    db.session().flush()
    return planned


def test_who_will_be_there_can_change_until_then(told):
    def plan(there):
        planned = another_interview(there)
        seen = Presence(case=there.case, interview=planned, number=1, who="A clerk", why="Takes the note")
        db.session().add(seen)
        db.session().flush()
        seen.why = "Keeps the record"

    change(world.person("ines"), told["presence"], what=plan)
    assert verdict().fault is None


def test_it_is_sealed_with_what_the_database_holds_and_not_with_a_list_that_was_read_before(told):
    def hand_over_twice(exhibit):
        numbers = [one.number for one in exhibit.custody]
        for number in (numbers[-1] + 1, numbers[-1] + 2):
            facts = {"exhibit_id": exhibit.id, "number": number}
            db.session().add(
                entry := build_columns.filled(CustodyEntry, world.person("ines"), exhibit.case, "", **facts)
            )
            seal(entry)

    change(world.person("ines"), told["exhibit"], what=hand_over_twice)
    assert len(told["exhibit"].custody) == 3
    assert verdict().fault is None


def test_what_is_not_sealed_yet_can_change(told):
    hypothesis = told["hypothesis"]
    change(world.person("ines"), hypothesis, what=lambda row: setattr(row, "reason", "Tested by the badge log"))
    assert hypothesis.reason == "Tested by the badge log"


def test_a_refusal_after_sealing_leaves_neither_seal_nor_entry(world, entries):
    @action(Permission.READ_CASE, "trial.failed")
    def seal_and_fail(reader, case):
        build_columns.tell.__wrapped__(reader, case, **facts)
        raise Refused("No further.")

    facts = {"mark": "", **dict.fromkeys(("person", "disclosure", "claim", "access"))}
    facts |= {name: thing for name, thing in pointed_to(world).items() if name in facts}
    before, said = digests(), len(entries())
    with pytest.raises(Refused):
        seal_and_fail(world.person("ines"), world.case())
    assert (digests(), len(entries())) == (before, said)


def pointed_to(world):
    from tests.builders import build_material
    from tracker.actions.access import access_records
    from tracker.actions.disclosure import claims, disclosures

    ines, case = world.person("ines"), world.case()
    disclosure, person = disclosures.record_disclosure(ines, case, outlet="The Paper"), build_material.person()
    access = access_records.record_access(
        ines, case, person=person, material=build_material.material("M"), level=build_columns.Level.E3, channel=None,
        since=build_columns.WHEN, until=build_columns.WHEN, source="", note="",
    )  # fmt: skip
    claim = claims.record_claim(ines, disclosure, quote="What came out.")
    return {"person": person, "disclosure": disclosure, "claim": claim, "access": access}
