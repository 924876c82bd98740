"""Several people at once: lines that fill the table, errors at their rows, and all of them or none."""

from sqlalchemy import func, select

from tests.builders.build_material import person
from tests.readers.pages import Page
from tracker.base import db
from tracker.models.access.people import Person

HERE = "/cases/LK-AAAA/people"
LINES = "Name\tPost\tE-mail\tBadge\nP. Young\tDeputy\tp.young@ministry.example\t\nJ. Smart\tAide\tjsmart\t4711\n"


def cells(text):
    """What the table holds, by the names of its fields."""
    page = Page(text)
    return {field.get("name"): field.get("value") for field in page.all("input") if field.get("value")}


def count():
    return db.session().scalar(select(func.count(Person.id)))


def test_pasted_lines_fill_the_table_and_are_then_added_at_once(browse, last_entry):
    ines = browse("ines")
    shown = ines.post_form(f"{HERE}/several", lines=LINES)
    assert (shown.status_code, count()) == (200, 0)
    typed = {name: value for name, value in cells(shown.text).items() if name.startswith("rows-")}
    assert sorted(typed.values()) == [
        "Aide", "Deputy", "J. Smart", "P. Young", "jsmart; badge:4711", "p.young@ministry.example",
    ]  # fmt: skip
    answer = ines.post_form(f"{HERE}/several", **typed)
    assert (answer.status_code, answer.location, last_entry()["act"]) == (303, HERE, "people.added")
    smart = db.session().scalar(select(Person).where(Person.number == 2))
    assert [(one.kind, one._value) for one in smart.identifiers] == [("account", "jsmart"), ("badge", "4711")]
    assert "2 people added: P-001 to P-002." in ines.get(HERE).text


def test_each_error_stands_at_its_row_and_nobody_is_added(browse):
    person(("account", "jsmart"))
    answer = browse("ines").post_form(
        f"{HERE}/several",
        **{
            "rows-0-name": "J. Smart", "rows-0-identifiers": "JSmart", "rows-1-post": "The culp" + "rit",
            "rows-2-identifiers": "id:7", "rows-3-unit": "x" * 201, "rows-5-identifiers": "b@m.example",
            "rows-6-identifiers": "B@m.example",
        },
    )  # fmt: skip
    assert (answer.status_code, count()) == (422, 1)
    wrong = {one.get("id"): one.text for one in Page(answer.text).all("p") if (one.get("id") or "").endswith("-error")}
    assert {place.removesuffix("-error"): text.partition(": Row ")[2][:12] for place, text in wrong.items()} == {
        "rows-0-identifiers": "1: This iden", "rows-1-post": "2: Leave out", "rows-2-identifiers": '3: Write "id',
        "rows-3-unit": "4: Use at mo", "rows-5-identifiers": "6: This iden", "rows-6-identifiers": "7: This iden",
    }  # fmt: skip


def test_nothing_and_too_much_are_refused(browse):
    ines = browse("ines")
    assert "Enter at least one person." in ines.post_form(f"{HERE}/several").text
    assert "Add at most 100 people at once" in ines.post_form(f"{HERE}/several", lines="a\n" * 101).text
