"""Official releases, holders in other words than "about", groups of readers, and accounts that conflict."""

import csv
import io

import pytest

from tests import world as people
from tests.builders.build_access import disclosure
from tests.builders.build_material import material, person, version
from tracker.actions.access import access_records
from tracker.actions.disclosure import conflicts, materials, official_releases
from tracker.analysis.moments import Moment, stated
from tracker.audit.doors import Denied, Refused
from tracker.models.access.words import Level
from tracker.models.disclosure.words import Confidence, HoldersKnown, Medium, Point

RELEASED = stated("2018-03-20 17:30", "UTC")


def released(who="ines", **facts):
    about = {"by": "Press office", "title": "Readout", "released": RELEASED, "text": "They spoke.", **facts}
    return official_releases.record_release(people.person(who), people.case(), **about)


def test_an_official_release_is_no_disclosure_and_is_compared_with_each(world, browse):
    disclosure(published=stated("2018-03-20 19:15", "UTC"))
    one = released(medium=Medium.WEBSITE)
    assert (one.number, one.text_sha256 is not None) == (1, True)
    page = browse("otto").get("/cases/LK-AAAA/official-releases/1").text
    assert "105 minutes" in page
    assert "They spoke." in page
    rows = list(csv.reader(io.StringIO(browse("otto").get("/cases/LK-AAAA/official-releases.csv").text)))
    assert rows[0][:7] == "number by title medium released_utc released_local released_precision".split()
    assert rows[1][:4] == ["1", "Press office", "Readout", "website"]
    official_releases.edit_release(people.person("ines"), one, lock_version=one.lock_version, text="")
    assert one.text_sha256 is None


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [({"by": " "}, "Enter the office"), ({"released": stated("2999-01-01", "UTC")}, "lies in the future")],
)
def test_what_is_no_release_is_refused(world, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        released(**facts)


def test_only_the_team_records_releases(world):
    with pytest.raises(Denied):
        released(who="rhea")


def test_a_readership_is_one_row_that_counts_in_the_coverage_alone(world):
    first = version(material("CARDS"), "v1", holders_known=HoldersKnown.BETWEEN, holders=90, holders_most=120)
    ines = people.person("ines")
    with pytest.raises(Refused, match="Enter how many people the group has"):
        materials.record_coverage(ines, first, point=Point.GROUP, note="")
    with pytest.raises(Refused, match="Only a group of readers has a number"):
        materials.record_coverage(ines, first, point=Point.COURIER, note="", size=3)
    materials.record_coverage(ines, first, point=Point.GROUP, note="Readers of the portal", size=100)
    assert (first.grouped, first.unresolved, first.holders_words) == (100, [], "between 90 and 120")
    said = "Based on 105 of between 90 and 120 holders; no unresolved channels are recorded."
    assert first.coverage_line(5) == f"{said} Of the known holders, 100 are known as groups alone, without names."


def test_conflicting_accounts_stand_under_an_access_record(world, browse):
    record = access_records.record_access(
        people.person("ines"), people.case(), person=person(), material=material("CARDS"), level=Level.E5, channel=None,
        since=RELEASED, until=Moment.of(), source="The minutes", note="",
    )  # fmt: skip
    said = {"field": "since", "value": "An hour earlier", "source": "Interview 3", "confidence": Confidence.LOW}
    conflicts.record_conflict(people.person("ines"), record, **said)
    page = browse("otto").get("/cases/LK-AAAA/access/1").text
    assert "An hour earlier" in page
    assert "Access record 1" in browse("otto").get("/cases/LK-AAAA/conflicts").text
    rows = list(csv.reader(io.StringIO(browse("otto").get("/cases/LK-AAAA/conflicts.csv").text)))
    assert rows[1][1:4] == ["access:1", "since", "An hour earlier"]
    ines = browse("ines")
    assert ines.get("/cases/LK-AAAA/conflicts/new?thing=access:1&field=level").status_code == 200
