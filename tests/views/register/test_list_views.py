"""The columns that somebody leaves out of a list, and their saved views: theirs alone, and of that list alone."""

import pytest

from tests.builders.build_material import person
from tests.readers.pages import Page
from tracker.audit.doors import housekeeping, now
from tracker.base import db
from tracker.models.register.list_views import ListView

HERE = "/cases/LK-AAAA/people"


def heads(text):
    return [one.text for one in Page(text).all("th") if one.get("hidden") is None]


def links(text):
    return {one.text: one.get("href") for one in Page(text).all("a")}


@pytest.fixture
def ines(browse):
    person(post="Deputy")
    return browse("ines")


def test_a_column_that_is_left_out_is_gone_from_head_and_rows_until_it_is_chosen_again(browse, ines):
    assert "Unit" in heads(ines.get(HERE).text)
    shown = {"column": ["Name", "Post"]}
    answer = ines.post_form("/list-views/columns", shown, at=f"{HERE}?q=dep")
    assert answer.location == f"{HERE}?q=dep"
    page = ines.get(HERE).text
    assert heads(page) == ["Person", "Name", "Post"]
    assert [one.get("data-label") for one in Page(page).all("td") if one.get("hidden") is None] == heads(page)
    assert "Unit" in heads(browse("lena").get(HERE).text)
    ines.post_form("/list-views/columns", {"column": ["Name", "Post", "Unit", "Involvement", "Identifiers"]}, at=HERE)
    assert "Unit" in heads(ines.get(HERE).text)


def test_a_view_is_saved_under_a_name_used_and_removed(browse, ines, monkeypatch):
    ines.post_form("/list-views", name="Deputies", at=f"{HERE}?q=dep&sort=-post")
    assert links(ines.get(HERE).text)["Deputies"] == f"{HERE}?q=dep&sort=-post"
    assert "Deputies" not in browse("lena").get(HERE).text
    assert "Enter a name for the view." in ines.get(ines.post_form("/list-views", at=HERE).location).text
    too_long = ines.post_form("/list-views", name="x" * 61, at=HERE)
    assert "Use at most 60 characters for the name of the view." in ines.get(too_long.location).text
    monkeypatch.setattr("tracker.views.register.list_views.AT_MOST", 1)
    ines.post_form("/list-views", name="Deputies", at=f"{HERE}?q=deputy")
    assert "You have 1 views" in ines.get(ines.post_form("/list-views", name="Others", at=HERE).location).text
    assert links(ines.get(HERE).text)["Deputies"] == f"{HERE}?q=deputy"
    ines.post_form("/list-views/remove", at=HERE)
    assert "Deputies" not in ines.get(HERE).text


def test_a_case_that_does_not_exist_for_somebody_has_no_views(browse):
    nora = browse("nora")
    sent = {"list": "people", "case": "LK-AAAA", **nora.tokens()}
    assert nora.post("/list-views/columns", data=sent).status_code == 404
    assert nora.post("/list-views", data={**sent, "case": ""}).status_code == 422


def test_of_two_rows_that_a_form_sent_twice_has_made_one_is_left(ines, world):
    place = {"account_id": world.person("ines").id, "case_id": world.case().id, "list": "people", "at": now()}
    with housekeeping() as record:
        record.add_all([ListView(**place, hidden="Post"), ListView(**place, hidden="Unit")])
    shown = {"column": ["Name", "Post", "Unit", "Involvement", "Identifiers"]}
    ines.post_form("/list-views/columns", shown, at=HERE)
    assert {"Post", "Unit"} <= set(heads(ines.get(HERE).text))


def test_signs_that_no_database_keeps_are_left_out_of_whatever_is_sent(ines, world):
    sent = {
        "list": "people",
        "case": "LK-AAAA\0",
        "name": "Depu\0ties",
        "known": ["Po\0st", "Unit"],
        "query": "q=\0dep",
    }
    for url in ("/list-views/columns", "/list-views"):
        assert ines.post(url, data=sent | ines.tokens()).location == f"{HERE}?q=dep"
    kept = db.session().scalars(ListView.of_list(world.person("ines").id, "people", world.case().id)).all()
    assert [(view.name, view.hidden) for view in kept] == [("", "Post\nUnit"), ("Deputies", "")]
    ines.post("/list-views/remove", data=sent | ines.tokens())
    assert "Deputies" not in links(ines.get(HERE).text)
