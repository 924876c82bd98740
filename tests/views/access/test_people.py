"""The pages of people: pseudonyms for all, names and identifiers for few, and the recusal a new person may raise."""

import pytest

from tests.builders.build_material import NOWHEN, material, person
from tests.readers.pages import Page
from tracker.actions.access import access_records, whereabouts
from tracker.actions.access.person_merges import merge_person
from tracker.analysis.moments import stated
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.access.words import Involvement, Level

HERE = "/cases/LK-AAAA/people"
MAIL = ("email", "p.young@ministry.example")


def accessed(world, who, since, identifier=None):
    return access_records.record_access(
        world.person("ines"), world.case(), person=who, identifier=identifier, material=world.card,
        level=Level.E3, since=stated(since, "UTC"), until=NOWHEN,
    )  # fmt: skip


@pytest.fixture
def world(world, monkeypatch):
    monkeypatch.setattr(world, "card", material("CARDS"), raising=False)
    return world


def test_a_case_without_people_says_what_to_do(browse):
    assert "Add person" in browse("ines").get(HERE).text
    assert "/people/new" not in browse("rhea").get(HERE).text


def test_a_person_is_added_on_the_form(browse):
    answer = browse("ines").post_form(
        f"{HERE}/new", name="P. Young", post="Deputy", identifiers="badge:pyoung001; email:p.young@ministry.example"
    )
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    (added,) = db.session().scalars(db.sa.select(Person))
    assert (added.involvement, [known._value for known in added.identifiers]) == (
        Involvement.RECIPIENT, ["pyoung001", "p.young@ministry.example"],
    )  # fmt: skip


def test_identifiers_that_cannot_be_read_are_explained(browse):
    answer = browse("ines").post_form(f"{HERE}/new", identifiers="id:pyoung001")
    assert answer.status_code == 422
    assert "as kind:value. The kinds are email, account, badge, phone, other." in answer.text


def test_a_word_that_judges_is_refused_on_the_form(browse):
    answer = browse("ines").post_form(f"{HERE}/new", post="The culp" + "rit")
    assert answer.status_code == 409
    assert "access is opportunity, not guilt" in answer.text


@pytest.mark.parametrize(
    ("who", "sees"), [("ines", True), ("lena", True), ("cora", True), ("rhea", False), ("otto", False)]
)
def test_names_and_identifiers_are_shown_to_few(browse, who, sees):
    person(MAIL, name="P. Young", post="Deputy")
    client = browse(who)
    for url in (HERE, f"{HERE}/1"):
        shown = client.get(url).text
        assert "P-001" in shown
        assert "Deputy" in shown
        assert ("P. Young" in shown, MAIL[1] in shown) == (sees, sees)


@pytest.mark.parametrize("text", ["Young", "ministry.example"])
def test_a_name_or_identifier_is_not_found_by_who_may_not_see_it(browse, text):
    person(MAIL, name="P. Young", post="Deputy")
    assert "Deputy" in browse("ines").get(f"{HERE}?q={text}").text
    assert "Deputy" not in browse("otto").get(f"{HERE}?q={text}").text


def test_the_list_is_filtered_and_sorted(browse):
    person(post="Aide")
    person(post="Usher", unit="Protocol", involvement=Involvement.WITNESS)
    otto = browse("otto")
    assert otto.get(f"{HERE}?sort=-post").text.index("P-002") < otto.get(f"{HERE}?sort=-post").text.index("P-001")
    for query in ("q=p-002", "q=proto", "involvement=witness"):
        shown = otto.get(f"{HERE}?{query}").text
        assert "Usher" in shown
        assert "Aide" not in shown


def test_a_person_is_changed_and_a_change_made_meanwhile_is_shown(browse):
    person(post="Aide")
    ines = browse("ines")
    assert ines.post_form(f"{HERE}/1/edit", post="Deputy").status_code == 303
    answer = ines.post_form(f"{HERE}/1/edit", lock_version="1", post="Usher")
    assert answer.status_code == 409
    assert "Deputy" in answer.text


def test_whoever_adds_a_member_of_the_team_is_told_that_somebody_is_shut_out(browse, world):
    ines = browse("ines")
    answer = ines.post_form(f"{HERE}/new", identifiers=f"email:{world.email('rhea')}")
    assert "1 team member is now recused, because they may be P-001" in ines.get(answer.location).text
    ines.post_form(f"{HERE}/1/identifiers/new", kind="email", value=world.email("cora"))
    assert "2 team members are now recused" in ines.get(f"{HERE}/1").text


def test_whoever_adds_own_is_shut_out_at_once(browse, world):
    ines = browse("ines")
    answer = ines.post_form(f"{HERE}/new", identifiers=f"email:{world.email('ines')}")
    assert answer.location == "/cases"
    assert "You may be a person in that case" in ines.get("/cases").text
    assert ines.get(HERE).status_code == 404


def test_an_identifier_is_added_and_removed(browse):
    person()
    ines = browse("ines")
    assert ines.post_form(f"{HERE}/1/identifiers/new", kind="badge", value="pyoung001").status_code == 303
    assert "pyoung001" in ines.get(f"{HERE}/1").text
    assert ines.post_form(f"{HERE}/1/identifiers/1/remove", at=f"{HERE}/1").status_code == 303
    assert "pyoung001" not in ines.get(f"{HERE}/1").text


def test_a_page_that_is_behind_removes_no_other_identifier(browse):
    person(("badge", "one"), ("badge", "two"), ("badge", "three"))
    ines, ivan = browse("ines"), browse("lena")
    stale = Page(ines.get(f"{HERE}/1").text).form_to(f"{HERE}/1/identifiers/2/remove", f"{HERE}/1").shown()
    assert ivan.post_form(f"{HERE}/1/identifiers/1/remove", at=f"{HERE}/1").status_code == 303
    assert ines.post(f"{HERE}/1/identifiers/2/remove", data={**stale, **ines.tokens()}).status_code == 409
    assert all(value in ines.get(f"{HERE}/1").text for value in ("two", "three"))


def test_an_identifier_of_somebody_else_is_refused_on_the_form(browse):
    person(("badge", "pyoung001"))
    person()
    answer = browse("ines").post_form(f"{HERE}/2/identifiers/new", kind="badge", value="pyoung001")
    assert answer.status_code == 409
    assert "P-001 already has the identifier pyoung001. An import could not tell" in answer.text


def test_the_page_tells_first_and_last_use_and_overlapping_periods(browse, world):
    aide = person(("badge", "pyoung001"), ("badge", "pyoung002"))
    old, new = aide.identifiers
    accessed(world, aide, "2016-05-01 08:00", old)
    accessed(world, aide, "2016-06-10 17:10", old)
    accessed(world, aide, "2016-06-02 09:00", new)
    shown = browse("ines").get(f"{HERE}/1").text
    assert (
        "Badge pyoung001 was used until 10 Jun 2016, after badge pyoung002 came into use on 2 Jun 2016: "
        "the periods overlap." in shown
    )
    masked = browse("otto").get(f"{HERE}/1").text
    assert "Badge 1 was used until 10 Jun 2016, after badge 2 came into use on 2 Jun 2016" in masked
    assert "pyoung" not in masked


def test_two_badges_of_people_who_are_one_are_told_on_the_page_of_whom_they_count_as(browse, world):
    aide, other = person(("badge", "pyoung001")), person(("badge", "pyoung002"))
    for at, one in (("2016-05-01 08:00", aide), ("2016-06-10 17:10", aide), ("2016-06-02 09:00", other)):
        accessed(world, one, at, one.identifiers[0])
    merge_person(world.person("ines"), other, same_as=aide, reason="One holder, two cards")
    said = "Badge pyoung001 was used until 10 Jun 2016, after badge pyoung002 of P-002 came into use on 2 Jun 2016"
    assert f"{said}: the periods overlap." in browse("ines").get(f"{HERE}/1").text
    masked = browse("otto").get(f"{HERE}/1").text
    assert "of P-002 came into use on 2 Jun 2016" in masked
    assert "pyoung" not in masked


def test_the_page_shows_the_first_rows_and_where_all_are(browse, world):
    aide = person()
    for minute in range(21):
        accessed(world, aide, f"2016-06-02 09:{minute:02}")
    whereabouts.record_whereabouts(
        world.person("ines"), world.case(), person=aide, place="Lobby", since=stated("2016-06-02", "UTC"), until=NOWHEN
    )
    shown = browse("otto").get(f"{HERE}/1").text
    assert "The first 20 are shown." in shown
    assert "09:19" in shown
    assert "09:20" not in shown
    assert "Access is opportunity, not guilt." in shown
    assert "Lobby" in shown
    assert "/cases/LK-AAAA/access?person=1" in shown
    assert browse("otto").get("/cases/LK-AAAA/access?person=1").status_code == 200


def test_a_person_of_another_case_is_not_found(browse):
    person()
    assert browse("ivo").get(f"{HERE}/1").status_code == 404
    assert browse("ivo").get("/cases/LK-BBBB/people/1").status_code == 404


def test_a_list_leaves_out_a_column_that_says_nothing_and_tells_it(browse, world):
    for minute in (1, 2):
        accessed(world, person(), f"2016-06-02 09:0{minute}")
    text = browse("otto").get("/cases/LK-AAAA/access").text
    assert "until: Not known" in text
    assert '<th hidden data-short scope="col">Until</th>' in text
    assert '<th hidden data-short scope="col">Material' not in text  # the same in every row, but it says something
