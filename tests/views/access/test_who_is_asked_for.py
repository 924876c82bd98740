"""Who had access, narrowed: filters that combine, and hold in the file that is exported."""

import csv
import io
import re

import pytest

from tests.builders.build_access import access, two_versions, utc
from tests.builders.build_inquiry import confirmed, eliminated
from tests.builders.build_interview import sealed
from tests.builders.build_material import person
from tracker.actions.access.person_merges import merge_person
from tracker.models.access.words import Level

URL = "/cases/LK-AAAA/disclosures/1/who-had-access"


@pytest.fixture
def cards(world):
    """A material with two versions, a disclosure whose claim names the second, and a case that is screened."""
    return two_versions()


def test_filters_combine_and_hold_in_the_file(cards, browse, entries, world):
    card, _, second, one = cards
    people = [person(unit="Press office" if at < 3 else "Council") for at in range(5)]
    for each in people[:4]:
        access(each, card, version=second, level=Level.E3, since=utc("2018-03-20 11:00"))
    access(people[0], card, version=second, level=Level.E4, since=utc("2018-03-20 12:00"))
    merge_person(world.person("ines"), people[4], same_as=people[3], reason="Two cards.")
    for each in (people[1], people[4]):  # whoever was asked under the other number was asked
        sealed(each)
    confirmed(eliminated(people[2], one, why_wrong="Record 3 is of a shared card."))
    ines = browse("ines")

    def found(query):
        text = ines.get(URL + query).text
        rows = list(csv.DictReader(io.StringIO(ines.get(f"{URL}.csv{query}").text)))
        assert [row["person"] for row in rows] == re.findall(r'class="who"[^>]*>.*?(P-\d{3})', text)
        return [int(row["person"][2:]) for row in rows]

    assert found("") == [1, 2, 3, 4]
    assert found("?interviewed=no") == [1, 3]
    assert found("?interviewed=no&eliminated=no") == [1]
    assert found("?unit=Press+office&class=confirmed") == [1, 2]
    assert found("?unit=Press+office&class=confirmed&interviewed=no&level=E4") == [1]
    assert found("?class=eliminated&eliminated=no") == []
    text = ines.get(f"{URL}?unit=Press+office&interviewed=no").text
    assert "Remove filter: </span>Press office" in text
    assert f'href="{URL}.csv?interviewed=no&amp;unit=Press+office" download' in text
    assert "Confirmed <b>1</b>" in text
    assert "Not interviewed <b>2</b>" in text
    assert ines.get(f"{URL}?level=E99").text.count("This page has no level of that name.") == 1
    assert ines.get(f"{URL}.csv?level=E99").status_code == 422
    landing = ines.get("/cases/LK-AAAA/who-had-access?before=1&interviewed=no")
    assert landing.location == f"{URL}?interviewed=no"  # another window, the same filters
    assert "who-had-access" in str(entries("export.started")[-1])
