"""What every list has in common: a fresh one is not wrong, and an address somebody has made up is not our fault."""

import base64
import json

import pytest

from tracker.web.addresses import seal_place

pytestmark = pytest.mark.furnished
LISTS = ["/cases", *(f"/cases/LK-AAAA/{name}" for name in (
    "disclosures", "materials", "people", "access", "access-logs", "whereabouts", "conflicts", "audit-log"
))]  # fmt: skip
TURNED = [["\ud800", 1], ["a\0", 1], [10**40, 1], [1, 10**40], [1, "x"], ["x", 1], [None, 1], [True, True], [1.5, 1]]


def test_a_list_nobody_has_filtered_yet_complains_of_nothing(browse):
    lena = browse("lena")
    assert [address for address in LISTS if "field-error" in lena.get(address).text] == []


def test_a_day_that_is_none_is_still_said(browse):
    assert "Enter the day in the form 2018-03-21." in browse("lena").get("/cases/LK-AAAA/audit-log?since=soon").text


@pytest.mark.cases("many lists")
@pytest.mark.parametrize("address", LISTS)
def test_a_place_in_a_list_that_cannot_be_shows_the_list(browse, address):
    lena = browse("lena")
    for place in TURNED:
        assert lena.get(f"{address}?after={seal_place(place)}").status_code == 200, place
    written_by_hand = base64.urlsafe_b64encode(json.dumps([1, 1]).encode()).decode()
    assert lena.get(f"{address}?after={written_by_hand}").status_code == 200


def test_a_precision_nobody_offered_is_refused(browse):
    lena = browse("lena")
    at = "/cases/LK-AAAA/disclosures/new"
    answer = lena.post_form(at, {"outlet": "A paper", "published": "2018-03-20", "published-precision": "about"})
    assert answer.status_code == 422
