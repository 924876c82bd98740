"""What every test stands on: a world built once by actions, a copy of it for each test, and clients that check pages.

`app` is the program over a fresh copy (its context is pushed, so actions can be called); `world` the people and cases
of it; `browse("lena")` a signed-in checking client, `browse(None)` a stranger's; `last_entry()` and `entries(act)` read
the audit log. TRACKER_TEST_ON=postgresql puts all of it on PostgreSQL.
"""

import gc
import json
import os
import zlib
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import time_machine
from hypothesis import settings as property_settings

from tests import world as the_world
from tests.machinery import counting, pace
from tests.machinery.database import FULL, ON_POSTGRESQL, postgres_url
from tests.machinery.haste import cheapen_passwords
from tests.machinery.instances import copied, gone, in_haste, opened, remembering
from tests.machinery.server import Caller, serving
from tests.machinery.templates import Templates
from tests.readers.browse import signed_in
from tracker.base import connections, db
from tracker.cli import main
from tracker.models.register.audit_log import AuditEntry

for _name in [name for name in os.environ if name.startswith("TRACKER_") and not name.startswith("TRACKER_TEST_")]:
    del os.environ[_name]  # what this machine is set to is no part of a test
cheapen_passwords()
connections._connect_sqlite = in_haste
connections.open_engine = remembering
gc.set_threshold(200_000, 50, 100)  # collecting as often as a small program does costs every sixteenth second

property_settings.register_profile("ci", derandomize=True)  # the gate tries the same examples
if os.environ.get("CI") == "true":
    property_settings.load_profile("ci")


ONCE = (  # say nothing of the database, or try each page, form or flush in many ways: tried on SQLite alone
    "tests/analysis/", "tests/house/", "tests/pictures/", "tests/views/", "tests/web/",
    "tests/walks/test_random_verbs.py", "tests/walks/test_approval_walk.py", "tests/walks/test_shapes.py",
    "tests/audit/test_sealing.py", "tests/audit/test_sealed.py", "tests/audit/test_sealed_attacks.py",
    *(f"tests/policy/test_{name}.py" for name in (
        "closed_cases", "mask", "four_eyes", "gates", "unable", "independence", "short_way")),
    "tests/backup/test_container.py", "tests/cli/test_demo.py", "tests/exports/test_inquiry_tables.py",
    "tests/exports/test_pack_examples.py",
    *(f"tests/imports/{name}" for name in ("systems/", "test_cli", "test_reading.py", "test_times.py")),
)  # fmt: skip
ON_BOTH = tuple(f"tests/faults/test_{name}" for name in ("backup", "kills", "processes"))
AT_ONCE = {"caller", "served"}  # several at once: what a database is there for
IN_EVERY_CASE = ("tests/audit/test_chain.py", "tests/base/", "tests/faults/", "tests/policy/")  # else: the first case
A_THIRD = ("tests/actions/", "tests/exports/", "tests/imports/")  # of these a third, by their names: they ask alike


def is_tried_once(item):
    """Whether SQLite alone is enough for a test; what the pages ask of the database, the matrix asks on both."""
    if item.nodeid.startswith("tests/faults/"):  # most start the program, which is the same over both
        return not item.nodeid.startswith(ON_BOTH)
    if item.nodeid.startswith(ONCE) and not AT_ONCE & set(item.fixturenames):
        return True
    if FULL or item.nodeid.startswith(IN_EVERY_CASE):
        return False
    alike = item.nodeid.startswith(A_THIRD) and not AT_ONCE & set(item.fixturenames)
    return _is_a_further_case(item) or (alike and zlib.crc32(item.nodeid.encode()) % 3 > 0)


def _is_a_further_case(item):
    """Whether another case of the same test is tried already: it asks the database the same things."""
    case = getattr(item, "callspec", None)
    return case is not None and any(case.indices.values())


def pytest_configure(config):
    """Count what each test costs, and what those reach that are to be counted."""
    config.pluginmanager.register(pace)
    config.pluginmanager.register(counting)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """On PostgreSQL what does not ask the database is left out; a run without a server tries nothing, and says so."""
    for item in items:
        if (cases := item.get_closest_marker("cases")) and _is_a_further_case(item):
            item.add_marker(pytest.mark.gate(*cases.args))
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)  # none of the slow ones alone at the end
    if ON_POSTGRESQL:
        once = [item for item in items if is_tried_once(item)]
        items[:] = [item for item in items if not is_tried_once(item)]
        config.hook.pytest_deselected(items=once)
    if ON_POSTGRESQL and postgres_url() is None:
        for item in items:
            item.add_marker(pytest.mark.skip(reason="there is no PostgreSQL"))


def pytest_terminal_summary(terminalreporter):
    """A browser or a server that this machine lacks is said so that nobody overlooks it."""
    for report in terminalreporter.stats.get("skipped", []):
        if "there is no " in str(report.longrepr):
            lacks.add(str(report.longrepr).rpartition("there is no ")[2].strip("')"))
    for what in sorted(lacks):
        terminalreporter.section(f"NOT TRIED: THERE IS NO {what.upper()} ON THIS MACHINE", red=True, bold=True)


lacks = set()


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Instances that are copied, never used."""
    made = Templates(tmp_path_factory.mktemp)
    yield made
    made.drop()


@pytest.fixture
def layers(request):
    """What lies upon the world of this test."""
    furnished = request.node.get_closest_marker("furnished") is not None
    return ("furnished",) * furnished + ("told",) * ("told" in request.fixturenames)


@pytest.fixture
def copies(built, layers, tmp_path_factory):
    """Make copies of the world this test asks for."""
    made = []

    def copy():
        made.append(copied(built.of(layers), tmp_path_factory.mktemp("copy")))
        return made[-1]

    yield copy
    db.release()
    for one in made:
        gone(one)


@pytest.fixture
def told(app, built, layers):
    """One of every noun of the inquiry, by the name of its table (tests/builders/build_columns.py)."""
    return built.rows(layers)


@pytest.fixture
def settings(copies):
    """The settings of this test's own copy of the world."""
    return copies()


@pytest.fixture
def app(settings, request):
    """The program over this test's copy, with its context pushed."""
    with opened(settings, own=request.node.get_closest_marker("alters") is not None) as made:
        yield made


@pytest.fixture
def another(copies):
    """Open the program over one more copy: `with another() as app`; it takes the place of the one before."""
    return lambda: opened(copies())


@pytest.fixture
def world(app):
    """The people and cases, as this test's copy knows them."""
    return the_world


@pytest.fixture
def browse(app):
    """Make clients: `browse("ines")` is signed in as Ines, `browse(None)` is nobody."""
    return lambda who=None: signed_in(app, who)


@pytest.fixture
def client(browse):
    """A stranger's client."""
    return browse(None)


@pytest.fixture
def served(app, settings, tmp_path):
    """The port of this test's copy, served by a process of its own."""
    with serving(settings, tmp_path) as port:
        yield port


@pytest.fixture
def caller(app, served):
    """Make callers of the served program: `caller("ines")`."""
    made = []

    def call(who):
        made.append(Caller(app, served, who))
        return made[-1]

    yield call
    for one in made:
        one.close()


@pytest.fixture
def entries(app):
    """Read the audit log: `entries()` all lines, oldest first; `entries("claim.changed")` those of one act."""

    def read(act: str | None = None) -> list[dict]:
        db.session().rollback()  # what others have written since counts too
        lines = sa.select(AuditEntry.line).order_by(AuditEntry.seq)
        if act is not None:
            lines = lines.where(AuditEntry.action == act)
        return [json.loads(line) for line in db.session().scalars(lines)]

    return read


@pytest.fixture
def clock():
    """The clock of the machine, which stands still until the test moves it."""
    with time_machine.travel(datetime.now(UTC), tick=False) as moving:
        yield moving


@pytest.fixture
def last_entry(entries):
    """The newest line of the audit log, parsed."""
    return lambda: entries()[-1]


@pytest.fixture
def command(settings, monkeypatch, capsys):
    """Run the program as from a shell: `command("audit", "verify")`; its exit code, and what was printed."""
    monkeypatch.setenv("TRACKER_INSTANCE", str(settings.instance))
    monkeypatch.setenv("TRACKER_DATABASE_URL", settings.database_url)

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["tracker", *words])
        with pytest.raises(SystemExit) as left:
            main()
        printed = capsys.readouterr()
        return left.value.code, printed.out + printed.err

    return run
