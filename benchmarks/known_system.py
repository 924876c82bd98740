"""A long file of a known system, from dropping it on the page to seeing who had access: the steps, and their seconds.

The file is an export of the Microsoft Purview unified audit log, with its cells of JSON. One line of twenty counts.
`python -m benchmarks.known_system [LINES]`, by default a million.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from benchmarks.figures import Figure
from benchmarks.import_rows import PEOPLE
from tests import world
from tests.builders.build_material import material
from tests.imports.logs import LOGS, NEW, log, work_off
from tests.readers.browse import Browser, signed_in
from tracker import create_app
from tracker.cli.founding import prepare
from tracker.models.access.words import LogState

DOCUMENT = "https://example.sharepoint.com/sites/board/Shared Documents/Plan.docx"
USED = 20  # one line of so many is an access
STEPS, SECONDS = 3, 120


def write_log(path: Path, lines: int) -> None:
    """An export as the portal writes it."""
    at = datetime(2024, 1, 1, tzinfo=UTC)
    with path.open("w", encoding="utf-8") as file:
        file.write("RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits\n")
        for number in range(lines):
            at += timedelta(seconds=number % 7)
            who = f"account{number * 7 % PEOPLE}@post.example"
            did = "FileMoved" if number % USED else "FileAccessed"
            told = {"Id": f"{number:08}", "Operation": did, "UserId": who, "ObjectId": DOCUMENT}
            cell = json.dumps(told).replace('"', '""')
            file.write(f'{number:08},{at:%Y-%m-%dT%H:%M:%S}.0000000Z,6,{did},{who},"{cell}",\n')


def time_steps(app: Flask, file: Path) -> list[tuple[str, float]]:
    """What a person does one after the other, and the seconds until the answer is there."""
    app.test_client_class = Browser
    ines, steps = signed_in(app, "ines"), []

    def step(name: str, act: Callable[[], Any]) -> None:
        began = time.perf_counter()
        act()
        while work_off():
            pass
        steps.append((name, time.perf_counter() - began))

    with file.open("rb") as stream:
        step("drop the file", lambda: ines.post_form(NEW, file=(stream, "audit.csv")))
    if log().state is not LogState.CHECKED:
        raise SystemExit(f"The file is {log().state.value}: something has to be answered first.")
    step("import the records", lambda: ines.post_form(f"{LOGS}/1/start", at=f"{LOGS}/1"))
    step("see who had access", lambda: ines.get("/cases/LK-AAAA/access"))
    return steps


def main(lines: int = 1_000_000) -> None:
    """Print its lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "audit.csv"
        write_log(file, lines)
        app = create_app(prepare(Path(folder) / "instance"))
        with app.app_context():
            world.build()
            material(identifier=DOCUMENT)
            steps = time_steps(app, file)
            rows = log().rows
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, seconds in steps:
        print(f"  {name}: {seconds:,.1f} s")
    whole = sum(seconds for _, seconds in steps)
    print(Figure(f"known system, {lines:,} lines, {rows:,} records", f"{whole:,.1f} s", "", whole, f"<= {SECONDS} s"))
    print(Figure("known system, steps", str(len(steps)), "", len(steps), f"<= {STEPS}"))
    print(Figure("known system, peak memory", f"{peak:,.0f} MB", "", peak, "<= 200 MB"), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
