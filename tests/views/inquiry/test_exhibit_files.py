"""The pages of exhibits: stale changes, the list with its filters, damaged files."""

import pytest

from tests.builders.build_exhibit import exhibit, handed
from tests.readers.pages import Page
from tests.views.inquiry.test_exhibits import HERE
from tracker.audit.doors import now
from tracker.base import db
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.words import ExhibitForm


@pytest.fixture
def ines(browse):
    return browse("ines")


@pytest.fixture
def store(app):
    return app.extensions["files"]


def test_a_damaged_file_is_not_sent_and_the_exhibit_is_named(ines, store, last_entry, entries):
    made = exhibit()
    store.path(made.sha256).write_bytes(store.path(exhibit(b"other").sha256).read_bytes())
    answer = ines.get(f"{HERE}/1/file")
    assert (answer.status_code, "The stored file has changed" in answer.text) == (500, True)
    assert "There is a problem with the tracker" not in answer.text
    assert f'href="{HERE}/1"' in answer.text
    entry = last_entry()
    assert (entry["act"], entry["out"], entry["obj"]) == ("file.damaged", "failed", f"exhibit:{made.id}")
    assert entries("exhibit.read") == []  # nothing was read


def test_the_alarm_stands_on_the_exhibit_and_in_the_list_until_a_hash_is_right(ines, store):
    path = store.path(exhibit().sha256)
    whole = path.read_bytes()
    path.write_bytes(store.path(exhibit(b"other").sha256).read_bytes())
    ines.get(f"{HERE}/1/file")
    assert "The stored file was found changed or missing" in ines.get(f"{HERE}/1").text
    assert (ines.get(HERE).text.count("Damaged"), "Damaged" in ines.get(f"{HERE}/2").text) == (1, False)
    path.write_bytes(whole)
    ines.post_form(f"{HERE}/1/verification", at=f"{HERE}/1")
    assert "Damaged" not in ines.get(f"{HERE}/1").text + ines.get(HERE).text


def test_hashing_again_tells_and_records_what_came_of_it(ines, store, entries):
    made = exhibit()
    ines.post_form(f"{HERE}/1/verification", at=f"{HERE}/1")
    assert "The file is unchanged" in ines.get(f"{HERE}/1").text
    store.path(made.sha256).unlink()
    ines.post_form(f"{HERE}/1/verification", at=f"{HERE}/1")
    alarms = [one.text for one in Page(ines.get(f"{HERE}/1").text).all("p", "div") if one.get("role") == "alert"]
    assert [("found changed or missing" in one) for one in alarms] == [True]
    told = [(entry["out"], entry["obj"]) for entry in entries("exhibit.verified")]
    assert told == [("ok", f"exhibit:{made.id}"), ("failed", f"exhibit:{made.id}")]


def test_a_stale_change_keeps_both_texts(ines, browse):
    exhibit()
    stale = {"lock_version": "1", "title": "What Ines wrote", **ines.tokens()}
    assert browse("lena").post_form(f"{HERE}/1/edit", title="What Lena wrote").status_code == 303
    answer = ines.post(f"{HERE}/1/edit", data=stale)
    assert answer.status_code == 409
    assert "What Ines wrote" in answer.text
    assert "What Lena wrote" in answer.text


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3]), ("form=object", [3]), ("q=BADGE", [3]), ("q=notes.t", []), ("holder=labo", [2]),
        ("holder=room", [1, 3]), ("source_grade=A", [1]), ("information_grade=3", [1]), ("state=kept", [1, 2, 3]),
        ("state=disposed", []), ("sort=-number", [3, 2, 1]), ("sort=title", [3, 1, 2]), ("sort=obtained", [2, 1, 3]),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_and_sorted(ines, query, numbers):
    exhibit(b"1", source_grade="A", information_grade="3")
    handed(exhibit(b"2", at="2018-03-01"), "Laboratory")
    exhibit(None, title="Badge", at="2018-04-01")
    page = ines.get(f"{HERE}?{query}").text
    found = {number: page.find(f'<a href="{HERE}/{number}">') for number in (1, 2, 3)}
    assert sorted((n for n in found if found[n] > 0), key=found.get) == numbers


def test_two_thousand_exhibits_are_listed_page_by_page(ines, world):
    exhibit()
    row = {column.name: getattr(db.session().get(Exhibit, 1), column.name) for column in Exhibit.__table__.columns}
    many = [{**row, "id": n, "number": n, "at": now(), "form": ExhibitForm.FILE} for n in range(2, 2001)]
    db.session().rollback()
    with db.writer().connect() as by_hand:
        by_hand.execute(Exhibit.__table__.insert(), many)
        by_hand.commit()
    page = ines.get(HERE).text
    assert "2,000 exhibits" in page
    assert f'href="{HERE}/50"' in page
    assert "2,000 exhibits" in ines.get(f"{HERE}?sort=-title").text
