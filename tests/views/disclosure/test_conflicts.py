"""The pages of what sources differ about."""

import pytest

from tests import world as people
from tests.builders.build_material import material, person, version
from tracker.actions.disclosure import claims, conflicts, disclosures
from tracker.models.disclosure.words import Confidence

HERE = "/cases/LK-AAAA/disclosures"


@pytest.fixture
def ines(browse):
    return browse("ines")


@pytest.fixture
def disclosure(world):
    return disclosures.record_disclosure(world.person("ines"), world.case(), outlet="A newspaper")


def test_another_source_is_recorded_from_the_page_and_withdrawn_from_the_list(ines, disclosure, browse):
    new = "/cases/LK-AAAA/conflicts/new?thing=disclosure:1&field=published"
    assert new.replace("&", "&amp;") in ines.get(f"{HERE}/1").text
    assert "rivals/new" not in browse("otto").get(f"{HERE}/1").text
    answer = ines.post_form(new, value="21:55", source="A web archive", confidence="low")
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    assert "21:55" in browse("otto").get(f"{HERE}/1").text
    assert ines.post_form("/cases/LK-AAAA/conflicts/1/withdrawal", at="/cases/LK-AAAA/conflicts").status_code == 303
    assert "21:55" not in ines.get(f"{HERE}/1").text
    listed = browse("otto").get("/cases/LK-AAAA/conflicts").text
    assert 'class="struck"' in listed
    assert "21:55" in listed


def test_the_list_of_conflicts_filters(ines, disclosure):
    for value, confidence in (("19:16", Confidence.HIGH), ("21:55", Confidence.LOW)):
        conflicts.record_conflict(
            people.person("ines"), disclosure, field="published", value=value, source="log", confidence=confidence
        )
    assert "21:55" not in ines.get("/cases/LK-AAAA/conflicts?confidence=high").text
    assert "19:16" not in ines.get("/cases/LK-AAAA/conflicts?q=21").text.partition("<tbody>")[2]


@pytest.mark.parametrize("thing", ["disclosure:9", "account:1", "person:1", ""])
def test_a_conflict_of_nothing_is_not_found(ines, disclosure, thing):
    assert ines.get(f"/cases/LK-AAAA/conflicts/new?thing={thing}").status_code == 404


def test_the_list_leads_to_whatever_a_fact_is_about(ines, disclosure, world):
    cards = material("CARDS")
    claim = claims.record_claim(world.person("ines"), disclosure, quote="So")
    things = {
        "/cases/LK-AAAA": (world.case(), "question"),
        "/cases/LK-AAAA/disclosures/1": (disclosure, "title"),
        "/cases/LK-AAAA/disclosures/1/claims/1": (claim, "clearance"),
        "/cases/LK-AAAA/materials/1": (cards, "created"),
        "/cases/LK-AAAA/materials/1/versions/1": (version(cards), "made"),
        "/cases/LK-AAAA/people/1": (person(), "post"),
    }
    for thing, field in things.values():
        conflicts.record_conflict(
            world.person("ines"), thing, field=field, value="Otherwise", source="log", confidence=Confidence.LOW
        )
    listed = ines.get("/cases/LK-AAAA/conflicts").text.partition("<tbody>")[2]
    assert [path for path in things if f' href="{path}">' not in listed] == []
    assert [path for path in things if ines.get(path).status_code != 200] == []


def test_a_list_about_many_claims_asks_the_database_no_more_often(ines, world):
    for _ in range(12):
        made = disclosures.record_disclosure(world.person("ines"), world.case(), outlet="A newspaper")
        claim = claims.record_claim(world.person("ines"), made, quote="So")
        conflicts.record_conflict(
            world.person("ines"), claim, field="quote", value="Otherwise", source="log", confidence=Confidence.LOW
        )
    assert "Claim C1 of disclosure 12" in ines.get("/cases/LK-AAAA/conflicts").text  # `ines` counts the statements
