"""The list of whereabouts, one row, the form that records one and the form that corrects one."""

from tests.builders.build_access import seen, utc
from tests.builders.build_material import person
from tests.views.access.test_access_records import MOMENT, shown


def test_whereabouts_are_recorded_filtered_and_corrected_through_the_pages(browse, world):
    ines, url = browse("ines"), "/cases/LK-AAAA/whereabouts"
    assert "No whereabouts yet" in ines.get(url).text
    seen(since=utc("2018-03-20 11:00"))
    person()
    answer = ines.post_form(f"{url}/new", MOMENT, person="P-002", place="Hall", source="Door log")
    assert (answer.status_code, answer.location) == (303, f"{url}/2")
    queries = {"": [2, 1], "place=hal": [2], "person=1": [1], "q=door": [2], "since_to=2018-03-20+12:00": [1]}
    queries |= {
        "place=r&there_from=2018-03-20+11:00&there_to=2018-03-20+11:00": [1],
        "there_from=2018-03-20+12:00": [2],
    }
    for query, rows in queries.items():
        assert shown(ines.get(f"{url}?{query}")) == rows, query
    page = ines.get(f"{url}?place=hal").text
    assert "1 person in these records" in page
    assert "no identifier, 1 record" in page
    answer = ines.post_form(f"{url}/1/correct", why_corrected="Another door.", place="Stairs")
    assert answer.location == f"{url}/3"
    assert "which no longer counts. Reason: Another door." in ines.get(f"{url}/1").text
    assert "Corrected by" in ines.get(url).text
    assert "Another door." in ines.get(f"{url}/3").text
    assert ines.post_form(f"{url}/1/correct", why_corrected="Once more.").status_code == 409
    refused = ines.post_form(f"{url}/new", {**MOMENT, "until": "2018-03-19"}, person="P-002", place="Hall")
    assert refused.status_code == 409
