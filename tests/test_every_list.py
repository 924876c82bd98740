"""Every list that is declared: page, filter, tab, CSV and zip show the same rows, and none of the parts is missing."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from flask import current_app

from tests import world
from tests.builders import build_access, build_material
from tracker import views
from tracker.actions.access import access_records, whereabouts
from tracker.actions.access.reveals import reveal_name
from tracker.actions.inquiry import press_contacts
from tracker.actions.inquiry.lines_of_inquiry import open_line_of_inquiry
from tracker.analysis.moments import stated
from tracker.audit.doors import housekeeping, now, witness
from tracker.base import db
from tracker.base.db import Base
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import Channel
from tracker.models.case.cases import InCase
from tracker.models.inquiry.press_contacts import PressContact
from tracker.models.inquiry.words import Direction
from tracker.models.register.last_looks import LastLook
from tracker.policy import Permission
from tracker.web.lists import LISTS, Tab

pytestmark = pytest.mark.furnished
READERS = {Permission.READ_AUDIT_LOG: "aldo", Permission.ACKNOWLEDGE_MISMATCH: "aldo",
           Permission.MANAGE_ACCOUNTS: "ada"}  # fmt: skip
PAGES = [one for one in LISTS if one.template]
NO_FILE = {"accounts": "they are no part of any inquiry", "mismatches": "entries, which the audit log has",
    "who-had-access": "an answer about persons, not a list of the record",
    "narrowing": "an answer about persons, whose file is its own", "overlap": "the same",
    "comparison": "an answer about one text, not a list of the record",
}  # fmt: skip
NO_FILTER = dict.fromkeys(("decisions", "reveals", "mismatches", "snapshots"), "few, and read in their order")
NO_TAB = {
    "conflicts": "reached from what they are about", "reveals": "reached from the people",
    "audit-log": "stands alone, behind the groups",
}  # fmt: skip
NO_LIST = {  # what belongs to a case and has no file of its own
    "Derivation": "a column of disclosures and of claims",
    "Identifier": "a column of people", "Evaluation": "what the team thinks stays here",
    "PrivilegedNote": "what counsel keeps stays here",
    "RecusalQuestion": "asked of somebody whom it does not concern, who sees two identifiers alone",
}  # fmt: skip
NOTHING = {
    "person": "P-999", "log": "L999", "since_from": "2999-01-01", "since_to": "1900-01-01", "since": "2999-01-01",
    "until": "1900-01-01", "recorded": "2999-01-01",
    "there_from": "2999-01-01", "there_to": "1900-01-01", "before": "1900-01-01", "all_of": "1", "case": "LK-ZZZZ",
}  # fmt: skip
WIDENS = {"reading": "says how the other questions are read, and asks none"}
FIELD = re.compile(r'<(?:input|select)[^>]* name="(\w+)"')
WHEN = stated("2018-03-22 10:00", "UTC")


def named(lists):
    return [pytest.param(one, id=f"{one.name}{' of all' if one.everywhere else ''}") for one in lists]


def at(one):
    return one.address.replace("<ref:case>", "LK-AAAA")


def shown(reader, one, query=""):
    """How many rows the page says there are."""
    text = reader.get(f"{at(one)}{query}").text
    told = re.search(r'role="status">\s*<strong>([\d,]+) ', text)
    return int(told[1].replace(",", "")) if told else 0


def filed(reader, one, query=""):
    """How many rows the CSV holds."""
    answer = reader.get(f"{at(one)}.csv{query}")
    assert answer.status_code == 200, (answer.status_code, query)
    return len(list(csv.reader(io.StringIO(answer.text)))) - 1


def fields_of(reader, one):
    """Each field of the filter as the page offers it, with all that can be chosen, or a text that finds nothing."""
    text = reader.get(at(one)).text
    bar = text[text.index('<details class="filters"') :].partition("</form>")[0]
    for name in dict.fromkeys(FIELD.findall(bar)):
        options = re.search(rf'<select[^>]* name="{name}".*?</select>', bar, re.DOTALL)
        values = re.findall(r'<option[^>]* value="([^"]+)"', options[0]) if options else [NOTHING.get(name, "nosuch")]
        yield name, values


@pytest.fixture
def varied(world):
    """More of what filters tell apart: another material, rows that a later one corrects."""
    ines, case = world.person("ines"), world.case()
    witness("integrity.mismatch", ines, outcome="failed", case=case, record="person:1", entry=1)
    build_access.disclosure("Another paper")  # without claims
    build_access.access(build_material.person(), build_material.material("OTHER"), channel=Channel.MEETING)
    open_line_of_inquiry(ines, case, question="Who else?", direction=Direction.FOR)  # of which nobody is the owner yet
    for model, correct, about in (
        (AccessRecord, access_records.correct_access,
            ("material", "version", "copy", "channel", "level", "since", "until")),
        (Whereabouts, whereabouts.correct_whereabouts, ("place", "since", "until")),
        (PressContact, press_contacts.correct_press_contact, (
            "with_whom", "at", "minutes", "channel", "basis", "content_known", "content", "explanation",
        )),
    ):  # fmt: skip
        row = db.session().scalars(model.of(case).order_by(model.number)).first()
        kept = {name: getattr(row, name) for name in (*about, "person")}
        correct(ines, row, **kept, why_corrected="Misread.", **{
            name: getattr(row, name) for name in ("source", "note") if hasattr(row, name)
        })  # fmt: skip
    with housekeeping() as record:  # of the chronology nothing is new
        record.add(LastLook(account_id=world.person("lena").id, case_id=case.id, at=now()))
    reveal_name(world.person("rhea"), db.session().scalars(Person.of(case)).first(), reason="To compare them.")


@pytest.mark.gate("asks each filter of a list twice")
@pytest.mark.parametrize("one", named(one for one in PAGES if one.filter))
def test_each_filter_narrows_the_page_and_the_file_alike(browse, varied, one):
    reader = browse(READERS.get(one.needs, "lena"))
    whole, seen = shown(reader, one), {}
    assert whole > 0
    for name, values in fields_of(reader, one):
        if name in WIDENS:
            seen[name] = []
            continue
        found = [shown(reader, one, f"?{name}={value}") for value in values]
        assert min(found) < whole, name
        if one.columns and one.name != "audit-log":  # which grows with every look at it
            assert [filed(reader, one, f"?{name}={value}") for value in values] == found, name
        seen[name] = found
    assert set(seen) == {field.name for field in filter_of(one)}
    assert [name for name, found in seen.items() if 0 in found] != []


def filter_of(one):
    with current_app.test_request_context(at(one)):
        return list(one.filter(world.case() if one.everywhere is None else None))


@pytest.mark.slow("asks for every list, and for its file")
def test_a_filter_that_finds_nothing_gives_an_empty_page_and_an_empty_file(browse):
    for one in (one for one in PAGES if one.filter):
        reader = browse(READERS.get(one.needs, "lena"))
        name = next(
            name for name in ("q", "person", "record", "unit") if name in {field.name for field in filter_of(one)}
        )
        query = f"?{name}={NOTHING.get(name, 'nosuch:1')}"
        assert "No results match these filters" in reader.get(f"{at(one)}{query}").text, one.name
        assert not one.columns or filed(reader, one, query) == 0, one.name


def test_no_part_of_a_list_with_a_page_is_missing(browse, varied):
    for one in PAGES:
        text = browse(READERS.get(one.needs, "lena")).get(at(one)).text
        assert (f'href="{at(one)}.csv"' in text) is (one.name not in NO_FILE), one.name
        assert (one.filter is not None) is (one.name not in NO_FILTER), one.name
        assert one.everywhere or (one.tab is not None and one.title != "") is (one.name not in NO_TAB), one.name
        assert one.noun, one.name
        assert one.sort.removeprefix("-") in one.sorts, one.name
        assert [word for word in one.sorts if f"sort={word}" not in text.replace("sort=-", "sort=")] == [], one.name


def test_every_list_leaves_with_the_whole_case_in_the_order_of_the_rooms(browse):
    answer = browse("lena").post_form("/cases/LK-AAAA/export")
    every = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    names = [name for name in every if not name.startswith("statements/")]
    assert names == [*(f"{one.name}.csv" for one in LISTS if one.columns and one.in_zip), "manifest.json"]
    assert {one.name for one in LISTS} - {name.partition(".")[0] for name in names} == set(NO_FILE)


def test_every_list_is_a_file_at_its_own_address_with_the_columns_it_has_in_the_zip(browse):
    lena = browse("lena")
    archive = zipfile.ZipFile(io.BytesIO(lena.post_form("/cases/LK-AAAA/export").data))
    for one in (one for one in LISTS if one.columns and one.everywhere is None):
        header = next(csv.reader(io.StringIO(lena.get(f"{at(one)}.csv").text)))
        assert next(csv.reader(io.StringIO(archive.read(f"{one.name}.csv").decode()))) == header == one.table.header


def test_the_tab_of_a_list_says_how_many_there_are(browse):
    lena = browse("lena")
    for one in (one for one in LISTS if one.is_counted and one.counts is None):
        tab = rf'href="{at(one)}" aria-current="page">{one.title} <span class="tab-count">(\d+)</span>'
        assert re.findall(tab, lena.get(at(one)).text) == [str(shown(lena, one))], one.name


def test_every_page_with_a_toolbar_of_a_list_is_declared():
    """Whoever draws a list by hand would draw its file by hand too."""
    folder = Path(__file__).parent.parent / "templates"
    drawn = re.compile(r"\b(?:whole_list|toolbar)\(listing")
    pages = {str(path.relative_to(folder)) for path in folder.glob("*/*/*.html") if drawn.search(path.read_text())}
    parts = {"register/exports/show.html", "access/access_logs/_parts.html"}
    assert pages - parts == {one.template for one in PAGES}


def test_the_tabs_of_a_case_stand_in_the_order_of_the_work():
    tabs = {tab.value: [one.title for one in LISTS if one.tab is tab] for tab in Tab}
    assert tabs == {
        "Disclosure": ["Disclosures", "Official releases", "Materials", "Text comparison", "Before publication"],
        "Who had access": [
            "Summary",
            "People",
            "Access records",
            "Access logs",
            "Whereabouts",
            "Eliminations",
            "Matrix",
            "Narrowing",
            "Overlap",
            "Snapshots",
        ],
        "Inquiry": ["Interviews", "Exhibits", "Press contacts", "Lines of inquiry", "Hypotheses", "Questions to ask"],
        "Chronology": ["Chronology"],
        "Findings": ["Findings", "Decisions", "Outcome", "Referrals", "Recommendations"],
        "Team": ["Team"],
    }


def test_every_file_with_pages_is_named_with_its_room():
    folder = Path(views.__file__).parent
    found = {path for path in folder.rglob("*.py") if re.search(r"^area = Area\(", path.read_text(), re.MULTILINE)}
    written = {path.parent if path.stem == "area" else path.with_suffix("") for path in found}  # a room in a room
    named_there = {folder / room / name for room, names in views.ROOMS.items() for name in names.split()}
    assert named_there == written


def test_every_noun_of_a_case_is_a_list():
    models = {mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, InCase)}
    assert {model.__name__ for model in models - {one.model for one in LISTS}} == set(NO_LIST)
