"""Whereabouts: recorded, filtered and corrected through the pages; who was at a place, by card and by holder."""

from tests.builders.build_access import lay_out, seen, utc
from tests.builders.build_material import person
from tests.views.access.test_access_records import MOMENT, shown
from tracker.actions.access import people
from tracker.models.access.words import LogKind

LIST = "/cases/LK-AAAA/whereabouts"


def test_whereabouts_are_recorded_filtered_and_corrected_through_the_pages(browse, world):
    ines, url = browse("ines"), LIST
    assert "No whereabouts yet" in ines.get(url).text
    seen(since=utc("2018-03-20 11:00"))
    person()
    answer = ines.post_form(f"{url}/new", MOMENT, person="P-002", place="Hall", source="Door log")
    assert (answer.status_code, answer.location) == (303, f"{url}/2")
    queries = {"": [2, 1], "place=hal": [2], "person=1": [1], "q=door": [2], "since_to=2018-03-20+12:00": [1]}
    for query, rows in queries.items():
        assert shown(ines.get(f"{url}?{query}")) == rows, query
    answer = ines.post_form(f"{url}/1/correct", why_corrected="Another door.", place="Stairs")
    assert answer.location == f"{url}/3"
    assert "which no longer counts. Reason: Another door." in ines.get(f"{url}/1").text
    assert "Corrected by" in ines.get(url).text
    assert "Another door." in ines.get(f"{url}/3").text
    assert ines.post_form(f"{url}/1/correct", why_corrected="Once more.").status_code == 409
    refused = ines.post_form(f"{url}/new", {**MOMENT, "until": "2018-03-19"}, person="P-002", place="Hall")
    assert refused.status_code == 409


def stay(who, since, until="", card=None, place="Server Room"):
    """A line of a badge log."""
    end = {"until": utc(f"2016-05-31 {until}")} if until else {}
    return {"person": who, "identifier": card, "place": place, "since": utc(f"2016-05-31 {since}"), **end}


def test_who_was_at_a_place_in_a_time_is_told_by_holder_and_by_card(browse, world):
    adding = {"post": "", "unit": "", "name": ""}
    berta = people.add_person(
        world.person("ines"), world.case(), identifiers=[("badge", "berta001"), ("badge", "berta002")], **adding
    )
    (one, other), anna = berta.identifiers, person()
    rows = [
        stay(berta, "08:05", "09:10", one),  # a stay that began before
        stay(berta, "09:30", "09:40", other),
        stay(anna, "09:59"),  # nobody saw them leave
        stay(anna, "08:00"),  # nor this time: the record counts where it starts
        stay(anna, "09:20", "09:50", place="Lobby"),
    ]
    lay_out(world.person("ines"), world.case(), kind=LogKind.WHEREABOUTS, rows=rows)
    asked = f"{LIST}?place=server+room&there_from=2016-05-31+09:00&there_to=2016-05-31+10:00"
    answer = browse("lena").get(asked)
    page = answer.text
    assert shown(answer) == [3, 2, 1]
    assert "2 people in these records" in page
    assert ": badge berta001, badge berta002 (2 identifiers), 2 records" in page
    assert ": no identifier, 1 record<" in page
    masked = browse("rhea").get(asked).text
    assert ": badge 1, badge 2 (2 identifiers), 2 records" in masked
    assert "berta0" not in masked
    assert "people in these records" not in browse("lena").get(f"{LIST}?person=1").text
