"""The question of exposure, asked of the record: windows, corrected versions, rows summed up by the database."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders.build_access import (
    CAME_OUT,
    access,
    claim,
    disclosure,
    everybody_of,
    lay_out,
    placed,
    two_versions,
    utc,
)
from tests.builders.build_inquiry import confirmed, eliminated
from tests.builders.build_material import NOWHEN, material, person, version
from tracker.actions.access import access_logs, access_records
from tracker.actions.access.exposure import who_had_access
from tracker.actions.disclosure import materials, versions
from tracker.actions.disclosure.versions import Content
from tracker.analysis.exposure import Exposure, Row, Standing, place_people
from tracker.analysis.moments import Moment, Precision, stated
from tracker.audit.doors import action
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.words import Ground, Level, LogState
from tracker.models.disclosure.words import HoldersKnown, Point
from tracker.policy import Permission


@pytest.fixture
def cards(world):
    """A material with two versions, a disclosure whose claim names the second, and a case that is screened."""
    return two_versions()


def test_a_row_without_a_version_counts_for_the_only_one(world):
    card = material()
    only = version(card)
    one = disclosure(published=utc(CAME_OUT))
    claim(one, version=only)
    access(of=card, since=utc("2018-03-20 11:00"))
    assert placed(one) == {1: "confirmed"}


def test_a_corrected_version_is_the_same_version(world, app):
    card = material()
    old = version(card, made=utc("2018-03-19"), holders_known=HoldersKnown.EXACTLY, holders=3)
    one = disclosure(published=utc(CAME_OUT))
    claim(one, version=old)
    access(of=card, version=old, since=utc("2018-03-20 11:00"))
    version(card, "v2")
    new = versions.correct_version(
        world.person("ines"), old, content=Content(), settings=app.config["SETTINGS"], why_corrected="Mistyped."
    )
    db.session().expire_all()
    answer = who_had_access(one, one.claims)
    assert [span.version.id for span in answer.spans] == [new.id]
    assert answer.exposure.counts(Standing.CONFIRMED) == (1, 1)
    assert "Based on 1 of 3 holders" in answer.coverage[0]


@pytest.mark.parametrize(
    ("made", "created", "begins"),
    [
        ("2018-03-20", "2018-03-19", "CARDS v1 was made"),
        ("", "2018-03-19", "CARDS was created"),
        ("", "", "when CARDS v1 was made is not recorded"),
    ],
)
def test_the_window_opens_with_the_version_or_else_with_the_material(world, made, created, begins):
    card = material(created=utc(created) if created else NOWHEN)
    only = version(card, made=utc(made) if made else NOWHEN)
    one = disclosure(published=utc(CAME_OUT))
    claim(one, version=only)
    assert who_had_access(one, one.claims).spans[0].begins == begins


def test_what_was_only_seen_came_out_before_that(world):
    one = disclosure(first_seen=utc("2018-03-21 08:00"))
    access(since=utc("2018-03-20 11:00"))
    assert who_had_access(one, []).end.words == "before 21 Mar 2018, 08:00 UTC"
    assert placed(one) == {1: "possible"}


def test_corrected_rows_and_rows_of_reverted_logs_count_nowhere(cards, world):
    card, _, second, one = cards
    row = access(of=card, version=second, since=utc("2018-03-20 11:00"))
    access_records.correct_access(
        world.person("ines"), row, why_corrected="Later.", person=row.person, material=card, version=second,
        level=Level.E3, since=utc("2018-03-21 11:00"), until=NOWHEN,
    )  # fmt: skip
    facts = {"person": person(), "material": card, "version": second, "since": utc("2018-03-20 11:00")}
    lay_out(world.person("ines"), world.case(), state=LogState.REVERTED, rows=[facts])
    assert placed(one) == {1: "unknown", 2: "unknown"}


def test_unresolved_ways_of_spreading_are_counted(cards, world):
    _, _, second, one = cards
    materials.record_coverage(world.person("ines"), second, point=Point.UNLOGGED_PRINTER, note="")
    assert who_had_access(one, one.claims).coverage[0].endswith("1 channel unresolved.")
    assert who_had_access(one, []).coverage[0].endswith("1 channel unresolved.")


@action(Permission.RECORD_ACCESS, "access.many")
def add_many(actor, case, *, rows):
    for facts in rows:
        case.accesses_numbered += 1
        db.session().add(
            AccessRecord(case=case, number=case.accesses_numbered, by=actor, at=datetime.now(UTC), **facts)
        )


def test_rows_summed_up_by_the_database_weigh_what_they_weigh_one_by_one(cards, world):
    card, first, second, one = cards
    other = material("BOOK")
    people = [person() for _ in range(12)]
    claim(one, version=first)
    dice = random.Random(7)
    rows = [
        {
            "person": dice.choice(people[:11]), "level": dice.choice(list(Level)), "since": _some_time(dice),
            "until": _some_time(dice) if dice.random() < 0.5 else NOWHEN,
            **dice.choice([
                {"material": card, "version": first}, {"material": card, "version": second},
                {"material": card, "version": None}, {"material": other, "version": None},
            ]),
        }
        for _ in range(60)
    ]  # fmt: skip
    add_many(world.person("ines"), world.case(), rows=rows)
    plain = [
        Row(row["person"].number, row["level"].value, row["since"], row["until"], row["material"].id,
            row["version"].id if row["version"] else None)
        for row in rows
    ]  # fmt: skip
    seen = set()
    for claims in ([], *([claim_] for claim_ in one.claims), one.claims):
        answer = who_had_access(one, claims)
        expected = place_people(answer.people, plain, [span.window for span in answer.spans])
        assert [_told(each) for each in everybody_of(answer)] == [_told(each) for each in expected]
        assert answer.exposure == Exposure.of_people((one.person, one.standing, one.otherwise) for one in expected)
        seen |= {each.standing for each in expected}
    assert {Standing.CONFIRMED, Standing.POSSIBLE, Standing.UNKNOWN} <= seen


def _told(placed):
    """A person's place; the levels only where rows of this version put her there."""
    levels = () if placed.standing is Standing.UNKNOWN else placed.levels
    return placed.person, placed.standing, placed.otherwise, levels


def _some_time(dice):
    start = datetime(2018, 3, 19, tzinfo=UTC) + timedelta(hours=dice.randrange(60))
    kind = dice.choice(["exact", "minute", "day", "before", "between", "unknown"])
    if kind == "between":
        return Moment.of(start, start + timedelta(hours=dice.randrange(1, 30)), "UTC", Precision.BETWEEN)
    if kind in {"exact", "minute", "day"}:
        return stated(start.strftime("%Y-%m-%d" if kind == "day" else "%Y-%m-%d %H:%M"), "UTC", kind)
    return NOWHEN if kind == "unknown" else Moment.of(None, start, "UTC", Precision.BEFORE)


def test_who_is_eliminated_on_a_log_that_was_reverted_is_named_beside_the_answer(cards, world):
    log, one = lay_out(world.person("ines"), world.case()), cards[-1]
    confirmed(eliminated(person(), one, ground=Ground.ABSENT_WITH_LOG, evidence="L1 shows every door, and not hers."))
    assert not [line for line in who_had_access(one, one.claims).pitfalls if "L1, " in line or "reverted" in line]
    access_logs.revert_log(world.person("ines"), log, why="The wrong file.")
    assert who_had_access(one, one.claims).pitfalls[-1] == (
        "P-001 is eliminated on an access log that was later reverted: L1."
    )
