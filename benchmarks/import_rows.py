"""Import of a large access log through the command, against plain `executemany` of the same rows in one transaction.

Tells rows a second of both, the dry run included, the peak memory of the command, and how long other writers waited:
of a plain log, and of a log of messages, of which a rule keeps one line of twenty, each with ten recipients, and whose
note is a field of a JSON cell. There the rate is that of the records that come of it.
`python -m benchmarks.import_rows [plain|messages [LINES]]`, by default both, with a million lines.
"""

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlite

from benchmarks.figures import Figure
from tests import world
from tracker import create_app
from tracker.actions.case import cases
from tracker.actions.disclosure.materials import register_material
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused
from tracker.base import connections, db
from tracker.cli.founding import prepare
from tracker.models.access.access_records import AccessRecord

PEOPLE, CHUNK, PAUSE = 500, 100_000, 0.02
KEPT, RECIPIENTS = 20, 10  # of so many lines one is kept, and goes to so many people
COMMON = "--map since=time --fixed material=NET-1 --fixed level=E3 --zone UTC".split()
PLAIN = [*COMMON, *"--map identifier=account --map note=note".split()]
MESSAGES = [*COMMON, *"--map identifier=recipients --map note=data.Subject".split(), "--where", "event is DELIVER"]


def steps(chance: random.Random, rows: int) -> Iterator[tuple[int, str]]:
    """Numbers and times, one after the other."""
    at = datetime(2018, 1, 1, tzinfo=UTC)
    for number in range(rows):
        at += timedelta(seconds=chance.randrange(30))
        yield number, f"{at:%Y-%m-%dT%H:%M:%SZ}"


def write_plain(path: Path, rows: int) -> None:
    """A log of a mail or file server: one time after the other, people in any order."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write("time,account,action,note\n")
        for number, at in steps(chance, rows):
            who = f"account{chance.randrange(PEOPLE)}@post.example"
            file.write(f"{at},{who},open,record {number}\n")


def write_messages(path: Path, rows: int) -> None:
    """A log of a mail server: every step of a message, of which one says to whom it went."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write("time,event,recipients,data\n")
        for number, at in steps(chance, rows):
            who = "; ".join(f"account{one}@post.example" for one in chance.sample(range(PEOPLE), RECIPIENTS))
            event = "RECEIVE" if number % KEPT else "DELIVER"
            data = f'{{""Subject"": ""message {number}"", ""Size"": {chance.randrange(100_000)}}}'
            file.write(f'{at},{event},{who},"{data}"\n')


LOGS = {"plain": (write_plain, PLAIN, 0.3), "messages": (write_messages, MESSAGES, 0.35)}


def found_instance(instance: Path) -> None:
    """An instance with a case and a material."""
    app = create_app(prepare(instance))
    app.app_context().push()
    world.build()
    register_material(
        world.person("ines"), world.case(), identifier="NET-1", title="A file", marking="internal", created=Moment.of()
    )


def run_import(instance: Path, file: Path, options: list[str]) -> tuple[float, list[float]]:
    """Seconds the command took, and how long each of our own changes waited meanwhile."""
    command = [
        sys.executable,
        "-c",
        "from tracker.cli import main; main()",
        "import",
        "access",
        "LK-AAAA",
        str(file),
        "--as",
        world.email("ines"),
    ]
    environment = os.environ | {"TRACKER_INSTANCE": str(instance)}
    began, waited = time.perf_counter(), []
    with subprocess.Popen([*command, *options], env=environment, stdout=subprocess.PIPE, text=True) as program:
        while program.poll() is None:
            waited.append(time_change())
            time.sleep(PAUSE)
        told = program.stdout.read() if program.stdout else ""
    if program.returncode:
        raise SystemExit(f"the import failed: {told}")
    return time.perf_counter() - began, waited


def time_change() -> float:
    """Seconds that a change of the case took."""
    case, began = world.case(), time.perf_counter()
    try:
        cases.edit_case(
            world.person("lena"), case, lock_version=case.lock_version, title=f"Briefing {time.monotonic_ns()}"
        )
    except Refused as refusal:
        raise SystemExit(str(refusal)) from None
    return time.perf_counter() - began


def floor(imported_into: Path, copy: Path) -> tuple[float, int]:
    """Seconds that `executemany` of the same rows takes in one transaction, with the same pragmas and indexes."""
    shutil.copy(imported_into, copy)
    with sqlite.connect(str(copy), isolation_level=None) as plain:
        plain.execute("DELETE FROM access_record")
        plain.execute("VACUUM")
    plain.close()
    names = [column.name for column in sa.inspect(AccessRecord).local_table.columns if column.name != "id"]
    insert = f"INSERT INTO access_record ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    source = sqlite.connect(str(imported_into))
    cursor = source.execute(f"SELECT {', '.join(names)} FROM access_record ORDER BY id")
    engine, seconds, rows = connections.open_engine(f"sqlite:///{copy}", writing=True), 0.0, 0
    with engine.connect() as connection, connection.begin() as transaction:
        driver = connection.connection.dbapi_connection
        while chunk := cursor.fetchmany(CHUNK):
            began = time.perf_counter()
            driver.executemany(insert, chunk)
            seconds, rows = seconds + time.perf_counter() - began, rows + len(chunk)
        began = time.perf_counter()
        transaction.commit()
    source.close()
    return seconds + time.perf_counter() - began, rows


def take(which: str, lines: int) -> None:
    """Print the figures of one log."""
    write, options, wanted = LOGS[which]
    with tempfile.TemporaryDirectory() as folder:
        instance, file = Path(folder) / "instance", Path(folder) / "server.csv"
        found_instance(instance)
        write(file, lines)
        seconds, waited = run_import(instance, file, options)
        engine = db.session().get_bind()
        db.sessions.remove()
        engine.dispose()  # the last one out folds the log of the database into its file
        plain, found = floor(instance / "tracker.db", Path(folder) / "floor.db")
    waited.sort()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    p99 = waited[int(len(waited) * 0.99)] * 1000
    name, ours, theirs = f"import, {which}", f"{found / seconds:,.0f}", f"{found / plain:,.0f}"
    print(Figure(f"{name}: records a second, of {lines:,} lines", ours, theirs, plain / seconds, f">= {wanted}"))
    print(Figure(f"{name}: peak memory", f"{peak:,.0f} MB", "", peak, "<= 200 MB"))
    print(Figure(f"{name}: wait of other writers (99 %)", f"{p99:,.0f} ms", "", p99, "<= 1,000 ms"), flush=True)


def main(which: str = "", lines: str = "1000000") -> None:
    """Print its lines of the table; each log is taken by a process of its own, whose children are only its own."""
    if which:
        take(which, int(lines))
        return
    for one in LOGS:
        subprocess.run([sys.executable, "-m", "benchmarks.import_rows", one, lines], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
