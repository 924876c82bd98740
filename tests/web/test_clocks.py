"""The clocks of a page: no time stands on a page of a case in another zone than the page says."""

import html
import re

import pytest

from tests.readers.matrix import rows
from tracker.actions.case.cases import edit_case
from tracker.analysis.moments import Moment, Precision, stated
from tracker.analysis.typed.writing import write_moment
from tracker.web.table_layout import times_in_heads

ADDRESSES = [
    url for method, url, _ in rows() if method == "GET" and url.startswith("/cases/LK-AAAA") and "." not in url
]
ZONED = re.compile(
    r"\d\d?:\d\d(?::[\d.]+)?[ \u00a0]+\(?(UTC(?:[-+][\d:]+)?)\b|<small[^>]*>\((?:\d{4}, )?(UTC[-+\d:]*)\)</small>"
)
TYPED = re.compile(r'<div id="[^"]*-reading".*?</div>|<(select|textarea|datalist)\b.*?</\1>|<input\b.*?>', re.DOTALL)
KATHMANDU = "Asia/Kathmandu"  # whose offset nothing else has


@pytest.fixture
def zoned(world):
    case = world.case()
    edit_case(world.person("lena"), case, lock_version=case.lock_version, title=case.title, zone=KATHMANDU)


def told(text):
    """The zones of the times on a page, without those of its boxes and how these were read."""
    said = html.unescape(TYPED.sub("", text))
    return {one or other for one, other in ZONED.findall(said)}


@pytest.mark.furnished
@pytest.mark.gate("reads every page of a case twice")
def test_no_time_of_a_case_stands_in_another_zone_than_its_page_says(browse, zoned):
    lena, wrong, times = browse("lena"), {}, 0
    for asked, says in (("case", "UTC+5:45"), ("utc", "UTC")):
        lena.get(f"/cases/LK-AAAA?tz={asked}")
        for url in ADDRESSES:
            answer = lena.get(url)
            if answer.status_code == 200 and "<html" in answer.text:
                found = told(answer.text)
                times += bool(found)
                if found - {says}:
                    wrong[url, asked] = found - {says}
    assert wrong == {}
    assert times > 60


def test_a_page_says_its_zone_and_the_session_keeps_the_choice(browse, zoned):
    lena = browse("lena")
    home = "/cases/LK-AAAA"
    assert told(lena.get(home).text) == {"UTC+5:45"}
    assert f"Times are in the zone of the case, {KATHMANDU}." in lena.get(home).text
    assert f'href="{home}/audit-log?page=1&amp;tz=utc"' in lena.get(f"{home}/audit-log?page=1").text
    assert lena.get(f"{home}/audit-log?page=1&tz=utc").location == f"{home}/audit-log?page=1"
    assert told(lena.get(home).text) == {"UTC"}
    assert "Show times in the zone of the case" in lena.get(home).text
    assert lena.get(f"{home}?tz=case").location == home
    assert told(lena.get(home).text) == {"UTC+5:45"}
    assert "tz=" not in lena.get("/").text  # a page of no case is in UTC


@pytest.mark.parametrize(
    ("typed", "precision", "said"),
    [
        ("2018-03-20 19:15", None, "20 Mar 2018, 19:15 (UTC-4)"),
        ("2018-03-20 19:15:04", None, "20 Mar 2018, 19:15:04 (UTC-4)"),
        ("2018-03-20", None, "20 Mar 2018"),
        ("2018-03-20 19:15", Precision.HOUR, "about 20 Mar 2018, 19:00 (UTC-4)"),
        ("2018-03-20 12:00", Precision.BEFORE, "before 20 Mar 2018, 12:00 (UTC-4)"),
    ],
)
def test_words_say_how_precise_a_time_is(typed, precision, said):
    moment = stated(typed, "America/New_York")
    if precision is Precision.BEFORE:
        moment = Moment.of(None, moment.earliest, "America/New_York", precision)
    elif precision:
        hour = moment.earliest.replace(minute=0)
        moment = Moment.of(hour, hour.replace(minute=59, second=59, microsecond=999999), None, precision)
    assert write_moment(moment, "America/New_York") == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2018-03-20 15:00", "2018-03-20 18:30", "20 Mar 2018, 15:00 to 18:30 (UTC-4)"),
        ("2018-03-20 15:00", "2018-03-21 18:30", "20 Mar 2018, 15:00 to 21 Mar 2018, 18:30 (UTC-4)"),
        ("2018-03-10 15:00", "2018-03-11 18:30", "10 Mar 2018, 15:00 (UTC-5) to 11 Mar 2018, 18:30 (UTC-4)"),
    ],
)
def test_a_range_says_its_day_and_zone_once(first, last, said):
    ends = [stated(one, "America/New_York") for one in (first, last)]
    moment = Moment.of(ends[0].earliest, ends[1].latest, None, Precision.BETWEEN)
    assert write_moment(moment, "America/New_York") == said


def test_a_column_says_zone_and_year_once_where_its_times_share_them(app):
    cell = '<time datetime="{}-03-20T00:00:00">20 Mar {}, 19:15 ({})</time>'.format
    table = (
        "<thead><tr><th>Made</th><th>Seen</th><th>Lost</th></tr></thead><tbody>"
        '<tr><td data-label="Made">{}</td><td data-label="Seen">{}</td><td data-label="Lost">{}</td></tr>'
        '<tr><td data-label="Made">{}</td><td data-label="Seen">{}</td><td data-label="Lost">never</td></tr></tbody>'
    ).format(
        cell(2018, 2018, "UTC-4"), cell(2018, 2018, "UTC-4"), cell(2018, 2018, "UTC-4"),
        cell(2018, 2018, "UTC-4"), cell(2017, 2017, "UTC-5"),
    )  # fmt: skip
    with app.test_request_context():
        drawn = times_in_heads(table)
    assert '<th>Made <small class="text-nowrap">(2018, UTC-4)</small></th>' in drawn
    assert '<th>Seen <small class="text-nowrap">(UTC)' in drawn
    assert 'data-label="Made (2018, UTC-\u20604)"><time datetime="2018-03-20T00:00:00">20 Mar, 19:15<' in drawn
    assert "20 Mar 2017, 19:15</time>" in drawn  # of summer and winter: the head says whose clocks they are
    assert times_in_heads("<thead><tr><th>Made</th></tr></thead>") == "<thead><tr><th>Made</th></tr></thead>"
