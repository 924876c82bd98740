"""Narrowing over the record: a month of badge events with a planted truth, and each step against a plain query."""

import random
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests import world
from tests.builders.build_access import access, claim, disclosure, lay_out, person_level, two_versions, utc
from tests.builders.build_inquiry import confirmed, eliminated
from tests.builders.build_material import material, person, version
from tests.readers import browse
from tracker.actions.access.exposure import windows_of
from tracker.actions.access.person_merges import merge_person
from tracker.actions.answers.narrowing.people import read_people
from tracker.actions.answers.narrowing.steps import read_grounds
from tracker.actions.answers.narrowing.windows import subjects_of
from tracker.analysis.exposure import Row, Window
from tracker.analysis.moments import Moment, Precision, sql_text
from tracker.analysis.narrowing.steps import narrow
from tracker.base import db
from tracker.models.access.words import Level, Strength

DAYS = {"v1": (3, 8), "v2": (10, 15), "v3": (20, 26)}  # made, and published
PLANTED, STRONG, MEDIUM = {7, 19, 33}, 4, 28


def at(day, hour=0.0):
    when = datetime(2019, 3, 1, tzinfo=UTC) + timedelta(days=day - 1, hours=hour)
    return Moment.of(when, when, None, Precision.EXACT)


@pytest.fixture
def month(world):
    """Forty people with badge events of a month; three alone are inside all windows, and two who are eliminated."""
    dice, room = random.Random(13), material("ROOM")
    people = [person(name=f"Quill Marrow {number}") for number in range(1, 41)]
    made = {label: version(room, label, made=at(first)) for label, (first, _) in DAYS.items()}
    for label, (_, published) in DAYS.items():
        claim(disclosure(published=at(published)), version=made[label])
    person_level()
    rows, truth = [], {label: set() for label in DAYS}
    for who in people:
        stays = who.number in PLANTED | {STRONG, MEDIUM}
        missed = None if stays else dice.choice(list(DAYS))
        for label, (first, last) in DAYS.items():
            inside = [] if label == missed else [dice.uniform(first + 0.1, last - 0.1)] * (stays or dice.random() < 0.8)
            outside = [dice.uniform(last + 0.1, 31)]
            for day in inside + outside:
                level = Level.E2 if who.number in {STRONG, MEDIUM} else Level.E3
                rows.append({"person": who, "material": room, "version": made[label], "level": level,
                             "since": at(1, day * 24 - 24)})  # fmt: skip
            truth[label] |= {who.number} if inside else set()
    dice.shuffle(rows)
    lay_out(world.person("ines"), world.case(), rows=rows)
    one = windows_subject(3).disclosure
    for number, strength in ((STRONG, Strength.X1), (MEDIUM, Strength.X2)):
        confirmed(eliminated(people[number - 1], one, strength=strength))
    return truth


def windows_subject(number):
    return next(one for one in subjects_of([world.case()]) if one.disclosure.number == number and one.claim)


def test_the_narrowing_reaches_the_planted_people_exactly_and_names_nobody(month, browse):
    grounds = read_grounds(world.case())
    found = narrow(grounds.people, [one.step for one in grounds.steps])
    assert [one.step.key for one in grounds.steps] == ["c1.1", "c2.1", "c3.1", "e1", "e2"]
    assert [one.kind for one in grounds.steps] == ["claim"] * 3 + ["elimination"] * 2
    left = set(range(1, 41))
    for one, label in zip(found, DAYS, strict=False):
        left &= month[label]
        assert one.left == one.sure == left
        assert one.strong == grounds.people  # a missing record is weak ground
    assert found[-1].left == PLANTED
    assert found[-1].strong == grounds.people - {STRONG}
    text = browse("lena").get("/cases/LK-AAAA/narrowing").text
    assert "3 of 40 people are left on all grounds. On strong grounds alone, 39 are left." in text
    assert "Marrow" not in text


def test_each_step_is_what_a_plain_query_finds(month):
    query = """SELECT DISTINCT p.number FROM access_record a JOIN person p ON p.id = a.person_id
        WHERE a.version_id = :version AND a.since_earliest <= :until"""
    for ground in read_grounds(world.case()).steps[:3]:
        window = ground.subject.windows[0]
        asked = {"version": ground.subject.claim.version_id, "until": sql_text(window.end.latest)}
        inside = set(db.session().scalars(sa.text(query), asked))
        assert set(range(1, 41)) - ground.step.aside == inside


def test_the_analysis_asks_five_statements_however_many_steps_there_are(month):
    case = world.case()
    assert case.id
    browse._told.clear()
    read_grounds(case)
    assert len(browse._told) <= 5


def test_unclear_records_are_inside_perhaps_and_the_windows_are_those_of_who_had_access(world):
    card, first, second, one = two_versions()
    rows = [
        {"version": second, "since": utc("2018-03-20 11:00")}, {"version": second, "since": utc("2018-03-20")},
        {"version": None, "since": utc("2018-03-20 11:00")}, {"version": first, "since": utc("2018-03-20 11:00")},
        {"version": second, "since": utc("2018-03-21 11:00")}, {"version": second, "since": utc("2018-03-20 11:00")},
    ]  # fmt: skip
    people = [person() for _ in rows]
    for who, facts in zip(people, rows, strict=True):
        access(who, card, level=Level.E0, **facts)
    merge_person(world.person("ines"), people[5], same_as=people[0], reason="The same badge")
    subject = next(each for each in subjects_of([world.case()]) if each.claim)
    assert list(subject.windows) == windows_of(one, one.claims)
    inside = read_people({world.case(): subject.windows}).inside(world.case().id, subject.windows)
    case = world.case().id
    plain = [Row(who.number, "E0", facts["since"], Moment.of(), card.id, facts["version"] and facts["version"].id)
             for who, facts in zip(people, rows, strict=True)]  # fmt: skip
    weighed = {row.person for row in plain if subject.windows[0].weigh(row)}
    assert inside.may == {(case, number) for number in weighed - {6}} == {(case, 1), (case, 2), (case, 3)}
    assert inside.sure == {(case, 1)}
    assert inside.by_post == inside.may
    step = read_grounds(world.case()).steps[0].step
    assert (step.aside, step.perhaps) == ({4, 5}, {2, 3, 4, 5})


def some_time(dice):
    """Exact, within some hours, before, or unknown."""
    low = datetime(2018, 3, 20, tzinfo=UTC) + timedelta(hours=dice.randint(-30, 30))
    return dice.choice([
        Moment.of(low, low, None, Precision.EXACT), Moment.of(low, low + timedelta(hours=9), None, Precision.BETWEEN),
        Moment.of(None, low, None, Precision.BEFORE), Moment.of(),
    ])  # fmt: skip


def test_who_is_inside_is_what_each_record_shows_one_by_one(world):
    dice, card, book = random.Random(5), material(), material("BOOK")
    made = [version(card, "v1"), version(card, "v2"), version(book, "only")]
    people = {who.number: who for who in (person() for _ in range(9))}
    about = [(card, made[0]), (card, made[1]), (card, None), (book, made[2]), (book, None)]
    rows = [
        Row(dice.choice(list(people)), dice.choice(["E0", "E3"]), some_time(dice), some_time(dice),
            of.id, one and one.id)
        for of, one in dice.choices(about, k=60)
    ]  # fmt: skip
    lay_out(world.person("ines"), world.case(), rows=[
        {"person": people[row.person], "level": Level(row.level), "since": row.since, "until": row.until,
         "material_id": row.material, "version_id": row.version} for row in rows
    ])  # fmt: skip
    of_card = [frozenset({made[0].id}), frozenset(one.id for one in made[:2])]
    scopes = [*((card.id, versions) for versions in of_card), (book.id, None), (None, None)]
    windows = [Window(some_time(dice), some_time(dice), *dice.choice(scopes)) for _ in range(40)]
    case = world.case()
    found = read_people({case: windows})
    for window in windows:
        weighed = {row.person for row in rows if window.weigh(row)}
        sure = {row.person for row in rows if window.weigh(row) and window.names(row) and window.surely_holds(row)}
        inside = found.inside(case.id, [window])
        assert (inside.may, inside.sure) == ({(case.id, n) for n in weighed}, {(case.id, n) for n in sure}), window
        by_post = {row.person for row in rows if window.weigh(row) and row.level == "E0"}
        assert inside.by_post == {(case.id, number) for number in by_post}


def test_what_repeats_an_earlier_disclosure_is_no_step_and_one_without_a_claim_is_its_own(world):
    first = disclosure(published=utc("2018-03-20 12:00"))
    disclosure(published=utc("2018-03-21 12:00"), derived_from=[first])
    access(since=utc("2018-03-20 11:00"))
    grounds = read_grounds(world.case())
    assert [one.step.key for one in grounds.steps] == ["d1"]
    assert [one.key for one in grounds.repeats] == ["d2"]
    assert "total unknown" in grounds.steps[0].coverage[0]
