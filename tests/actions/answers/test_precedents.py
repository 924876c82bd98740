"""What was public before each claim: each stands beside every release, publication and answer, in the right order."""

import pytest

from tests import world as people
from tests.builders.build_access import claim, disclosure, utc
from tracker.actions.answers.precedents import Order, Precedent, PrecedentKind, verdicts_of
from tracker.actions.disclosure.official_releases import record_release
from tracker.analysis.moments import Precision, stated
from tracker.base import db
from tracker.models.disclosure.claims import Checked, Claim
from tracker.models.disclosure.words import CheckAnswer

TIMES = {
    "early": utc("2018-03-20 17:30"), "same": utc("2018-03-20 23:15:00"), "late": utc("2018-03-21 01:00"),
    "day": utc("2018-03-20"), "before": stated("2018-03-20 12:00", "UTC", Precision.BEFORE),
    "never": stated("", "UTC", Precision.UNKNOWN),
    "between": stated("2018-03-20 20:00", "UTC", Precision.BETWEEN, "2018-03-20 23:14"),
}  # fmt: skip
EARLIER = "345 minutes (5 hours, 45 minutes) before"
ANSWERED = Checked(CheckAnswer.YES, utc("2018-03-20 17:30"), "Press office", "The readout.")


def rows(case):
    return db.session().scalars(Precedent.of(case).order_by(Precedent.place, Precedent.id)).all()


@pytest.fixture
def compared(world):
    one = disclosure("Daily", published=utc("2018-03-20 23:15:00"))
    claim(one, already_public=ANSWERED)
    claim(one)
    claim(disclosure("Weekly", published=utc("2018-03-22")))
    for name, released in TIMES.items():
        record_release(world.person("ines"), world.case(), by=name, released=released)
    record_release(world.person("ivo"), world.case("LK-BBBB"), by="Elsewhere", released=TIMES["early"])
    return rows(world.case())


def test_each_claim_stands_beside_each_of_them_once(compared):
    assert len({one.id for one in compared}) == len(compared) == 3 * len(TIMES) + 3 + 1
    assert [one.source for one in compared if one.kind == PrecedentKind.CHECK] == ["Press office"]
    assert {(one.disclosure, one.claim, one.source) for one in compared if one.kind == PrecedentKind.PUBLICATION} == {
        (1, 1, "Weekly"), (1, 2, "Weekly"), (2, 1, "Daily"),
    }  # fmt: skip
    assert {one.at.words for one in compared if one.source == "Weekly"} == {"22 Mar 2018 (day)"}
    assert {one.published.words for one in compared if one.disclosure == 2} == {"22 Mar 2018 (day)"}
    assert rows(people.case("LK-BBBB")) == []


def test_the_order_of_the_database_is_that_of_the_minutes(compared):
    for one in compared:
        told = one.gap
        assert (told.order if told else "open") == {Order.UNKNOWN: "open"}.get(one.order, one.order), one.source
    first = {one.source: one.gap for one in compared if (one.disclosure, one.claim) == (1, 2)}
    assert first["early"].words == EARLIER
    assert first["between"].words == "between 1 and 195 minutes (3 hours, 15 minutes) before"
    assert first["day"].words.startswith("unknown whether before: up to 1,395 minutes")
    assert first["never"] is None


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"already_public": ANSWERED}, [("Already public", EARLIER)]),
        ({"already_public": Checked(CheckAnswer.YES, TIMES["late"])}, [("Not answered", "")]),
        ({"already_public": Checked(CheckAnswer.NO), "briefing_possible": Checked(CheckAnswer.YES)},
         [("Authorised briefing possible", "")]),
        ({"already_public": Checked(CheckAnswer.YES), "precursor": ANSWERED},
         [("Already public", ""), ("Could be inferred from an earlier publication", EARLIER)]),
        ({"already_public": Checked(CheckAnswer.NO)}, [("Not public earlier", "")]),
        ({}, [("Not answered", "")]),
    ],
)  # fmt: skip
def test_what_the_checks_answer_is_said_and_nothing_more(world, facts, says):
    claim(disclosure("Daily", published=utc("2018-03-20 23:15")), **facts)
    db.session().rollback()
    (one,) = db.session().scalars(Claim.of(world.case()))
    assert verdicts_of(one) == says
