"""Who the people of a file are: matched by identifier, new, or unsure; never by name alone."""

import pytest

from tests import world
from tests.builders.build_material import person
from tracker.analysis.logs.files.csv_file import Dialect
from tracker.analysis.logs.mapping import Mapping
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.imports.plan import Plan
from tracker.imports.who import people
from tracker.imports.who.matches import identifier_in, is_answer, kind_of
from tracker.imports.who.people import People
from tracker.models.access.words import IdentifierKind

READING = Dialect("utf-8", ",", 1, ("a",), 2)


def matching(*, ours=False, **answers):
    """The people of LK-AAAA, for a file of some system or for one of our own exports."""
    columns = {"person": ["person"], "since_utc" if ours else "since": ["x"]}
    db.session().rollback()
    return People(world.case(), Plan(READING, Mapping("access", columns), people=answers))


def test_a_known_identifier_is_the_same_person_however_it_is_written(app):
    anna = person(("badge", "anna001"))
    match = matching()["ANNA001 ", "", ""]
    assert (match.person_id, match.identifier_id) == (anna.id, anna.identifiers[0].id)


def test_a_pseudonym_is_the_same_person(app):
    anna = person(name="Anna")
    assert matching()["p-1", "", ""].person_id == anna.id
    assert matching()["P-001", "", "anna"].person_id == anna.id


def test_a_pseudonym_under_another_name_is_unsure(app):
    person(name="Anna")
    match = matching()["P-001", "", "Berta"]
    assert (match.person_id, match.candidates) == (None, (1,))
    assert 'other than "Berta"' in match.why


def test_a_name_alone_matches_nobody(app):
    person(name="Anna Ang")
    for key in ("a.ang", "Anna Ang"):
        match = matching()[key, "", "Anna Ang"]
        assert (match.person_id, match.newcomer, match.candidates) == (None, None, (1,))


def test_an_identifier_counts_more_than_another_name(app):
    anna = person(("badge", "anna001"), name="Anna")
    match = matching()["anna001", "", "Annabel"]
    assert (match.person_id, match.other_name) == (anna.id, "Anna")


def test_two_identifiers_of_different_people_are_unsure(app):
    person(("badge", "b1"))
    person(("account", "a2"))
    match = matching()["b1", "a2", ""]
    assert (match.candidates, match.why) == ((1, 2), "These identifiers belong to several people in the case.")


def test_somebody_nobody_knows_is_new_with_her_identifiers(app):
    found = matching()
    match = found["e-7", "b1", "Eva"]
    assert (match.newcomer.name, match.newcomer.marks) == ("Eva", {"b1": "b1", "e-7": "e-7"})
    assert found["E-7", "b2", ""].newcomer is match.newcomer
    assert found.strangers() == [match.newcomer]


def test_a_badge_that_two_people_used_is_that_of_the_first(app):
    found = matching()
    first, second = found["e-1", "b1", ""].newcomer, found["e-2", "b1", ""].newcomer
    assert first is not second
    assert (sorted(first.marks), sorted(second.marks)) == (["b1", "e-1"], ["e-2"])


def test_who_was_called_by_a_badge_alone_is_who_has_it_later(app):
    found = matching()
    assert found["b1", "b1", ""].newcomer is found["e-1", "b1", ""].newcomer


def test_a_name_that_stands_in_for_an_identifier_becomes_none(app):
    assert matching()["Eva", "", "Eva"].newcomer.marks == {}


def test_an_export_of_ours_keeps_its_pseudonyms(app):
    found = matching(ours=True)
    assert found["P-014", "b1", ""].newcomer.number == 14
    assert found["p-14", "", ""].newcomer is found["P-014", "b1", ""].newcomer
    assert found["P-014", "b1", ""].newcomer.marks == {"b1": "b1"}
    assert found["P-999999999", "", ""].newcomer.number is None


def test_in_a_file_of_others_what_looks_like_a_pseudonym_of_nobody_is_an_identifier(app):
    newcomer = matching()["P-014", "", ""].newcomer
    assert (newcomer.number, newcomer.marks) == (None, {"p-014": "P-014"})


@pytest.mark.parametrize(("answer", "same"), [("P-001", True), ("new", False), ("P-077", False)])
def test_an_answer_settles_who_somebody_is(app, answer, same):
    anna = person(name="Anna Ang")
    match = matching(**{"a.ang": answer})["a.ang", "", "Anna Ang"]
    assert (match.person_id == anna.id, match.newcomer is not None, match.why) == (same, not same, "")


def test_somebody_new_does_not_take_the_identifier_of_another(app):
    person(("badge", "b1"), name="Anna")
    person(("account", "a2"))
    assert matching(b1="new")["b1", "a2", ""].newcomer.marks == {}


def test_a_file_brings_no_more_people_than_a_case_may_have(app, monkeypatch):
    monkeypatch.setattr(people, "MOST", 1)
    found = matching()
    assert found["b1", "", ""].newcomer
    with pytest.raises(Refused, match="Check the column for the person"):
        found["b2", "", ""]


def test_an_identifier_with_an_at_sign_is_an_address():
    assert kind_of("a@post.example", IdentifierKind.BADGE) is IdentifierKind.EMAIL
    assert kind_of("anna001", IdentifierKind.BADGE) is IdentifierKind.BADGE


def test_an_answer_is_a_pseudonym_or_new():
    assert [is_answer(text) for text in ("new", "P-014", "P-14", "Anna")] == [True, True, False, False]


def test_names_and_pseudonyms_are_no_identifiers():
    assert [identifier_in(*one) for one in (("Eva", "eva"), ("P-014", ""), ("b1", "Eva"))] == ["", "", "b1"]
