"""Logs of people going in and out: whole intervals, and what does not fit reported with its line."""

import pytest

from tracker.analysis.logs.access_log import Fault, Mapping, Row, Tally, parse

DOOR = Mapping("whereabouts", {"person": "card", "place": "room", "since": "time", "event": "event"}, zone="UTC",
               values={"event": {"in": "enter", "entry": "enter", "out": "leave", "passed": ""}})  # fmt: skip


@pytest.fixture
def read(tmp_path):
    def reading(*events):
        path, tally = tmp_path / "door.csv", Tally()
        lines = (f"lena,{room},2018-03-20 {time},{event}\n" for time, event, room in events)
        path.write_text("card,room,time,event\n" + "".join(lines), encoding="utf-8")
        return list(parse(path, DOOR, tally)), tally

    return reading


def told(found):
    return [(row.line, row.since[0][11:16], row.until[0] and row.until[0][11:16], row.until_line)
            if isinstance(row, Row) else (row.line, row.column, row.value, row.reason) for row in found]  # fmt: skip


def test_an_entering_and_the_next_leaving_are_one_row(read):
    found, tally = read(("09:00", "in", "A"), ("10:00", " OUT ", "A"), ("11:00", "Entry", "A"), ("12:00", "out", "A"))
    assert told(found) == [(2, "09:00", "10:00", 3), (4, "11:00", "12:00", 5)]
    assert tally == Tally(lines=4, left=2)


def test_rooms_are_paired_each_for_itself(read):
    found, _ = read(("09:00", "in", "A"), ("09:30", "in", "B"), ("10:00", "out", "A"), ("10:30", "out", "B"))
    assert [(row.place, row.line, row.until_line) for row in found] == [("A", 2, 4), ("B", 3, 5)]


def test_an_exit_without_an_entry_is_reported(read):
    found, _ = read(("09:00", "out", "A"))
    assert told(found) == [(2, "event", "out", "This exit of lena has no entry before it.")]


def test_a_second_entry_is_reported_with_its_person_and_begins_another_stay(read):
    found, tally = read(("09:00", "in", "A"), ("10:00", "in", "A"), ("11:00", "out", "A"))
    reason = "lena entered in line 2 too, with no exit since. The end of the first stay is unknown."
    assert told(found) == [(2, "09:00", None, None), (3, "event", "in", reason), (3, "10:00", "11:00", 4)]
    assert (found[1].is_stay, tally) == (True, Tally(lines=3, left=1, open=1, stays=1))


@pytest.mark.parametrize("again", [1, 2, 5])
def test_every_entry_in_a_row_is_a_stay_of_its_own(read, again):
    times = [f"{9 + at:02}:00" for at in range(again + 1)]
    found, tally = read(*((time, "in", "A") for time in times), ("20:00", "out", "A"))
    stays = [row for row in found if isinstance(row, Row)]
    assert [row.since[0][11:16] for row in stays] == times
    assert [row.until_line for row in stays] == [*[None] * again, again + 3]
    assert tally.lines == len(found) + tally.left - tally.stays


def test_a_second_entry_elsewhere_is_no_second_entry(read):
    found, tally = read(("09:00", "in", "A"), ("10:00", "in", "B"))
    assert (len(found), tally.stays, tally.open) == (2, 0, 2)


def test_an_entry_that_was_never_left_is_a_row_without_an_end(read):
    found, tally = read(("09:00", "in", "A"))
    assert told(found) == [(2, "09:00", None, None)]
    assert found[0].until == (None, None, None, "unknown")
    assert tally.open == 1


def test_an_exit_before_its_entry_is_reported_and_the_entry_stays_open(read):
    found, tally = read(("09:00", "in", "A"), ("08:00", "out", "A"))
    assert told(found)[0] == (
        3,
        "time",
        "2018-03-20T08:00:59.999999Z",
        "This exit of lena is before the entry in line 2.",
    )
    assert (told(found)[1], tally.open) == ((2, "09:00", None, None), 1)


def test_skipped_events_are_counted_and_unnamed_ones_reported(read):
    found, tally = read(("09:00", "passed", "A"), ("09:01", "jumped", "A"), ("25:00", "in", "A"))
    assert tally == Tally(lines=3, left_out={"event is passed": 1})
    assert [(fault.line, fault.column) for fault in found] == [(3, "event"), (4, "time")]
    assert all(isinstance(fault, Fault) for fault in found)
