"""Eliminations against contrary records: they are read first, and one at E3 to E6 is overruled by a reason alone."""

import pytest

from tests import world as of_world
from tests.builders.build_access import claim, disclosure, person_level
from tests.builders.build_inquiry import confirmed, eliminated
from tests.builders.build_material import material, person, version
from tracker.actions.access import access_records, whereabouts
from tracker.actions.access.contrary import contrary_to
from tracker.analysis.moments import Moment, stated
from tracker.audit.doors import Refused
from tracker.models.access.words import Level

WINDOW, AFTER = stated("2018-03-20 12:00", "UTC"), stated("2018-03-21 12:00", "UTC")
PUBLISHED = stated("2018-03-20 22:00", "UTC")


@pytest.fixture
def accused(world):
    """Somebody, and a disclosure about whose people questions may be asked."""
    person_level()
    return person(), disclosure(published=PUBLISHED)


def reads(who, level=Level.E3, since=WINDOW, of="CARDS", **facts):
    """An access record of the person."""
    return access_records.record_access(
        of_world.person("ines"), of_world.case(), person=who, material=material(of), level=level, channel=None,
        since=since, until=Moment.of(), source="Portal", note="", **facts,
    )  # fmt: skip


@pytest.mark.parametrize("level", [Level.E3, Level.E4, Level.E5, Level.E6])
def test_confirmed_access_in_the_window_is_overruled_by_a_reason_that_prints(accused, level, browse):
    who, published = accused
    record = reads(who, level)
    with pytest.raises(Refused, match=rf"record {record.number} \({level.value}\)\. Say why each record"):
        eliminated(who, published)
    one = eliminated(who, published, why_wrong="The clerk used their badge.")
    assert (one.against, one.overruled, one.is_intact) == (str(record.number), {record.number}, True)
    confirmed(one)
    assert "The clerk used their badge." in browse("otto").get("/cases/LK-AAAA/eliminations/1").text
    shown = browse("otto").get(f"/cases/LK-AAAA/disclosures/{published.number}/who-had-access").text
    assert "The clerk used their badge." in shown


@pytest.mark.parametrize(("level", "since"), [(Level.E1, WINDOW), (Level.E2, WINDOW), (Level.E3, AFTER)])
def test_weaker_records_and_those_outside_the_window_ask_for_no_reason(accused, level, since):
    who, published = accused
    reads(who, level, since)
    assert eliminated(who, published, why_wrong="Not asked.").why_wrong == ""


def test_a_record_that_came_after_the_proposal_is_not_overruled_by_it(accused):
    one = eliminated(*accused)
    late = reads(accused[0])
    with pytest.raises(Refused, match=rf"record {late.number} \(E3\)\. The elimination does not say why\. Return it"):
        confirmed(one)


def test_of_a_claim_only_the_records_of_its_version_speak(accused):
    who, published = accused
    cards = material("BOOK")
    first, second = version(cards, "v1"), version(cards, "v2")
    claimed = claim(published, version=second)
    access_records.record_access(
        of_world.person("ines"), of_world.case(), person=who, material=cards, version=first, level=Level.E3,
        channel=None, since=WINDOW, until=Moment.of(), source="Portal", note="",
    )  # fmt: skip
    assert contrary_to(who, published, claimed).seen == ""


def test_the_form_and_the_review_page_list_them_all(accused, browse):
    who, published = accused
    reads(who, Level.E2)
    whereabouts.record_whereabouts(
        of_world.person("ines"), of_world.case(), person=who, place="Room 4", since=WINDOW, until=PUBLISHED,
        source="Doors", note="",
    )  # fmt: skip
    ines, at = browse("ines"), "/cases/LK-AAAA/eliminations/new"
    typed = {
        "person": who.pseudonym, "disclosure": str(published.number), "ground": "was_elsewhere",
        "evidence": "The door log.", "strength": "X2",
    }  # fmt: skip
    told = ines.post_form(at, **typed)
    assert told.status_code == 422
    for words in ("Access record 1", "Whereabouts 1", "Room 4", "Read the records below"):
        assert words in told.text
    seen = {**ines.tokens(), **typed, "seen": "A1 W1"}
    assert ines.post(at, data=seen).location == "/cases/LK-AAAA/eliminations/1"
    page = browse("rhea").get("/cases/LK-AAAA/eliminations/1/review").text
    assert "Access record 1" in page
    assert "Whereabouts 1" in page
