"""The list of accesses, one row, the form that records one and the form that corrects one."""

import pytest
import sqlalchemy as sa

from tests import world
from tests.builders.build_access import access, lay_out, utc
from tests.builders.build_material import NOWHEN, material, person, version
from tests.machinery.database import ON_POSTGRESQL
from tracker.actions.access import access_records
from tracker.actions.case.cases import edit_case
from tracker.actions.disclosure import materials
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.words import Channel, Level, LogState
from tracker.models.disclosure.words import CopyForm
from tracker.views.access.access_records import LIST as DECLARED
from tracker.web.fields import CHOOSE

LIST = "/cases/LK-AAAA/access"
MOMENT = {"since": "2018-03-20 19:15", "since-zone": "America/New_York"}


def shown(page):
    """The numbers of the rows of a list."""
    table = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [int(row.partition("</a>")[0].rpartition(">")[2]) for row in table.split("<tr")[1:]]


def test_an_empty_list_says_what_to_do_next(browse):
    text = browse("ines").get(LIST).text
    assert "No access records yet" in text
    assert "Access is opportunity, not guilt." in text
    assert "/access/new" not in browse("otto").get(LIST).text


def test_the_list_shows_what_is_known_and_what_the_level_says(browse, world):
    card = material("NET-1")
    access(of=card, version=version(card, "v2"), channel=Channel.PRINTED, level=Level.E4, since=utc("2018-03-20 11:00"))
    text = browse("otto").get(LIST).text
    for words in ("P-001", "NET-1 v2", "Printed", "Confirmed (had a copy)", "(2018, UTC)", "20 Mar, 11:00"):
        assert words in text
    assert "Access is opportunity, not guilt." in text


def test_a_corrected_row_stays_readable_and_leads_to_the_one_that_corrects_it(browse, world):
    old = access()
    access_records.correct_access(
        world.person("ines"), old, why_corrected="Another list.", person=old.person, material=old.material,
        level=Level.E1, since=NOWHEN, until=NOWHEN,
    )  # fmt: skip
    ines = browse("ines")
    listed = ines.get(LIST).text
    assert 'class="struck"' in listed
    assert f'Corrected by <a href="{LIST}/2">access record 2</a>' in listed
    assert shown(ines.get(f"{LIST}?state=uncorrected")) == [2]
    page = ines.get(f"{LIST}/1").text
    assert "which no longer counts. Reason: Another list." in page
    assert "/access/1/correct" not in page
    assert f'Corrects <a href="{LIST}/1">access record 1</a>. Reason: Another list.' in ines.get(f"{LIST}/2").text


@pytest.fixture
def five(world):
    """Five rows that every filter tells apart."""
    card, book = material("NET-1"), material("NET-2")
    one, two = version(card, "v1"), version(card, "v2")
    first, second = person(), person()
    access(first, card, version=one, since=utc("2018-03-19"), level=Level.E1, note="On the List of 50%")
    access(first, card, version=two, since=utc("2018-03-20 11:00"), channel=Channel.OPENED)
    access(second, book, since=utc("2018-03-21 11:00"), source="Exhibit 2")
    access(second, card, until=utc("2018-03-20"))
    lay_out(world.person("ines"), world.case(), rows=[{"person": first, "material": book, "since": utc("2018-03-22")}])


ASKED = {
    "": [5, 3, 2, 1, 4],
    "sort=since": [4, 1, 2, 3, 5],
    "sort=number": [1, 2, 3, 4, 5],
    "sort=-number": [5, 4, 3, 2, 1],
    "person=P-001": [5, 2, 1],
    "person=2": [3, 4],
    "person=99": [],
    "material=2": [5, 3],
    "version=1.2": [2],
    "level=E1": [1],
    "channel=opened": [2],
    "log=L1": [5],
    "log=2": [],
    "q=LIST": [1],
    "q=50%25": [1],
    "q=0%25_": [],
    "q=exhibit": [3],
    "since_from=2018-03-21": [5, 3, 4],  # nobody knows when row 4 began: it may be then
    "since_to=2018-03-19": [1, 4],
    "since_from=2018-03-20&since_to=2018-03-20+12:00": [2, 4],
    "state=all": [5, 3, 2, 1, 4],
    "person=1&material=1&level=E3": [2],
}


def test_the_list_shows_what_is_asked_for(browse, five):
    ines = browse("ines")
    assert {query: shown(ines.get(f"{LIST}?{query}")) for query in ASKED} == ASKED


def test_a_time_that_is_asked_for_is_on_the_clocks_of_the_case_whatever_the_reader_sees(browse, five):
    case = world.case()
    edit_case(world.person("lena"), case, lock_version=case.lock_version, title=case.title, zone="America/New_York")
    ines, asked = browse("ines"), f"{LIST}?since_from=2018-03-20+07:00&since_to=2018-03-20+07:00"
    for clocks in ("", "&tz=utc"):
        page = ines.get(f"{asked}{clocks}", follow_redirects=True)
        assert (shown(page), "then or later. Times are in America/New_York." in page.text) == ([2, 4], True)


UNREADABLE = {
    "person=Ines": "Enter the pseudonym in the form P-014.",
    "log=three": "Enter the number of the access log in the form L3.",
    "since_from=soon": "Enter a date with a year",
    "since_to=2018-02-30": "Enter a real date and time",
    "material=9": CHOOSE,
    "version=1.9": CHOOSE,
    "window=9.9": "Choose a disclosure or a claim from the list.",
}


def test_a_filter_that_cannot_be_read_says_so_and_nothing_is_shown_as_if_it_fitted(browse, five):
    ines = browse("ines")
    for query, sentence in UNREADABLE.items():
        page = ines.get(f"{LIST}?{query}")
        assert page.text.count(sentence) >= 2, query  # in the box at the top, and at its field
        assert (shown(page), "There is a problem" in page.text) == ([], True)


@pytest.mark.parametrize("state", [LogState.REVERTED, LogState.STAGING, LogState.FAILED])
def test_rows_of_a_log_that_does_not_count_are_nowhere(browse, world, state):
    row = {"person": person(), "material": material()}
    lay_out(world.person("ines"), world.case(), state=state, rows=[row])
    ines = browse("ines")
    assert "No access records yet" in ines.get(LIST).text
    assert ines.get(f"{LIST}/1").status_code == 404


def test_a_row_of_a_log_names_its_line(browse, world):
    row = {"person": person(), "material": material(), "repeat_of": 7}
    lay_out(world.person("ines"), world.case(), rows=[row])
    ines = browse("ines")
    assert '<a href="/cases/LK-AAAA/access-logs/1">L1</a>, line 2' in ines.get(LIST).text
    assert "repeats line 7 of its access log" in ines.get(f"{LIST}/1").text


def test_an_access_is_recorded_through_the_page(browse, world):
    card = material("NET-1")
    version(card, "v1")
    person()
    answer = browse("ines").post_form(
        f"{LIST}/new", MOMENT, person="p-1", material="1", version="1.1", level="E5", channel="meeting", note="Stood by"
    )
    assert (answer.status_code, answer.location) == (303, f"{LIST}/1")
    row = db.session().scalars(sa.select(AccessRecord)).one()
    assert (row.person.number, row.version.label, row.level, row.channel) == (1, "v1", Level.E5, Channel.MEETING)
    assert row.since.local_words == "20 Mar 2018, 19:15 UTC-04:00"
    assert not row.until


def test_the_form_says_what_is_missing(browse, world):
    material()
    answer = browse("ines").post_form(f"{LIST}/new", person="P-009", material="")
    assert answer.status_code == 422
    missing = ("No person in this case", "Choose the material", "Choose the evidence level", "Enter from, or choose")
    for words in missing:
        assert words in answer.text


def test_what_the_record_refuses_keeps_what_was_typed(browse, world):
    card, book = material("NET-1"), material("NET-2")
    version(book, "v9")
    person()
    answer = browse("ines").post_form(f"{LIST}/new", MOMENT, person="1", material="1", version="2.1", level="E3")
    assert answer.status_code == 409
    assert f"Choose a version of {card.identifier}." in answer.text
    assert 'value="2018-03-20 19:15"' in answer.text


def test_without_a_material_the_form_leads_to_one(browse):
    assert "No materials yet" in browse("ines").get(f"{LIST}/new").text


def test_a_copy_is_offered_with_its_version_and_its_form(browse, world):
    card = material("NET-1")
    given = {"form": CopyForm.PAPER, "holder": "", "mark": ""}
    materials.record_copy(world.person("ines"), card, version=version(card), label="1/4", **given)
    materials.record_copy(world.person("ines"), card, version=None, label="", **given)
    person()
    ines = browse("ines")
    text = ines.get(f"{LIST}/new").text
    assert "NET-1 v1, copy 1/4 (paper)" in text
    assert "NET-1, copy 2 (paper)" in text
    ines.post_form(f"{LIST}/new", MOMENT, person="1", material="1", version="1.1", copy="1.1", level="E4")
    assert "NET-1 v1, copy 1/4" in ines.get(LIST).text


def test_the_form_can_be_opened_for_a_person_and_a_material(browse, world):
    material()
    assert 'value="P-001"' in browse("ines").get(f"{LIST}/new?person={person().pseudonym}&material=1").text


def test_a_row_is_corrected_through_the_page(browse, world):
    card = material()
    access(of=card, version=version(card), since=utc("2018-03-20 11:00"))
    ines = browse("ines")
    assert ines.post_form(f"{LIST}/1/correct").status_code == 422
    answer = ines.post_form(f"{LIST}/1/correct", why_corrected="The clock was wrong.", level="E2")
    assert (answer.status_code, answer.location) == (303, f"{LIST}/2")
    new = db.session().scalars(sa.select(AccessRecord).where(AccessRecord.number == 2)).one()
    assert (new.level, new.since.words, new.version.label) == (Level.E2, "20 Mar 2018, 11:00 UTC", "v1")
    again = ines.post_form(f"{LIST}/1/correct", why_corrected="Once more.")
    assert (again.status_code, "Record 2 corrects record 1" in again.text) == (409, True)


def test_a_correction_of_a_row_of_a_log_says_which_line_it_is_about(browse, world):
    lay_out(world.person("ines"), world.case(), rows=[{"person": person(), "material": material(), "source": "Web"}])
    assert 'value="L1, line 2: Web"' in browse("ines").get(f"{LIST}/1/correct").text


@pytest.mark.skipif(ON_POSTGRESQL, reason="the plan is SQLite's")
def test_a_list_of_any_length_is_read_along_an_index(app, world, five):
    for query in ("", "sort=since", "person=P-001", "material=1", "version=1.1", "sort=number"):
        with app.test_request_context(f"{LIST}?{query}"):
            listing = DECLARED.listing(world.case())
        column = listing.sorts[listing.sorted_by]
        select = listing.select.order_by(column.desc(), AccessRecord.id.desc()).limit(51)
        plan = db.session().execute(sa.text(f"EXPLAIN QUERY PLAN {_literal(select)}")).all()
        steps = [row[-1] for row in plan]
        assert any(step.startswith("SEARCH access_record USING") for step in steps), steps
        assert not any("TEMP B-TREE" in step for step in steps), steps


def _literal(select):
    return str(select.compile(db.session().get_bind(), compile_kwargs={"literal_binds": True}))
