"""A program that starts, is killed, starts again and stops: its entries say so, and so do counts of what was repeated.

The fault it keeps away: neither was recorded.
"""

import pytest

from tests.machinery.server import Caller, kill_server, serving, start_server


@pytest.mark.gate("serves a program twice")
def test_start_kill_and_stop_are_entries_and_the_counts_are_written_at_the_end(app, settings, tmp_path, entries):
    server, _port = start_server(settings, tmp_path)
    kill_server(server)
    with serving(settings, tmp_path) as port:
        lena = Caller(app, port, "lena")
        assert [lena.get("/cases/LK-NONE").status for _ in range(5)] == [404] * 5
        lena.close()
    told = [(entry["act"], entry["d"]) for entry in entries() if entry["act"] != "login.ok"][-5:]
    assert [act for act, _ in told] == [
        "program.started", "program.started", "access.denied", "access.denied", "program.stopped",
    ]  # fmt: skip
    assert told[1][1]["after"] == "a stop that was not recorded"
    assert told[3][1]["count"] == 4
