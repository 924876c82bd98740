"""Two people who are one: both numbers stay with their records, count as one, and can be parted again."""

import pytest
import sqlalchemy as sa

from tests import world as people
from tests.builders.build_access import access, disclosure, person_level
from tests.builders.build_inquiry import eliminated
from tests.builders.build_interview import designated, engaged, planned
from tests.builders.build_material import material, person
from tracker.actions.access import person_merges
from tracker.actions.access.contrary import contrary_to
from tracker.actions.access.exposure import who_had_access
from tracker.analysis.moments import stated
from tracker.audit.doors import Denied, Refused
from tracker.base import db
from tracker.models.access.words import Level
from tracker.models.inquiry.words import Capacity

AGAIN = sa.text(  # as two merges at once would, without the lock of the case
    "INSERT INTO person_merge (case_id, number, person_id, same_as_id, reason, why_parted, by_id, at) "
    "SELECT case_id, number + 1, person_id, same_as_id, reason, why_parted, by_id, at FROM person_merge WHERE id = :id"
)
WINDOW, PUBLISHED = stated("2018-03-20 12:00", "UTC"), stated("2018-03-20 22:00", "UTC")


@pytest.fixture
def two(world):
    """Two people of whom each has a record before a disclosure."""
    person_level()
    first, second, card = person(), person(), material("CARDS")
    access(first, card, level=Level.E2, since=WINDOW)
    access(second, card, level=Level.E3, since=WINDOW)
    return first, second, disclosure(published=PUBLISHED)


def merged(person, same_as, who="ines", reason="The same badge."):
    return person_merges.merge_person(people.person(who), person, same_as=same_as, reason=reason)


def parted(merge, who="ines", reason="They met."):
    person_merges.part_person(people.person(who), merge, reason=reason)


def placed(of):
    answer = who_had_access(of, [])
    return {one.person: one.standing.value for listed in answer.listed.values() for one in listed}


def test_a_subject_status_of_one_number_counts_for_the_other_while_they_are_one(two, browse):
    first, second, _ = two
    designated(first)
    with pytest.raises(Refused, match="only be interviewed as a witness"):
        planned(second, capacity=Capacity.SUBJECT)
    one = merged(second, first)
    engaged(planned(second, capacity=Capacity.SUBJECT))
    engaged(planned(first))
    page = browse("ines").get("/cases/LK-AAAA/interviews/fair-treatment").text
    assert "2 interviews with 1 person" in page
    assert '<td class="num">2</td><td class="num">1</td>' in page  # and so in their class
    with (
        pytest.raises(sa.exc.IntegrityError, match=r"uq_person_merge_in_force|person_merge\.person_id"),
        db.writer().connect() as connection,
    ):
        connection.execute(AGAIN, {"id": one.id})


def test_two_numbers_count_as_one_person_and_are_parted_again(two, browse, last_entry):
    first, second, published = two
    assert placed(published) == {1: "delivered", 2: "confirmed"}
    one = merged(second, first)
    assert (last_entry()["act"], last_entry()["obj"]) == ("person.merged", f"person_merge:{one.id}")
    assert placed(published) == {1: "confirmed"}
    assert contrary_to(first, published).seen == "A1 A2"
    assert who_had_access(published, []).coverage[0].startswith("Based on 1 known holder")
    for number in (1, 2):  # both numbers stay readable
        page = browse("otto").get(f"/cases/LK-AAAA/people/{number}").text
        assert "The same badge. Records of both numbers count together" in " ".join(page.split())
        assert all(f"/cases/LK-AAAA/access?person=P-00{each}" in page for each in (1, 2))
    assert browse("otto").get("/cases/LK-AAAA/people").text.count("same as <a") == 1
    shown = browse("otto").get(f"/cases/LK-AAAA/disclosures/{published.number}/who-had-access").text
    assert "P-001" in shown
    assert "P-002" not in shown
    parted(one)
    assert placed(published) == {1: "delivered", 2: "confirmed"}
    assert "They met." in browse("otto").get("/cases/LK-AAAA/people/2").text


def test_what_cannot_be_merged_or_parted_is_refused(two):
    first, second, published = two
    third = person()
    with pytest.raises(Refused, match="Choose another person"):
        merged(first, first)
    with pytest.raises(Refused, match="Enter the reason why the two are one"):
        merged(second, first, reason=" ")
    one = merged(second, first)
    with pytest.raises(Refused, match="P-002 already counts as P-001"):
        merged(second, third)
    with pytest.raises(Refused, match="P-002 already counts as P-001"):
        merged(third, second)
    with pytest.raises(Refused, match="P-002 counts as P-001"):
        merged(first, third)
    with pytest.raises(Refused, match="Propose the elimination of P-001"):
        eliminated(second, published)
    eliminated(first, published, why_wrong="A clerk read it.")
    with pytest.raises(Refused, match="Elimination 1 is about the person"):
        parted(one)
    with pytest.raises(Refused, match="Elimination 1 is about one of the two"):
        merged(third, first)


def test_a_merge_is_parted_once_and_by_the_team_alone(two):
    first, second, _ = two
    with pytest.raises(Denied):
        merged(second, first, who="rhea")
    one = merged(second, first)
    with pytest.raises(Refused, match="Enter the reason why the two are not"):
        parted(one, reason=" ")
    parted(one)
    with pytest.raises(Refused, match="already parted"):
        parted(one)
    assert merged(second, first).number == 2


def test_it_is_done_on_the_pages(two, browse):
    ines = browse("ines")
    answer = ines.post_form("/cases/LK-AAAA/people/2/merge", same_as="P-001", reason="The same badge.")
    assert answer.location == "/cases/LK-AAAA/people/2"
    assert ines.post_form("/cases/LK-AAAA/person-merges/1/part", reason="They met.").status_code == 303
