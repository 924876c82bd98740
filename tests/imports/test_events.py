"""Logs of people going in and out, from the file to rows that are sound."""

from tests import world
from tests.imports.logs import counts
from tests.imports.test_cli_import import NOTHING, run  # noqa: F401  # a fixture
from tracker.base import db
from tracker.models.access.whereabouts import Whereabouts

EVENTS = b"""card,room,time,event
ann,A,2018-03-20 09:00,in
bob,A,2018-03-20 09:10,in
ann,A,2018-03-20 10:00,in
bob,A,2018-03-20 10:10,out
bob,A,2018-03-20 10:20,out
ann,A,2018-03-20 11:00,out
"""
EVENT_COLUMNS = "--map identifier=card --map place=room --map since=time --event event --enter in --leave out".split()


def test_a_second_entry_gives_the_first_an_unknown_end_and_begins_another_stay(run):  # noqa: F811
    code, out, _ = run(EVENTS, *EVENT_COLUMNS, kind="whereabouts")
    assert (code, counts()) == (1, NOTHING)
    reason = "An entry follows another entry, with no exit between. The end of the first stay is unknown."
    assert f"1 line (4), event, 'in': {reason}" in out
    assert "1 line (6), event, 'out': An exit has no entry before it." in out
    code, out, _ = run(EVENTS, *EVENT_COLUMNS, "--skip-faults", kind="whereabouts")
    assert (code, "Imported as LK-AAAA/L1: 3 records, 2 new people." in out) == (0, True)
    rows = db.session().scalars(Whereabouts.of(world.case()).order_by(Whereabouts.line))
    clock = [tuple(f"{end:%H:%M}" if end else None for end in (row.since.earliest, row.until.earliest)) for row in rows]
    assert clock == [("09:00", None), ("09:10", "10:10"), ("10:00", "11:00")]


def test_what_came_in_from_events_is_sound_though_stays_end_in_another_order(run, command):  # noqa: F811
    assert run(EVENTS, *EVENT_COLUMNS, "--skip-faults", kind="whereabouts")[0] == 0
    lines = [row.line for row in db.session().scalars(Whereabouts.of(world.case()).order_by(Whereabouts.id))]
    assert lines == [2, 3, 4]
    assert run(EVENTS.replace(b"ann,A,2018-03-20 10:00,in\n", b""), *EVENT_COLUMNS, "--skip-faults",
               kind="whereabouts", case="LK-BBBB", who="ivo")[0] == 0  # fmt: skip
    assert command("audit", "verify")[0] == 0
