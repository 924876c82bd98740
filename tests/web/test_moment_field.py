"""The field for a time: what is typed is read in the zone of the case, said at once, and asked back if unclear."""

import pytest

from tests import world as people
from tests.readers.pages import page_of
from tracker.actions.case.cases import edit_case
from tracker.analysis.moments import stated
from tracker.base import db
from tracker.models.case.words import DateOrder
from tracker.models.disclosure.disclosures import Disclosure

NEW = "/cases/LK-AAAA/disclosures/new"
NEW_YORK = "America/New_York"


@pytest.fixture
def at_home(world):
    """The case says where it is: in New York."""
    case = world.case()
    edit_case(world.person("lena"), case, lock_version=case.lock_version, title=case.title, zone=NEW_YORK)


def published(client, text, **more):
    """The answer to a disclosure with this time, and the time that was saved."""
    sent = {f"published-{part}": value for part, value in more.items()}
    answer = client.post_form(NEW, {"published": text, **sent}, outlet="A paper")
    saved = db.session().scalars(Disclosure.of(people.case()).order_by(Disclosure.number.desc())).first()
    return answer, saved.published if answer.status_code == 303 else None


@pytest.mark.usefixtures("at_home")
def test_a_time_is_in_the_zone_of_the_case_unless_another_one_is_chosen(browse):
    ines = browse("ines")
    assert published(ines, "19/03/2018 5:20 pm")[1] == stated("2018-03-19 17:20", NEW_YORK)
    assert published(ines, "19/03/2018 5:20 pm", zone="UTC")[1] == stated("2018-03-19 17:20", "UTC")
    other = {"zone": "other", "other_zone": "Asia/Kolkata"}
    assert published(ines, "19/03/2018 5:20 pm", **other)[1] == stated("2018-03-19 17:20", "Asia/Kolkata")
    zones = page_of(ines.get(NEW).text)
    (select,) = [one for one in zones.all("select") if one.get("name") == "published-zone"]
    assert [one.get("value") for one in select.all("option")] == [NEW_YORK, "UTC", "Asia/Kolkata", "other"]
    wrong = {
        "Mars": {"zone": "Mars"},
        "Enter the other zone": {"zone": "other"},
        "Choose “Other zone”": {"other_zone": "UTC"},
    }
    for says, sent in wrong.items():
        answer, _ = published(ines, "19 Mar 2018", **sent)
        assert (answer.status_code, says in answer.text) == (422, True)


@pytest.mark.usefixtures("at_home")
def test_a_typed_second_is_kept_and_an_opened_form_changes_nothing(browse):
    ines = browse("ines")
    for text in (
        "2018-03-19 17:20:04",
        "4 Nov 2018 01:30 UTC-5",
        "between 15:00 and 18:30, 20 Mar 2018",
        "20 Mar 2018 5 pm",
    ):
        answer, saved = published(ines, text)
        assert ines.post_form(f"{answer.location}/edit", {}).status_code == 303
        db.session().expire_all()
        again = db.session().scalars(Disclosure.of(people.case()).order_by(Disclosure.number.desc())).first()
        assert again.published == saved != stated("", None, "unknown")


def test_a_date_with_two_readings_is_asked_back_on_the_page_and_the_answer_settles_it(browse):
    ines = browse("ines")
    asked, _ = published(ines, "04/03/2018 17:20")
    assert asked.status_code == 422
    assert "Choose the date. 04/03/2018 can be read in two ways." in asked.text
    form = page_of(asked.text).form_to(NEW, NEW)
    assert ines.post(NEW, data=form.filled({"published-order": "month_first"})).status_code == 303
    assert db.session().scalars(Disclosure.of(people.case())).one().published == stated("2018-04-03 17:20", "UTC")


def test_the_order_of_the_case_settles_it(world, browse):
    case = world.case()
    edit_case(
        world.person("lena"), case, lock_version=case.lock_version, title=case.title, date_order=DateOrder.DAY_FIRST
    )
    assert published(browse("ines"), "04/03/2018")[1] == stated("2018-03-04", "UTC")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"published": "19/03/2018 5:20 pm", "published-zone": NEW_YORK}, "17:20 (UTC-4)</strong>, 21:20 UTC"),
        ({"published": "20 Mar 2018"}, "<strong>20 Mar 2018, time not recorded</strong>. Add a time"),
        ({"published": "04/03/2018"}, "Choose the date. 04/03/2018 can be read in two ways."),
        ({"published": "04/03/2018", "published-order": "day_first"}, "<strong>4 Mar 2018, time not recorded</strong>"),
        ({"published": "<script>"}, "Enter a date with a year"),
        ({}, ""),
    ],
)  # fmt: skip
def test_a_page_can_ask_how_a_text_is_read(browse, sent, says):
    piece = browse("otto").get("/cases/LK-AAAA/time-reading", query_string={"field": "published", **sent})
    assert piece.status_code == 200
    assert says in piece.text
    assert "<html" not in piece.text
    assert "<script" not in piece.text


def test_what_was_read_stands_on_the_next_page(browse):
    answer = browse("ines").post_form(NEW, {"published": "19 Mar 2018 17:20", "first_seen": "soon"}, outlet="")
    assert answer.status_code == 422
    assert "Read as <strong>19 Mar 2018, 17:20 (UTC)</strong>" in answer.text
    assert 'value="soon"' in answer.text


def test_a_zone_of_a_case_is_a_zone(browse):
    lena = browse("lena")
    refused = lena.post_form("/cases/LK-AAAA/edit", zone="Mars")
    assert (refused.status_code, "is not a time zone" in refused.text) == (422, True)
    assert lena.post_form("/cases/LK-AAAA/edit", zone="utc-4", date_order="day_first").status_code == 303
    db.session().expire_all()
    assert (people.case().zone, people.case().date_order) == ("-04:00", DateOrder.DAY_FIRST)


def test_a_due_date_is_a_plain_date(browse):
    ines = browse("ines")
    new = "/cases/LK-AAAA/lines-of-inquiry/new"
    for text, status in (("soon", 422), ("1 Apr 2018 17:20", 422), ("1 Apr 2018", 303)):
        sent = ines.post_form(new, question="Who printed it?", direction="against", due=text)
        assert "7:15" not in sent.text
        assert sent.status_code == status
    assert "1 Apr 2018</d" in ines.get(sent.location).text
    assert "date-reading?field=due" in ines.get(new).text
    assert "time not recorded" not in ines.get("/cases/LK-AAAA/date-reading?field=due&due=1+Apr+2018").text
