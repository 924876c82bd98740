"""Tables of people as they are pasted: any of three separators, with a head or without."""

import pytest

from tracker.analysis.typed.tables import read_people

SMART = {"name": "Smart, J.", "post": "Aide", "unit": "North", "identifiers": "jsmart"}


@pytest.mark.parametrize(
    "text",
    [
        "Smart, J.\tAide\tNorth\tjsmart\n\n", '"Smart, J.",Aide,North,jsmart', "Smart, J.; Aide;North;jsmart",
        "Account\tUnit\tRank\tName\tPost\njsmart\tNorth\t3\tSmart,  J.\tAide", '"Smart,\nJ."\tAide\tNorth\tjsmart\t',
    ],
)  # fmt: skip
def test_a_line_is_read_whatever_is_between_its_cells(text):
    assert read_people(text) == [SMART]


def test_what_is_short_stays_empty_and_what_is_long_is_an_identifier():
    assert read_people("") == []
    assert read_people("Smart\nYoung,,,a@m.example,ayoung")[0] == {
        "name": "Smart", "post": "", "unit": "", "identifiers": "",
    }  # fmt: skip
    assert read_people("Young,,,a@m.example,ayoung")[0]["identifiers"] == "a@m.example; ayoung"
    assert read_people("name,e-mail,badge\nA,a@m.example,7")[0]["identifiers"] == "a@m.example; badge:7"
