"""People and identifiers: pseudonyms first, one identifier for one person, and the recusal of a team member."""

import json

import pytest

from tests.builders.build_material import NOWHEN, material, person
from tracker.actions.access import access_records, people
from tracker.audit.doors import Denied, Refused, Stale
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.access.words import IdentifierKind, Involvement, Level
from tracker.models.case.cases import Case
from tracker.models.register.audit_log import AuditDetail

BADGE = ("badge", "pyoung001")


def test_an_added_person_gets_the_next_pseudonym_and_leaves_an_entry(world, last_entry):
    first, second = person(BADGE), person(name="P. Young", post="Deputy")
    assert [first.pseudonym, second.pseudonym] == ["P-001", "P-002"]
    assert (first.involvement, first.identifiers[0]._value) == (Involvement.RECIPIENT, "pyoung001")
    assert (last_entry()["act"], last_entry()["obj"]) == ("person.added", f"person:{second.id}")


def test_several_people_are_added_as_one_or_not_at_all(world, last_entry):
    ines, case = world.person("ines"), world.case()
    about = {"name": "", "post": "Aide", "unit": ""}
    both = people.add_people(ines, case, people={1: {**about, "identifiers": [BADGE]}, 2: {**about, "identifiers": []}})
    assert [one.pseudonym for one in both] == ["P-001", "P-002"]
    assert last_entry()["act"] == "people.added"
    with pytest.raises(Refused, match=r"^Row 3: P-001 already has the identifier"):
        people.add_people(ines, case, people={1: {**about, "identifiers": []}, 3: {**about, "identifiers": [BADGE]}})
    assert db.session().scalar(db.sa.select(db.sa.func.count(Person.id))) == 2


@pytest.mark.parametrize("value", ["email p.young@post.example", "p.young", "see p.young@post.example and others"])
def test_what_is_no_address_is_refused_as_one(world, value):
    with pytest.raises(Refused, match="is not an e-mail address"):
        person(("email", value))
    assert person(("email", "Young, P. <SMTP:P.Young@Post.example>")).identifiers


@pytest.mark.parametrize("field", ["name", "post", "unit"])
def test_no_word_judges_a_person(world, field):
    with pytest.raises(Refused, match=r"^Leave out .*access is opportunity, not guilt\.$"):
        person(**{field: "the M" + "ole"})
    with pytest.raises(Refused, match="Leave out"):
        people.edit_person(world.person("ines"), person(), lock_version=1, **{field: "main sus" + "pect"})


def test_a_changed_person_keeps_the_pseudonym(world, last_entry):
    aide = person()
    people.edit_person(
        world.person("ines"), aide, lock_version=1, name="", post="Deputy", unit="", involvement=Involvement.HANDLER
    )
    assert (aide.pseudonym, aide.post, aide.involvement, aide.lock_version) == (
        "P-001",
        "Deputy",
        Involvement.HANDLER,
        2,
    )
    assert last_entry()["act"] == "person.changed"
    with pytest.raises(Stale):
        people.edit_person(world.person("ines"), aide, lock_version=1, post="Aide")


def test_an_observer_adds_nobody(world):
    with pytest.raises(Denied):
        person(who="otto")


def test_an_identifier_is_added_under_any_spelling_once(world, last_entry):
    aide = person()
    badge = people.add_identifier(world.person("ines"), aide, kind=IdentifierKind.BADGE, value="PYoung001")
    assert (badge._value, badge._value_folded) == ("PYoung001", "pyoung001")
    assert (last_entry()["act"], last_entry()["obj"]) == ("identifier.added", f"identifier:{badge.id}")
    with pytest.raises(Refused, match="P-001 already has this identifier"):
        people.add_identifier(world.person("ines"), aide, kind=IdentifierKind.BADGE, value="pyoung001")


def test_one_name_may_be_a_badge_and_an_account_of_the_same_person(world):
    assert len(person(BADGE, ("account", "pyoung001")).identifiers) == 2


def test_one_card_does_not_point_at_two_people(world):
    person(BADGE)
    with pytest.raises(Refused, match=r"^P-001 already has the identifier PYOUNG001. An import could not tell"):
        person(("account", "PYOUNG001"))


def test_the_same_card_may_be_somebody_in_another_case(world):
    person(BADGE)
    other = people.add_person(
        world.person("ivo"), world.case("LK-BBBB"), name="", post="", unit="", identifiers=[BADGE]
    )
    assert other.pseudonym == "P-001"


def test_a_member_of_the_team_who_is_a_person_of_the_case_is_shut_out(world, last_entry):
    person(("email", world.email("rhea").upper()))
    assert last_entry()["d"]["recusals"] == 1
    assert db.session().scalar(Case.locate(world.person("rhea"), case="LK-AAAA")) is None


def test_an_identifier_added_later_shuts_out_too(world, last_entry):
    aide = person()
    people.add_identifier(world.person("ines"), aide, kind=IdentifierKind.EMAIL, value=world.email("cora"))
    assert last_entry()["d"]["recusals"] == 1
    assert db.session().scalar(Case.locate(world.person("cora"), case="LK-AAAA")) is None


def test_an_identifier_added_by_mistake_can_be_removed(world, last_entry):
    aide = person(BADGE)
    key = aide.identifiers[0].id
    people.remove_identifier(world.person("ines"), aide.identifiers[0])
    assert aide.identifiers == []
    entry = last_entry()
    assert (entry["act"], list(entry["d"]["record"])) == ("identifier.removed", [f"person:{aide.id}"])  # not the gone
    held = json.loads(db.session().get_one(AuditDetail, entry["seq"]).values)[f"identifier:{key}"]
    assert (held["id"], held["kind"], held["value"]) == ([key, None], ["badge", None], [BADGE[1], None])
    assert person(BADGE).pseudonym == "P-002"


def test_an_identifier_on_which_rows_rest_stays(world):
    aide = person(BADGE)
    access_records.record_access(
        world.person("ines"), world.case(), person=aide, identifier=aide.identifiers[0], material=material(),
        level=Level.E3, since=NOWHEN, until=NOWHEN,
    )  # fmt: skip
    with pytest.raises(Refused, match=r"^Records of an access log use this identifier"):
        people.remove_identifier(world.person("ines"), aide.identifiers[0])
